import { describe, expect, it } from 'vitest'
import type { ConsentSection } from '../../shared/domain/consent/template.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { newClinic, pin, type Window } from '../support/clinic.ts'
import { approveModelText, consentOnFile, modelText, publishNextText } from '../support/consent.ts'
import { patientOnFile, wire } from '../support/screening.ts'

const { templateId } = modelText
const byPin = { method: 'PIN', pin } as const

async function textClinic() {
  const clinic = await newClinic()
  const { window: lena, staffId: practitionerId } = await clinic.hire(['aesthetician'], 'Lena Brook')
  const { window: okafor, staffId: physicianId } = await clinic.hire(['physician'], 'Dr Samuel Okafor')
  const { window: desk } = await clinic.hire(['frontDesk'], 'Noor Haddad')
  await approveModelText(okafor)
  const team = { practitionerId, physicianId }
  return { clinic, greta: clinic.manager, lena, okafor, desk, team }
}

/** A draft of the next version with one more sentence about the patient's rights. */
async function draftOnFile(by: Window, change: object = {}) {
  await by.must('consentTemplate.startDraft', { from: modelText, as: null })
  const { text, version } = await by.must('consentTemplate.openDraft', { templateId })
  const changed = { ...text, sections: text.sections.map(addToRights), ...change }
  const saved = await by.must('consentTemplate.saveDraft', { templateId, version, text: changed })
  return { text: changed, version: saved.version }
}

function addToRights(section: ConsentSection) {
  return section.key === 'RIGHTS' ? { ...section, body: `${section.body} I may bring somebody with me.` } : section
}

const linesOf = (rows: Awaited<ReturnType<typeof auditedBy>>) =>
  rows.map(({ action, subject_id, outcome, reason }) => [action, subject_id, outcome, reason])

