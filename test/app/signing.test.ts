import { describe, expect, it } from 'vitest'
import { many, one } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import type { SigningKeyTable, SigningSecretTable } from '../../db/tables/signing.ts'
import type { KeyCertificate } from '../../shared/domain/signed-statement.ts'
import type { SessionId } from '../../shared/kernel/ids.ts'
import { password, pin } from '../support/clinic.ts'
import { signInAgain } from '../support/screening.ts'
import { byPassword, type SessionClinic, sessionClinic, submittedSession } from '../support/session.ts'

const db = ({ app }: Pick<SessionClinic, 'app'>) => app.services.storeLife.open.store.db
const byPin = { method: 'PIN', pin } as const

const keysOf = (clinic: SessionClinic) =>
  many<SigningKeyTable>(db(clinic), 'select * from signing_key where staff_id = ? order by made_at, id', [clinic.aesId])

const certificateOf = (key: SigningKeyTable | undefined) => JSON.parse(key?.certificate ?? 'null') as KeyCertificate

async function integrities(clinic: SessionClinic, sessionId: SessionId) {
  return (await selectSignatures(db(clinic), 'session', sessionId)).map(({ scheme, integrity }) => [scheme, integrity])
}

describe('the key a person signs with', () => {
  it('is made with their first password, certified by the clinic, and signs what they submit', async () => {
    const clinic = await sessionClinic()
    const [key, ...others] = await keysOf(clinic)
    expect(others).toEqual([])
    expect(certificateOf(key)).toMatchObject({
      because: 'FIRST_SIGN_IN',
      staffId: clinic.aesId,
      reset: null,
      replaces: null,
    })
    const sessionId = await submittedSession(clinic)
    expect(await integrities(clinic, sessionId)).toEqual([['ed25519/1', 'INTACT']])
    const made = await many(
      db(clinic),
      "select outcome from audit_entry where action = 'signIn.keyMade' and subject_id = ?",
      [clinic.aesId],
    )
    expect(made).toEqual([{ outcome: 'DONE' }])
  })

  it('covers consent, order, screening, series and policy of the session it signs', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    const row = await one<{ statement: string }>(
      db(clinic),
      `select statement from signature_seal s join signature g on g.id = s.signature_id where g.record_id = ?`,
      [sessionId],
    )
    const { references, chain } = JSON.parse(row?.statement ?? '{}')
    expect(references.map(({ kind }: { kind: string }) => kind)).toEqual([
      'consent',
      'order',
      'policy',
      'screening',
      'series',
    ])
    expect(chain.patientId).toBe(clinic.patientId)
  })

  it('is out of reach again once the window is locked: a PIN alone signs nothing', async () => {
    const clinic = await sessionClinic()
    await clinic.aes.must('signIn.lock', {})
    expect(clinic.aes.connection.signingKey).toBeNull()
    await clinic.aes.must('signIn.withPin', { staffId: clinic.aesId, pin })
    const change = { newPassword: 'another harbour lantern 52', reauth: byPin }
    expect(await clinic.aes.code('signIn.changePassword', change)).toBe('INVALID_INPUT')
    expect(clinic.aes.connection.signingKey).toBeNull()
  })

  it('stays the same under a new password', async () => {
    const clinic = await sessionClinic()
    const [before] = await keysOf(clinic)
    const newPassword = 'another harbour lantern 52'
    await clinic.aes.must('signIn.changePassword', { newPassword, reauth: byPassword })
    await clinic.aes.must('signIn.signOut', {})
    await clinic.aes.must('signIn.withPassword', { signInName: 'person1', password: newPassword })
    await clinic.aes.must('signIn.changePassword', {
      newPassword: password,
      reauth: { ...byPassword, password: newPassword },
    })
    expect((await keysOf(clinic)).map(({ id, ended_at }) => [id, ended_at])).toEqual([[before?.id, null]])
  })

  it('is another one after a reset, which says who gave the code and when; old signatures stay valid', async () => {
    const clinic = await sessionClinic()
    const sessionId = await submittedSession(clinic)
    await signInAgain(clinic.manager, 'greta')
    const resetAt = clinic.host.now()
    const { oneTimeCode } = await clinic.manager.must('staff.resetPassword', { staffId: clinic.aesId })
    clinic.host.advanceMinutes(5)
    await clinic.aes.must('signIn.withCode', { signInName: 'person1', code: oneTimeCode, newPassword: password, pin })
    const [first, second] = await keysOf(clinic)
    expect(certificateOf(second)).toMatchObject({
      because: 'RESET',
      reset: { byStaffId: clinic.managerId, byName: 'Greta Ansbach', at: resetAt },
      replaces: first?.id,
    })
    expect(first?.ended_at).not.toBeNull()
    expect(await one(db(clinic), 'select 1 as kept from signing_secret where key_id = ?', [first?.id ?? ''])).toBeNull()
    expect(await integrities(clinic, sessionId)).toEqual([['ed25519/1', 'INTACT']])
  })

  it('says under every signature of a pair that followed a reset who reset it and when', async () => {
    const clinic = await sessionClinic()
    const { patientId, phy, phyId } = clinic
    const sessionId = await submittedSession(clinic)
    await signInAgain(clinic.manager, 'greta')
    const at = clinic.host.now()
    const { oneTimeCode } = await clinic.manager.must('staff.resetPassword', { staffId: phyId })
    await phy.must('signIn.withCode', { signInName: 'person2', code: oneTimeCode, newPassword: password, pin })
    const { record } = await phy.must('session.open', { patientId, sessionId })
    if (!record) throw new Error('nothing was submitted')
    await phy.must('signOff.sign', {
      patientId,
      sessionId,
      seenVersionId: record.versionId,
      seenSha256: record.sha256,
      supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
      patientSeen: false,
      dispositions: [],
      decision: 'PROCEED',
      comment: '',
      takeoverReason: null,
      reauth: byPassword,
    })
    const { signatures } = await phy.must('session.open', { patientId, sessionId })
    expect(signatures.map(({ meaning, isIntact, keyReset }) => [meaning, isIntact, keyReset])).toEqual([
      ['AUTHOR', true, null],
      ['REVIEWED_AND_APPROVED', true, { byName: 'Greta Ansbach', at }],
    ])
  })

  it('is refused by its name where somebody exchanged its sealed half', async () => {
    const clinic = await sessionClinic()
    const secrets = await many<SigningSecretTable>(
      db(clinic),
      "select * from signing_secret where wrapped_by = 'PASSWORD' order by key_id",
    )
    expect(secrets.length).toBeGreaterThan(1)
    const { driver } = clinic.app.services.storeLife.open.store
    driver.prepare("update signing_secret set sealed = 'AAAA' where wrapped_by = 'PASSWORD'").run()
    await clinic.aes.must('signIn.lock', {})
    await clinic.aes.must('signIn.withPassword', { signInName: 'person1', password })
    const change = { newPassword: 'another harbour lantern 52', reauth: byPassword }
    expect(await clinic.aes.code('signIn.changePassword', change)).toBe('SIGNING_KEY_DAMAGED')
  })
})
