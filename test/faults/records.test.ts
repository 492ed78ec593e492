import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { one } from '../../db/records.ts'
import type { AttachmentTable } from '../../db/tables/core.ts'
import { openWindow, password } from '../support/clinic.ts'
import { modelText } from '../support/consent.ts'
import { type SignedChart, signedChart } from '../support/packet.ts'
import { wire } from '../support/screening.ts'
import {
  byPassword,
  loggedUntilNow,
  reopen,
  sessionClinic,
  startedSession,
  submission,
  type,
} from '../support/session.ts'
import { dropTriggers } from '../support/store.ts'

function behindTheProgram({ app }: SignedChart) {
  const { store } = app.services.storeLife.open
  dropTriggers({ store })
  return store.driver
}

describe('F37 behind the program', () => {
  it('F37 a signed note that was altered is shown as broken wherever it is shown, and is not printed', async () => {
    const chart = await signedChart()
    const { patientId, sessionId, phy, aes } = chart
    const whole = await phy.must('session.open', { patientId, sessionId })
    expect(whole.signatures.every(({ isIntact }) => isIntact)).toBe(true)
    const changed = behindTheProgram(chart)
      .prepare(
        "update record_version set body = replace(body, '\"depthUm\":1000', '\"depthUm\":500') where kind = 'session' and record_id = ?",
      )
      .run(sessionId)
    expect(changed.changes).toBeGreaterThan(0)
    for (const window of [phy, aes]) {
      const opened = await window.must('session.open', { patientId, sessionId })
      expect(JSON.stringify(opened)).toMatch(/"(?:integrity":"[A-Z_]+|isIntact":false)/)
      expect(opened.signatures.some(({ isIntact }) => !isIntact)).toBe(true)
    }
    expect(await phy.code('print.session', { patientId, sessionId })).toBe('RECORD_DAMAGED')
  })

  it('F37 a photograph or a patient’s mark that was altered is refused, and nothing of it is given out', async () => {
    const chart = await signedChart()
    const { patientId, phy, app, folder } = chart
    const { photos } = await phy.must('photo.list', { patientId })
    const photoId = photos[0]?.photoId
    if (!photoId) throw new Error('there is no photograph')
    expect(await phy.code('photo.open', { patientId, photoId })).toBe('ok')
    const files = join(folder, 'data', 'files')
    for (const name of readdirSync(files)) {
      const path = join(files, name)
      const bytes = readFileSync(path)
      bytes[bytes.length - 20] = (bytes.at(-20) ?? 0) ^ 1
      writeFileSync(path, bytes)
    }
    const opened = await phy.call('photo.open', { patientId, photoId })
    const token = opened.ok ? JSON.stringify(opened.value).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) : []
    const given = await Promise.allSettled((token ?? []).map((one) => app.readBlob(phy.connection, one)))
    expect(
      given.flatMap((end) => (end.status === 'fulfilled' && end.value !== null ? [end.value.fileName] : [])),
    ).toEqual([])
    const row = await one<AttachmentTable>(app.services.storeLife.open.store.db, 'select * from attachment limit 1')
    expect(row).not.toBeNull()
  })

  it('F37 a consent stays valid under the text that was signed, after the clinic’s text was changed', async () => {
    const chart = await signedChart()
    const { patientId, phy, consentId } = chart
    const before = await phy.must('consent.open', { patientId, consentId })
    const { templateId } = await phy.must('consentTemplate.startDraft', { from: modelText, as: null })
    const { text, version } = await phy.must('consentTemplate.openDraft', { templateId })
    const sections = text.sections.map((section: { key: string; body: string }) =>
      section.key === 'RISKS' ? { ...section, body: `${section.body} Also: bruises.` } : section,
    )
    const saved = await phy.must('consentTemplate.saveDraft', {
      templateId,
      version,
      text: wire({ ...text, sections }),
    })
    await phy.must('consentTemplate.publishDraft', { templateId, version: saved.version, reauth: byPassword })
    const after = await phy.must('consent.open', { patientId, consentId })
    expect(after.record).toEqual(before.record)
    expect(await phy.code('print.consent', { patientId, consentId })).toBe('ok')
  })
})

describe('F38 two people', () => {
  it('F38 on one draft: the second learns it, keeps what they typed, and sees what the first one saved', async () => {
    const clinic = await sessionClinic()
    const desk = await startedSession(clinic)
    const { patientId, aes, app } = clinic
    const { sessionId, draftVersion, draft } = desk
    const other = openWindow(app)
    await other.must('signIn.withPassword', { signInName: 'person1', password })
    const save = (window: typeof aes, notes: string) =>
      window.call('session.save', { patientId, sessionId, draftVersion, draft: wire({ ...draft, notes }) })
    const [first, second] = await Promise.all([save(aes, 'typed at the chair'), save(other, 'typed in the office')])
    expect([first.ok, second.ok]).toEqual([true, false])
    expect(second).toMatchObject({ refusal: { code: 'CONFLICT' } })
    const stands = await reopen(clinic, other, sessionId)
    expect(stands.draft.notes).toBe('typed at the chair')
    const again = {
      patientId,
      sessionId,
      draftVersion: stands.draftVersion,
      draft: wire({ ...stands.draft, notes: 'both' }),
    }
    expect(await other.code('session.save', again)).toBe('ok')
  })

  it('F38 one signs while the other saves: one signature, on the content that was shown, and the late save is refused', async () => {
    const clinic = await sessionClinic()
    const { patientId, aes, app } = clinic
    const logged = await type(clinic, aes, await startedSession(clinic), {
      ...loggedUntilNow(clinic),
      notes: 'as shown',
    })
    const other = openWindow(app)
    await other.must('signIn.withPassword', { signInName: 'person1', password })
    const { sessionId, draftVersion, draft } = logged
    const late = { patientId, sessionId, draftVersion, draft: wire({ ...draft, notes: 'never shown' }) }
    const [signed, saved] = await Promise.all([
      aes.call('session.submit', submission(clinic, logged)),
      other.call('session.save', late),
    ])
    const { record, signatures } = await clinic.phy.must('session.open', { patientId, sessionId })
    expect([signed.ok, saved.ok].filter(Boolean)).toHaveLength(1)
    if (signed.ok) {
      expect(signatures).toHaveLength(1)
      expect(record?.body.notes).toBe('as shown')
    } else {
      expect(signed).toMatchObject({ refusal: { code: 'CONFLICT' } })
      expect(signatures).toEqual([])
    }
  })
})