describe('a draft of a consent text', () => {
  it('is started by the manager or a physician from a published version, once', async () => {
    const { clinic, greta, okafor, desk, lena } = await textClinic()
    const input = { from: modelText, as: null }
    expect([
      await desk.code('consentTemplate.startDraft', input),
      await lena.code('consentTemplate.startDraft', input),
      await greta.code('consentTemplate.startDraft', { from: { ...modelText, major: 0 }, as: null }),
      await greta.code('consentTemplate.startDraft', { from: { ...modelText, major: 9 }, as: null }),
    ]).toEqual(['DENIED', 'DENIED', 'INVALID_INPUT', 'NOT_FOUND'])
    const rows = await auditedBy(clinic.app, () => greta.must('consentTemplate.startDraft', input))
    expect(linesOf(rows)).toEqual([['consentTemplate.start', templateId, 'DONE', null]])
    expect(await okafor.code('consentTemplate.startDraft', input)).toBe('TEMPLATE_DRAFT_EXISTS')
    expect(await desk.must('consentTemplate.drafts', {})).toMatchObject({
      drafts: [{ templateId, procedure: 'MECHANICAL', language: 'en', savedBy: 'Greta Ansbach' }],
    })
    expect(await desk.code('consentTemplate.drafts', { all: true })).toBe('INVALID_INPUT')
  })

  it('opens with the newest published version beside it', async () => {
    const { greta, desk } = await textClinic()
    expect(await desk.code('consentTemplate.openDraft', { templateId })).toBe('NOT_FOUND')
    await greta.must('consentTemplate.startDraft', { from: modelText, as: null })
    const opened = await desk.must('consentTemplate.openDraft', { templateId })
    expect(opened).toMatchObject({ version: 1, text: { bump: 'MINOR', effectiveFrom: '2026-08-03' } })
    expect(opened.newest).toMatchObject({ major: 1, minor: 0, sections: opened.text.sections })
    expect(await desk.code('consentTemplate.openDraft', {})).toBe('INVALID_INPUT')
  })

  it('keeps what is half typed, and is audited once per person and spell', async () => {
    const { clinic, greta, okafor, desk } = await textClinic()
    await greta.must('consentTemplate.startDraft', { from: modelText, as: null })
    const { text } = await greta.must('consentTemplate.openDraft', { templateId })
    const half = { ...text, jurisdiction: '', sections: text.sections.map((section) => ({ ...section, heading: '' })) }
    const save = { templateId, version: 1, text: half }
    expect([
      await desk.code('consentTemplate.saveDraft', save),
      await greta.code('consentTemplate.saveDraft', { ...save, text: { ...half, bump: 'HUGE' } }),
      await greta.code('consentTemplate.saveDraft', { ...save, version: 7 }),
    ]).toEqual(['DENIED', 'INVALID_INPUT', 'CONFLICT'])
    const rows = await auditedBy(clinic.app, async () => {
      await greta.must('consentTemplate.saveDraft', save)
      await okafor.must('consentTemplate.saveDraft', { ...save, version: 2 })
      await okafor.must('consentTemplate.saveDraft', { ...save, version: 3 })
    })
    expect(linesOf(rows)).toEqual([['consentTemplate.edit', templateId, 'DONE', null]])
    expect((await greta.must('consentTemplate.openDraft', { templateId })).text).toEqual(half)
    expect(await greta.code('consentTemplate.saveDraft', { ...save, templateId: 'nothing' })).toBe('NOT_FOUND')
  })

  it('is given up as it was seen, and another may be started', async () => {
    const { clinic, greta, desk } = await textClinic()
    const { version } = await draftOnFile(greta)
    expect([
      await desk.code('consentTemplate.discardDraft', { templateId, version }),
      await greta.code('consentTemplate.discardDraft', { templateId }),
      await greta.code('consentTemplate.discardDraft', { templateId, version: 1 }),
    ]).toEqual(['DENIED', 'INVALID_INPUT', 'CONFLICT'])
    const rows = await auditedBy(clinic.app, () => greta.must('consentTemplate.discardDraft', { templateId, version }))
    expect(linesOf(rows)).toEqual([['consentTemplate.discard', templateId, 'DONE', null]])
    expect(await greta.code('consentTemplate.startDraft', { from: modelText, as: null })).toBe('ok')
  })

  it('of another kind gets a name of its own, and lacks what that kind must say', async () => {
    const { greta, okafor } = await textClinic()
    const as = { templateId: 'harbour-rf', procedure: 'RF' as const }
    expect(await greta.code('consentTemplate.startDraft', { from: modelText, as: { ...as, templateId } })).toBe(
      'TEMPLATE_NAME_TAKEN',
    )
    await greta.must('consentTemplate.startDraft', { from: modelText, as })
    const opened = await greta.must('consentTemplate.openDraft', { templateId: as.templateId })
    expect(opened).toMatchObject({ procedure: 'RF', newest: null })
    const publish = { templateId: as.templateId, version: 1, reauth: byPin }
    expect(await okafor.call('consentTemplate.publishDraft', publish)).toMatchObject({
      refusal: { code: 'TEMPLATE_FAULTY', facts: { faults: ['ELEMENT_MISSING RF_RISKS burn, fat, nerve'] } },
    })
    const { version } = await greta.must('consentTemplate.saveDraft', {
      templateId: as.templateId,
      version: 1,
      text: {
        ...opened.text,
        sections: opened.text.sections.map((section) =>
          section.key === 'RISKS' ? { ...section, body: `${section.body} Burns, loss of fat, nerve damage.` } : section,
        ),
      },
    })
    expect(await okafor.must('consentTemplate.publishDraft', { ...publish, version })).toMatchObject({
      templateId: 'harbour-rf',
      major: 1,
      minor: 0,
    })
  })
})

