import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  consentRecord,
  insertConsentSignature,
  insertReacknowledgement,
  insertWithdrawal,
  selectActiveConsent,
  selectConsentFacts,
  selectConsentFile,
} from '../../db/queries/consent.ts'
import {
  approveTemplate,
  insertTemplate,
  selectCurrentMajor,
  selectTemplate,
  selectTemplates,
  selectTemplatesInForce,
} from '../../db/queries/consent-template.ts'
import { insertPatient } from '../../db/queries/patient.ts'
import { appendVersion, change, insertRecord, moveHead, sha256Of } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import type { ConsentBody } from '../../shared/domain/consent/consent.ts'
import { modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { ConsentId, PatientId, SignatureId } from '../../shared/kernel/ids.ts'
import { consentBodyOf, consentNeedOf, signatureOf } from '../domain/record-bodies.ts'
import { clinicSealer } from '../support/sealer.ts'
import { at, type Clinic, deskId, openClinic, person, planSeries } from './patient-store.ts'

const model = { templateId: 'model-mechanical-en', major: 1, minor: 0 }
const consentId = 'consent-1' as ConsentId

let clinic: Clinic
let patientId: PatientId
beforeEach(async () => {
  clinic = await openClinic()
  const body = person({ family: 'Lindqvist', given: 'Mara', bornOn: '1991-02-14', language: 'en' })
  patientId = body.id
  await clinic.write((trx) => insertPatient(trx, { body, newId: clinic.newId, at, by: deskId }))
  await planSeries(clinic, patientId, consentBodyOf().seriesId ?? '')
})
afterEach(() => clinic.close())

function bodyOf(changes: Partial<ConsentBody> = {}): ConsentBody {
  const base = consentBodyOf()
  return {
    ...base,
    consentId,
    patient: { ...base.patient, patientId },
    template: { ...base.template, ...model },
    signature: null,
    ...changes,
  }
}
const noVoid = { voided_at: null, voided_by: null, void_reason: null }
const making = (reason: string) => ({ newId: clinic.newId, at, by: deskId, reason })

/** Shown, then signed on 20 January 2026 in the clinic's morning. */
async function signedOnFile(): Promise<void> {
  await clinic.write(async (trx) => {
    await insertRecord(trx, consentRecord, {
      id: consentId,
      body: bodyOf(),
      state: { state: 'PRESENTED', ...noVoid },
      ...making('PRESENTED'),
    })
    const signed = bodyOf({ version: 2, signature: signatureOf() })
    const saved = await appendVersion(trx, consentRecord, {
      id: consentId,
      expectedVersion: 1,
      body: signed,
      state: { state: 'SIGNED' },
      ...making('SIGNED'),
    })
    if (!saved) throw new Error('nothing was signed')
    await insertConsentSignature(trx, signed, {
      signatureId: clinic.newId() as SignatureId,
      versionId: saved.versionId,
      sealer: await clinicSealer(trx),
    })
  })
}
const alter = (text: string, parameters: readonly (string | number | null)[] = []) =>
  clinic.write((trx) => change(trx, text, parameters))

describe('the texts a store holds', () => {
  it('begins with the model text, word for word, which nobody has approved', async () => {
    const [stored, ...others] = await selectTemplates(clinic.store.db)
    const template = modelConsentTemplate('2026-01-01')
    expect(others).toEqual([])
    expect(stored).toMatchObject({
      template,
      sha256: sha256Of(canonicalJson(template)),
      approvedAt: null,
      isIntact: true,
    })
    expect(await selectTemplatesInForce(clinic.store.db, '2026-08-03')).toEqual([])
  })

  it('is in force from its approval, and a later approved version takes its place on its day', async () => {
    await clinic.write((trx) => approveTemplate(trx, model, { at, by: deskId }))
    const next = { ...modelConsentTemplate('2026-09-01'), major: 2 }
    await clinic.write((trx) => insertTemplate(trx, next, { at, by: deskId }))
    const majorOn = (today: string) => selectCurrentMajor(clinic.store.db, { templateId: model.templateId, today })
    expect(await majorOn('2026-09-01')).toBe(1)
    await clinic.write((trx) => approveTemplate(trx, { ...model, major: 2 }, { at, by: deskId }))
    expect([await majorOn('2026-08-31'), await majorOn('2026-09-01')]).toEqual([1, 2])
  })

  it('never changes once published, is approved once and never goes', async () => {
    await expect(alter("update consent_template set body = '{}'")).rejects.toThrow('published_stays')
    await clinic.write((trx) => approveTemplate(trx, model, { at, by: deskId }))
    expect(await clinic.write((trx) => approveTemplate(trx, model, { at, by: deskId }))).toBe(false)
    await expect(alter('update consent_template set approved_at = null, approved_by = null')).rejects.toThrow(
      'approved_stays',
    )
    await expect(alter('delete from consent_template')).rejects.toThrow('never deleted')
  })

  it('shows a text whose bytes were changed in the file as broken, and never fills it', async () => {
    await clinic.write((trx) => approveTemplate(trx, model, { at, by: deskId }))
    await alter('drop trigger consent_template_published_stays')
    await alter("update consent_template set body = replace(body, 'very fine', 'harmless')")
    expect(await selectTemplate(clinic.store.db, model)).toMatchObject({ isIntact: false })
    expect(await selectTemplatesInForce(clinic.store.db, '2026-08-03')).toEqual([])
  })
})

describe('a signed form in the store', () => {
  it('is read back as signed, with the mark of nobody on the staff', async () => {
    await signedOnFile()
    const file = await selectConsentFile(clinic.store.db, { patientId, consentId })
    expect(file).toMatchObject({ state: 'SIGNED', signedOn: '2026-01-20', integrity: 'INTACT', versionNumber: 2 })
    expect(await selectSignatures(clinic.store.db, 'consent', consentId)).toMatchObject([
      { scheme: 'mark/1', signerId: null, signerName: 'Mara Lindqvist', meaning: 'PATIENT_CONSENT' },
    ])
  })

  it('does not exist for another patient', async () => {
    await signedOnFile()
    const other = person({ family: 'Okoro', given: 'Ife' })
    await clinic.write((trx) => insertPatient(trx, { body: other, newId: clinic.newId, at, by: deskId }))
    expect(await selectConsentFile(clinic.store.db, { patientId: other.id, consentId })).toBeNull()
  })

  it.each([
    [
      'another version',
      "update consent set version_id = (select id from record_version where number = 1 and kind = 'consent')",
    ],
    ['another depth', 'update consent set max_depth_um = 3000'],
    ['another document', `update consent set document_sha256 = '${'0'.repeat(64)}'`],
    ['another signer', "update consent set signer_role = 'GUARDIAN'"],
    ['another day', "update consent set signed_on = '2026-08-01'"],
  ])('cannot be given %s', async (_, statement) => {
    await signedOnFile()
    await expect(alter(statement)).rejects.toThrow('signed_stays')
  })

  it('moves only where the law of consent lets it, and is never deleted', async () => {
    await signedOnFile()
    const moveTo = (state: string) => alter('update consent set state = ?', [state])
    await expect(moveTo('PRESENTED')).rejects.toThrow()
    await expect(moveTo('DRAFT')).rejects.toThrow()
    await moveTo('WITHDRAWN')
    await expect(moveTo('SIGNED')).rejects.toThrow('illegal state')
    await expect(alter('delete from consent')).rejects.toThrow('never deleted')
  })

  it('is not signed without a signature, and not void without a reason', async () => {
    await clinic.write((trx) =>
      insertRecord(trx, consentRecord, {
        id: consentId,
        body: bodyOf(),
        state: { state: 'PRESENTED', ...noVoid },
        ...making('PRESENTED'),
      }),
    )
    await expect(alter("update consent set state = 'SIGNED'")).rejects.toThrow('CHECK')
    await expect(alter("update consent set state = 'VOIDED'")).rejects.toThrow('CHECK')
  })

  it('keeps withdrawals and re-acknowledgements as they were taken', async () => {
    await signedOnFile()
    const place = { patientId, consentId }
    await clinic.write(async (trx) => {
      await insertWithdrawal(trx, {
        id: 'w-1',
        ...place,
        withdrawal: { by: 'Mara Lindqvist', at, how: 'VERBAL', scopes: ['ALL'], takenBy: deskId, note: 'by phone' },
      })
      await insertReacknowledgement(trx, {
        id: 'r-1',
        ...place,
        line: { at, by: 'Mara Lindqvist', practitionerId: deskId, supervisingPhysicianId: deskId, takenBy: deskId },
      })
    })
    for (const table of ['consent_withdrawal', 'consent_reacknowledgement']) {
      await expect(alter(`update ${table} set at = '2020-01-01T00:00:00.000Z'`)).rejects.toThrow('append-only')
      await expect(alter(`delete from ${table}`)).rejects.toThrow('append-only')
    }
    expect(await selectConsentFile(clinic.store.db, place)).toMatchObject({
      withdrawals: [{ scopes: ['ALL'], how: 'VERBAL' }],
      reacknowledgements: [{ by: 'Mara Lindqvist' }],
    })
  })

  it('takes no withdrawal of another patient', async () => {
    await signedOnFile()
    const other = person({ family: 'Okoro', given: 'Ife' })
    await clinic.write((trx) => insertPatient(trx, { body: other, newId: clinic.newId, at, by: deskId }))
    const withdrawal = { by: 'x', at, how: 'VERBAL' as const, scopes: ['ALL' as const], takenBy: deskId, note: '' }
    await expect(
      clinic.write((trx) => insertWithdrawal(trx, { id: 'w-1', patientId: other.id, consentId, withdrawal })),
    ).rejects.toThrow('FOREIGN KEY')
  })
})

describe('what a start may rest on', () => {
  const plan = consentNeedOf()

  it('is the signed form until it lapses, by the calendar and not by a timer', async () => {
    await signedOnFile()
    const active = (today: string) => selectActiveConsent(clinic.store.db, patientId, today)
    expect(await active('2027-01-20')).toMatchObject({ consentId })
    expect(await active('2027-01-21')).toBeNull()
  })

  it('names what stands against a form that no longer holds, instead of saying that there is none', async () => {
    expect(await selectConsentFacts(clinic.store.db, { patientId, today: '2026-02-28', plan })).toBeNull()
    await signedOnFile()
    const facts = () => selectConsentFacts(clinic.store.db, { patientId, today: '2026-02-28', plan })
    expect(await facts()).toMatchObject({ consentId, procedures: ['MECHANICAL'], problems: [] })
    await clinic.write((trx) => moveHead(trx, 'consent', consentId, 2, { state: 'WITHDRAWN' }))
    expect(await facts()).toMatchObject({ consentId, problems: ['WITHDRAWN'] })
  })

  it('is no form whose stored columns were changed behind the program', async () => {
    await signedOnFile()
    await alter('drop trigger consent_signed_stays')
    await alter('update consent set max_depth_um = 3000')
    expect(await selectActiveConsent(clinic.store.db, patientId, '2026-02-28')).toBeNull()
    expect(await selectConsentFacts(clinic.store.db, { patientId, today: '2026-02-28', plan })).toBeNull()
  })
})
