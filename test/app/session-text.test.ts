import { describe, expect, it } from 'vitest'
import type { ConsentSection } from '../../shared/domain/consent/template.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { consentOnFile, modelText } from '../support/consent.ts'
import { wire } from '../support/screening.ts'
import {
  beginSession,
  byPassword,
  readyToStart,
  reopen,
  type SessionClinic,
  sessionClinic,
  submittedSession,
  type,
} from '../support/session.ts'

/** A text of its own for another kind of treatment, written from the model and approved by the physician. */
async function publishText({ phy }: SessionClinic, procedure: 'RF' | 'ADDON'): Promise<string> {
  const name = procedure === 'RF' ? 'harbour-rf' : 'harbour-addon'
  const { templateId } = await phy.must('consentTemplate.startDraft', {
    from: modelText,
    as: { templateId: name, procedure },
  })
  const { text, version } = await phy.must('consentTemplate.openDraft', { templateId })
  const sections = text.sections.map((section: ConsentSection) =>
    section.key === 'RISKS' ? { ...section, body: `${section.body} Burns, loss of fat, injury of a nerve.` } : section,
  )
  const saved = await phy.must('consentTemplate.saveDraft', { templateId, version, text: { ...text, sections } })
  await phy.must('consentTemplate.publishDraft', { templateId, version: saved.version, reauth: byPassword })
  return templateId
}

async function gateCodes(
  clinic: SessionClinic,
  change: Parameters<typeof readyToStart>[1],
): Promise<readonly string[]> {
  const { patientId, seriesId, aes } = clinic
  const { sessionId } = await aes.must('session.begin', { patientId, seriesId, isWithoutText: true })
  await type(clinic, aes, await reopen(clinic, aes, sessionId), readyToStart(clinic, change))
  const { failures } = await aes.must('session.gate', { patientId, sessionId })
  return failures.map(({ code }) => code)
}

const withPrp = (clinic: SessionClinic) => ({
  plan: { zones: readyToStart(clinic).plan?.zones, addons: ['PRP' as const] },
})

describe('radiofrequency needling', () => {
  it('opens no session before the clinic has an approved text of its own; what took place can be recorded', async () => {
    const clinic = await sessionClinic({ order: { deviceType: 'RF_PEN' } })
    const { patientId, seriesId, aes } = clinic
    expect(await aes.call('session.begin', { patientId, seriesId })).toMatchObject({
      refusal: { code: 'CONSENT_TEXT_MISSING', facts: { procedures: ['RF'] } },
    })
    const rows = await auditedBy(clinic.app, () =>
      aes.must('session.begin', { patientId, seriesId, isWithoutText: true }),
    )
    expect(rows.map(({ action }) => action)).toContain('session.begin')
    const desk = await beginSession(clinic, aes)
    const { sessionId, draftVersion } = desk
    expect(await aes.code('session.start', { patientId, sessionId, draftVersion })).toBe('GATE_FAILED')
    expect(await aes.code('session.recordOnly', { patientId, sessionId, draftVersion })).toBe('ok')
  })

  it('opens once a physician has approved such a text', async () => {
    const clinic = await sessionClinic({ order: { deviceType: 'RF_PEN' } })
    const { patientId, seriesId, aes } = clinic
    await publishText(clinic, 'RF')
    expect(await aes.code('session.begin', { patientId, seriesId })).toBe('ok')
  })

  it('opens no session on a text that is still being written', async () => {
    const clinic = await sessionClinic({ order: { deviceType: 'RF_PEN' } })
    const { patientId, seriesId, aes, phy } = clinic
    await phy.must('consentTemplate.startDraft', { from: modelText, as: { templateId: 'harbour-rf', procedure: 'RF' } })
    expect(await aes.code('session.begin', { patientId, seriesId })).toBe('CONSENT_TEXT_MISSING')
  })
})

describe('an add-on', () => {
  it('waits for an approved text, and then for a form of that text that names it', async () => {
    const clinic = await sessionClinic({ order: { addons: ['PRP'] } })
    const { patientId, seriesId, aes, aesId, phyId } = clinic
    expect(await aes.code('session.begin', { patientId, seriesId })).toBe('CONSENT_TEXT_MISSING')
    expect(await gateCodes(clinic, {})).toEqual([])
    expect(await gateCodes(clinic, withPrp(clinic))).toEqual(['CONSENT_TEXT_MISSING', 'ADDON_NOT_CONSENTED'])

    const templateId = await publishText(clinic, 'ADDON')
    expect(await gateCodes(clinic, withPrp(clinic))).toEqual(['ADDON_NOT_CONSENTED'])
    const team = { practitionerId: aesId, physicianId: phyId }
    const form = { seriesId, procedure: 'ADDON' as const, templateId }
    await consentOnFile(aes, patientId, team, { ...form, addons: ['LED'] })
    expect(await gateCodes(clinic, withPrp(clinic))).toEqual(['ADDON_NOT_CONSENTED'])
    await consentOnFile(aes, patientId, team, { ...form, addons: ['PRP'] })
    expect(await gateCodes(clinic, withPrp(clinic))).toEqual([])
  })

  it('that was given names its own form beside the consent to needling', async () => {
    const clinic = await sessionClinic({ order: { addons: ['PRP'] } })
    const { patientId, seriesId, consentId, aes, aesId, phyId } = clinic
    const templateId = await publishText(clinic, 'ADDON')
    const team = { practitionerId: aesId, physicianId: phyId }
    const form = { seriesId, procedure: 'ADDON' as const, templateId, addons: ['PRP' as const] }
    const addonConsentId = await consentOnFile(aes, patientId, team, form)
    const prp = { kind: 'PRP' as const, name: 'PRP', lotRaw: 'P-1', hasConsentClause: true }
    const sessionId = await submittedSession(clinic, { plan: withPrp(clinic), log: { addons: [prp] } })
    const { record } = await aes.must('session.open', { patientId, sessionId })
    expect(record?.body).toMatchObject({ consentId, addonConsentIds: [addonConsentId] })
  })

  it('is never covered by a form for plain needling, whatever the order lists', async () => {
    const clinic = await sessionClinic({ order: { addons: ['PRP'] }, consent: 'NONE' })
    const { patientId, seriesId, aes, aesId, phyId } = clinic
    const team = { practitionerId: aesId, physicianId: phyId }
    const consentId = await consentOnFile(aes, patientId, team, { seriesId, addons: ['PRP'] })
    expect(await aes.must('consent.open', { patientId, consentId })).toMatchObject({
      record: { body: { scope: { procedure: 'MECHANICAL', addons: [] } } },
    })
    await publishText(clinic, 'ADDON')
    expect(await gateCodes(clinic, withPrp(clinic))).toEqual(['ADDON_NOT_CONSENTED'])
  })

  it('has a form only with the add-on named', async () => {
    const clinic = await sessionClinic()
    const { patientId, seriesId, aes } = clinic
    const templateId = await publishText(clinic, 'ADDON')
    const { consentId } = await aes.must('consent.prepare', { patientId, basedOn: null })
    const { draft } = await aes.must('consent.open', { patientId, consentId })
    const preparation = { ...draft?.preparation, seriesId, procedure: 'ADDON', templateId, addons: [] }
    await aes.must('consent.savePreparation', {
      patientId,
      consentId,
      version: draft?.version ?? 0,
      preparation: wire(preparation as never),
    })
    const opened = await aes.must('consent.open', { patientId, consentId })
    expect(opened.draft?.gaps).toContain('ADDONS')
  })
})