describe('publishing a consent text', () => {
  it('is a physician’s act with a proof of identity, of the draft as it was last saved', async () => {
    const { clinic, greta, desk, okafor } = await textClinic()
    const { version } = await draftOnFile(greta)
    const input = { templateId, version, reauth: byPin }
    expect([
      await desk.code('consentTemplate.publishDraft', input),
      await greta.code('consentTemplate.publishDraft', input),
      await okafor.code('consentTemplate.publishDraft', { templateId, version }),
      await okafor.code('consentTemplate.publishDraft', { ...input, reauth: { method: 'PASSWORD', password: 'x' } }),
      await okafor.code('consentTemplate.publishDraft', { ...input, version: 1 }),
      await okafor.code('consentTemplate.publishDraft', { ...input, templateId: 'nothing' }),
    ]).toEqual(['DENIED', 'DENIED', 'INVALID_INPUT', 'REAUTH_WRONG', 'CONFLICT', 'NOT_FOUND'])
    const rows = await auditedBy(clinic.app, () => okafor.must('consentTemplate.publishDraft', input))
    expect(linesOf(rows)).toContainEqual(['consentTemplate.publish', `${templateId} 1.1`, 'DONE', 'PIN'])
    expect((await desk.must('consent.templates', {})).templates).toMatchObject([
      { major: 1, minor: 1, isInForce: true, approvedBy: 'Dr Samuel Okafor', isIntact: true },
      { major: 1, minor: 0, isInForce: false },
    ])
    expect(await okafor.code('consentTemplate.publishDraft', input)).toBe('NOT_FOUND')
  })

  it.each([
    ['TEMPLATE_UNCHANGED', (text: { sections: ConsentSection[] }) => text],
    ['TEMPLATE_STARTS_IN_THE_PAST', (text: object) => ({ ...text, jurisdiction: 'IL', effectiveFrom: '2026-08-02' })],
    [
      'TEMPLATE_FAULTY',
      (text: { sections: ConsentSection[] }) => ({
        ...text,
        sections: text.sections.filter(({ key }) => key !== 'COURSE'),
      }),
    ],
  ])('is refused with %s and leaves the draft as it is', async (code, change) => {
    const { okafor } = await textClinic()
    await okafor.must('consentTemplate.startDraft', { from: modelText, as: null })
    const { text } = await okafor.must('consentTemplate.openDraft', { templateId })
    const changed = wire(change(text))
    const { version } = await okafor.must('consentTemplate.saveDraft', { templateId, version: 1, text: changed })
    expect(await okafor.code('consentTemplate.publishDraft', { templateId, version, reauth: byPin })).toBe(code)
    expect((await okafor.must('consentTemplate.openDraft', { templateId })).text).toEqual(changed)
  })

  it('with a later first day leaves the version in force until then, and nothing comes before it', async () => {
    const { okafor } = await textClinic()
    const { version } = await draftOnFile(okafor, { bump: 'MAJOR', effectiveFrom: '2026-09-01' })
    await okafor.must('consentTemplate.publishDraft', { templateId, version, reauth: byPin })
    const { templates } = await okafor.must('consent.templates', {})
    expect(templates.map(({ major, isInForce }) => [major, isInForce])).toEqual([
      [2, false],
      [1, true],
    ])
    const next = await draftOnFile(okafor, { effectiveFrom: '2026-08-20' })
    expect(
      await okafor.code('consentTemplate.publishDraft', { templateId, version: next.version, reauth: byPin }),
    ).toBe('TEMPLATE_STARTS_BEFORE_NEWEST')
  })

  it('leaves every signed form as it was signed, byte for byte', async () => {
    const { clinic, lena, okafor, team } = await textClinic()
    const patientId = await patientOnFile(clinic, { language: 'en' })
    const consentId = await consentOnFile(lena, patientId, team)
    const { record: before } = await lena.must('consent.open', { patientId, consentId })
    await publishNextText(okafor, 'MINOR')
    await publishNextText(okafor, 'MAJOR')
    const { record: after } = await lena.must('consent.open', { patientId, consentId })
    expect(after).toEqual({ ...before, problems: ['NEW_MAJOR_VERSION'] })
    expect(after?.body.document).toEqual(before?.body.document)
  })
})

describe('who signs again', () => {
  const plan = { atTime: '11:15', serviceNote: null, practitionerId: null, room: null }

  it('names the patients with a treatment booked on or after the first day, whose form is older', async () => {
    const { clinic, greta, lena, desk, okafor, team } = await textClinic()
    const mara = await patientOnFile(clinic, { language: 'en' })
    const unsigned = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    await consentOnFile(lena, mara, team)
    const add = (patientId: string, onDate: string, service: string, atTime = '11:15') =>
      desk.must('visit.add', wire({ ...plan, patientId, onDate, service, atTime }))
    await add(mara, '2026-08-10', 'SESSION')
    const { visitId } = wire(await add(mara, '2026-09-10', 'SESSION'))
    await add(mara, '2026-09-11', 'CONSULTATION')
    await add(mara, '2027-09-10', 'SESSION')
    await add(unsigned, '2026-09-10', 'SESSION', '14:00')
    const input = { templateId, major: 2, from: '2026-09-01' }
    const shown = await okafor.must('consentTemplate.signAgain', input)
    expect(shown).toMatchObject({ visits: 1, patients: 1 })
    expect(shown.rows).toMatchObject([
      { visitId, patientId: mara, familyName: 'Lindqvist', onDate: '2026-09-10', atTime: '11:15', major: 1 },
    ])
    expect(await okafor.must('consentTemplate.signAgain', { ...input, from: '2020-01-01' })).toMatchObject({
      visits: 2,
    })
    expect(await okafor.must('consentTemplate.signAgain', { ...input, major: 1 })).toMatchObject({ visits: 0 })
    expect(await greta.must('consentTemplate.signAgain', input)).toEqual({ visits: 1, patients: 1, rows: null })
    expect(await greta.code('consentTemplate.signAgain', { ...input, major: 0 })).toBe('INVALID_INPUT')
  })
})
