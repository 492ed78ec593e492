import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { many } from '../../db/records.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { newClinic, openWindow, type TestClinic, type Window } from '../support/clinic.ts'
import { detailsOf, register, registerInput } from '../support/people.ts'

const joanna = { family: 'Walker', given: 'Joanna', preferred: 'Jo', bornOn: '1984-03-14' } as const

async function auditOf(clinic: TestClinic, patientId: PatientId): Promise<readonly string[]> {
  const rows = await many<{ action: string; outcome: string }>(
    clinic.app.services.storeLife.open.store.db,
    'select action, outcome from audit_entry where patient_id = ? order by seq',
    [patientId],
  )
  return rows.map((row) => (row.outcome === 'DONE' ? row.action : `${row.action} ${row.outcome}`))
}

async function openDetails(window: Window, patientId: PatientId) {
  const { version, facts } = await window.must('patient.open', { patientId })
  return {
    version,
    facts,
    details: { ...facts.details, allergies: facts.allergies ?? { state: 'NOT_ASKED' as const } },
  }
}

describe('registering a patient', () => {
  it('gives a chart number and opens a chart that everybody may find', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const reply = await desk.must('patient.register', registerInput(detailsOf(joanna)))
    expect(reply.chartNumber).toBe('C10001')
    const opened = await desk.must('patient.open', { patientId: reply.patientId })
    expect(opened).toMatchObject({
      version: 1,
      isIntact: true,
      source: { kind: 'REGISTERED' },
      facts: { details: joanna, allergies: { state: 'NOT_ASKED' }, fst: null, status: { state: 'ACTIVE' } },
    })
    expect(await auditOf(clinic, reply.patientId)).toEqual(['patient.register', 'patient.open'])
  })

  it('is not for the manager, who reads demographics without what is clinical', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    expect(await clinic.manager.code('patient.register', registerInput(detailsOf(joanna)))).toBe('DENIED')
    const patientId = await register(desk, joanna)
    expect(await clinic.manager.must('patient.open', { patientId })).toMatchObject({
      facts: { details: { family: 'Walker' }, allergies: null, fst: null },
    })
    expect(await clinic.manager.must('patient.banner', { patientId })).toMatchObject({ alerts: null, clinical: null })
    expect(await desk.must('patient.banner', { patientId })).toMatchObject({
      alerts: { allergies: { state: 'NOT_ASKED' } },
      clinical: null,
    })
  })

  it('shows who it may be before it saves, and saves when the person has seen it', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const twin = {
      family: 'Kowalczyk',
      bornOn: '1994-07-19',
      phones: [{ kind: 'MOBILE', number: '312 555 0177' }],
    } as const
    const ana = await register(desk, { ...twin, given: 'Ana' })
    const eva = registerInput(detailsOf({ ...twin, given: 'Eva' }))
    const { charts } = await desk.must('patient.duplicates', {
      family: 'Kowalczyk',
      given: 'Eva',
      middle: null,
      preferred: null,
      formerNames: [],
      bornOn: '1994-07-19',
      bornText: null,
      address: { line1: null, line2: null, locality: null, postcode: null, region: null },
      phones: [{ kind: 'MOBILE', number: '3125550177' }],
      except: null,
    })
    expect(charts).toMatchObject([{ patientId: ana, given: 'Ana' }])
    expect(charts[0]?.reasons).toEqual(expect.arrayContaining(['SAME_BIRTH_DATE', 'SAME_PHONE']))
    expect(await desk.call('patient.register', eva)).toMatchObject({
      ok: false,
      refusal: { code: 'DUPLICATES_NOT_SEEN', facts: { count: 1 } },
    })
    expect(await desk.code('patient.register', { ...eva, acknowledgedDuplicates: [ana] })).toBe('ok')
    expect(await desk.must('patient.banner', { patientId: ana })).toMatchObject({ lookAlikes: [{ given: 'Eva' }] })
  })

  it('adds once however often the button is clicked', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const input = registerInput(detailsOf(joanna))
    const key = randomUUID()
    const [first, second] = await Promise.all([
      desk.call('patient.register', input, key),
      desk.call('patient.register', input, key),
    ])
    expect(first).toEqual(second)
    expect(await desk.must('patient.list', { status: 'ACTIVE', after: null, limit: 10 })).toMatchObject({
      counts: { ACTIVE: 1 },
    })
  })

  it('refuses a person without a name, a birth date in the future, and what no form sends', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const code = (overrides: object) => desk.code('patient.register', registerInput(detailsOf(overrides)))
    expect(await code({ bornOn: '1984-03-14' })).toBe('NAME_MISSING')
    expect(await code({ ...joanna, bornOn: '2026-08-04' })).toBe('BORN_IN_FUTURE')
    expect(await code({ ...joanna, bornOn: '1884-03-14' })).toBe('BORN_TOO_LONG_AGO')
    expect(await code({ ...joanna, allergies: { state: 'NONE_KNOWN', askedOn: '2026-08-04' } })).toBe(
      'ALLERGIES_ASKED_IN_FUTURE',
    )
    expect(await code({ ...joanna, nickname: 'Jo' })).toBe('INVALID_INPUT')
    expect(await code({ ...joanna, family: 'Wal\u0000ker' })).toBe('INVALID_INPUT')
    expect(await code({ ...joanna, bornOn: '1984-02-30' })).toBe('INVALID_INPUT')
  })
})

describe('editing a chart', () => {
  it('keeps the name before as a former one where it is a new name, and only then', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const patientId = await register(desk, joanna)
    const before = await openDetails(desk, patientId)
    const married = { patientId, version: 1, details: { ...before.details, family: 'Bright' }, draftId: null }
    expect(await desk.code('patient.edit', { ...married, nameChange: null })).toBe('NAME_CHANGE_UNSAID')
    await desk.must('patient.edit', { ...married, nameChange: 'NEW_NAME' })
    const after = await openDetails(desk, patientId)
    expect(after.details.formerNames).toEqual([{ family: 'Walker', given: null, from: null, until: '2026-08-03' }])
    await desk.must('patient.edit', {
      patientId,
      version: 2,
      details: { ...after.details, given: 'Johanna' },
      nameChange: 'CORRECTION',
      draftId: null,
    })
    expect((await openDetails(desk, patientId)).details.formerNames).toHaveLength(1)
    const { versions } = await desk.must('patient.history', { patientId })
    expect(versions.map(({ number, reason, changed }) => ({ number, reason, changed }))).toEqual([
      { number: 3, reason: 'EDITED', changed: ['given'] },
      { number: 2, reason: 'EDITED', changed: ['family', 'formerNames'] },
      { number: 1, reason: 'REGISTERED', changed: [] },
    ])
    expect((await auditOf(clinic, patientId)).filter((action) => action !== 'patient.open')).toEqual([
      'patient.register',
      'patient.edit',
      'patient.edit',
      'patient.history',
    ])
  })

  it('refuses the second of two people who edit the same version', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { window: other } = await clinic.hire(['aesthetician'])
    const patientId = await register(desk, joanna)
    const { details } = await openDetails(desk, patientId)
    const input = { patientId, version: 1, nameChange: null, draftId: null }
    await desk.must('patient.edit', { ...input, details: { ...details, gender: 'woman' } })
    expect(await other.code('patient.edit', { ...input, details: { ...details, gender: 'female' } })).toBe('CONFLICT')
    expect(await other.code('patient.edit', { ...input, version: 2, details: { ...details, gender: 'woman' } })).toBe(
      'NOTHING_CHANGED',
    )
    expect(await clinic.manager.code('patient.edit', { ...input, version: 2, details })).toBe('DENIED')
    expect(await other.code('patient.edit', { ...input, version: 2, patientId: randomUUID(), details })).toBe(
      'NOT_FOUND',
    )
  })
})

describe('archiving', () => {
  it('takes a mistake out of search, keeps a person who moved away, and can be taken back', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const patientId = await register(desk, joanna)
    const found = async () => (await desk.must('patientSearch.find', { text: 'walker' })).hits.length
    expect(await desk.code('patient.archive', { patientId, version: 1, reason: 'OTHER', note: null })).toBe(
      'ARCHIVE_NOTE_NEEDED',
    )
    expect(await desk.code('patient.archive', { patientId, version: 1, reason: 'IMPORT_UNDONE', note: null })).toBe(
      'INVALID_INPUT',
    )
    await desk.must('patient.archive', { patientId, version: 1, reason: 'MOVED_AWAY', note: null })
    expect(await found()).toBe(1)
    expect(await desk.code('patient.archive', { patientId, version: 2, reason: 'MISTAKE', note: null })).toBe(
      'ALREADY_ARCHIVED',
    )
    await desk.must('patient.reactivate', { patientId, version: 2, reason: 'CAME_BACK' })
    expect(await desk.code('patient.reactivate', { patientId, version: 3, reason: 'CAME_BACK' })).toBe('NOT_ARCHIVED')
    await desk.must('patient.archive', { patientId, version: 3, reason: 'MISTAKE', note: null })
    expect(await found()).toBe(0)
    expect(await clinic.manager.code('patient.archive', { patientId, version: 4, reason: 'MISTAKE', note: null })).toBe(
      'DENIED',
    )
    expect(await clinic.manager.code('patient.reactivate', { patientId, version: 4, reason: 'CAME_BACK' })).toBe(
      'DENIED',
    )
    expect(await auditOf(clinic, patientId)).toEqual([
      'patient.register',
      'patient.archive',
      'patient.reactivate',
      'patient.archive',
      'patient.archive REFUSED',
      'patient.reactivate REFUSED',
    ])
  })
})

describe('allergies and skin type', () => {
  it('tells not asked from none known from listed', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const patientId = await register(desk, joanna)
    const state = async () => (await desk.must('patient.banner', { patientId })).alerts?.allergies
    expect(await state()).toEqual({ state: 'NOT_ASKED' })
    await desk.must('patient.setAllergies', {
      patientId,
      version: 1,
      allergies: { state: 'NONE_KNOWN', askedOn: '2026-08-03' },
    })
    expect(await state()).toEqual({ state: 'NONE_KNOWN', askedOn: '2026-08-03' })
    const latex = { substance: 'Latex', reaction: 'hives', kind: 'LATEX' } as const
    await desk.must('patient.setAllergies', { patientId, version: 2, allergies: { state: 'LISTED', entries: [latex] } })
    expect(await state()).toEqual({ state: 'LISTED', entries: [latex] })
    expect(
      await desk.code('patient.setAllergies', { patientId, version: 3, allergies: { state: 'LISTED', entries: [] } }),
    ).toBe('INVALID_INPUT')
    expect(
      await desk.code('patient.setAllergies', {
        patientId,
        version: 3,
        allergies: { state: 'NONE_KNOWN', askedOn: '2026-08-04' },
      }),
    ).toBe('ALLERGIES_ASKED_IN_FUTURE')
    expect(
      await clinic.manager.code('patient.setAllergies', { patientId, version: 3, allergies: { state: 'NOT_ASKED' } }),
    ).toBe('DENIED')
    // The banner is told of once, however often it is asked for.
    expect(await auditOf(clinic, patientId)).toEqual([
      'patient.register',
      'patient.banner',
      'patient.setAllergies',
      'patient.setAllergies',
      'patient.setAllergies REFUSED',
    ])
  })

  it('takes the skin type from a clinician alone, with its date', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { window: lena, staffId } = await clinic.hire(['aesthetician'])
    const patientId = await register(desk, joanna)
    const input = { patientId, version: 1, type: 'IV', recordedOn: '2026-08-01' }
    expect(await desk.code('patient.setSkinType', input)).toBe('DENIED')
    expect(await lena.code('patient.setSkinType', { ...input, recordedOn: '2026-08-04' })).toBe('RECORDED_IN_FUTURE')
    expect(await lena.code('patient.setSkinType', { ...input, recordedOn: '1980-01-01' })).toBe('RECORDED_BEFORE_BIRTH')
    expect(await lena.code('patient.setSkinType', { ...input, type: 'VII' })).toBe('INVALID_INPUT')
    expect(await lena.code('patient.setSkinType', input)).toBe('ok')
    expect(await lena.must('patient.banner', { patientId })).toMatchObject({
      clinical: { fst: { type: 'IV', recordedOn: '2026-08-01', by: staffId } },
    })
    expect((await desk.must('patient.history', { patientId })).versions[0]).toMatchObject({
      reason: 'SKIN_TYPE_SET',
      changed: [],
      facts: { fst: null },
    })
  })
})

describe('the list of patients', () => {
  it('goes by surname and given name through page after page, whatever letters they have', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const names = [
      ['Zimmer', 'Ada'],
      ['Łukasz', 'Ewa'],
      ['Lund', 'Åse'],
      ['van Dyke', 'Ann'],
      ['Van', 'Zoe'],
      [null, 'Madonna'],
      ["O'Brien", 'Una'],
    ] as const
    for (const [family, given] of names) await register(desk, { family, given })
    const seen: (string | null)[] = []
    let after: { sortName: string; patientId: PatientId } | null = null
    do {
      const page: Awaited<ReturnType<typeof nextPage>> = await nextPage(desk, after)
      seen.push(...page.patients.map((row) => row.family ?? row.given))
      expect(page.counts).toEqual(after === null ? { ACTIVE: 7, ARCHIVED: 0 } : null)
      after = page.next
    } while (after !== null)
    expect(seen).toEqual(['Łukasz', 'Lund', 'Madonna', "O'Brien", 'Van', 'van Dyke', 'Zimmer'])
    expect(await clinic.manager.code('patient.list', { status: 'ACTIVE', after: null, limit: 3 })).toBe('ok')
    expect(await desk.code('patient.list', { status: 'GONE', after: null, limit: 3 })).toBe('INVALID_INPUT')
    expect(await openWindow(clinic.app).code('patient.list', { status: 'ACTIVE', after: null, limit: 3 })).toBe(
      'SIGNED_OUT',
    )
  })
  function nextPage(desk: Window, after: { sortName: string; patientId: PatientId } | null) {
    return desk.must('patient.list', { status: 'ACTIVE', after, limit: 3 })
  }
})

describe('an unfinished form', () => {
  const form = {
    family: 'Walk',
    given: '',
    middle: '',
    preferred: '',
    formerNames: [],
    bornOn: null,
    sex: null,
    gender: '',
    phones: [],
    email: '',
    line1: '',
    line2: '',
    locality: '',
    postcode: '',
    region: '',
    preferredChannel: null,
    language: '',
    interpreterNeeded: false,
    allergyState: 'NOT_ASKED',
    allergiesAskedOn: null,
    allergies: [],
    hasGuardian: false,
    guardianName: '',
    guardianRelationship: '',
    guardianPhone: '',
    guardianProof: '',
    emergencyName: '',
    emergencyRelationship: '',
    emergencyPhone: '',
    deskNotes: '',
    nameChange: null,
  } as const

  it('comes back to its own person after a lock, and goes with the registration', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { window: other } = await clinic.hire(['frontDesk'])
    const save = { patientId: null, draftId: null, draftVersion: 0, chartVersion: null, form }
    const { draftId } = await desk.must('patient.saveDraft', save as never)
    await desk.must('patient.saveDraft', {
      ...save,
      draftId,
      draftVersion: 1,
      form: { ...form, family: 'Walker' },
    } as never)
    expect(await desk.code('patient.saveDraft', { ...save, draftId, draftVersion: 1 })).toBe('CONFLICT')
    expect(await other.must('patient.draft', { patientId: null })).toEqual({ draft: null })
    expect(await other.code('patient.saveDraft', { ...save, draftId, draftVersion: 2 })).toBe('NOT_FOUND')
    expect(await other.code('patient.discardDraft', { draftId })).toBe('NOT_FOUND')
    expect(await desk.must('patient.draft', { patientId: null })).toMatchObject({
      draft: { draftId, draftVersion: 2, form: { family: 'Walker' } },
    })
    await desk.must('patient.register', { ...registerInput(detailsOf(joanna)), draftId })
    expect(await desk.must('patient.draft', { patientId: null })).toEqual({ draft: null })
    expect(await clinic.manager.code('patient.saveDraft', save)).toBe('DENIED')
  })

  it('is discarded on request', async () => {
    const clinic = await newClinic()
    const { window: desk } = await clinic.hire(['frontDesk'])
    const { draftId } = await desk.must('patient.saveDraft', {
      patientId: null,
      draftId: null,
      draftVersion: 0,
      chartVersion: null,
      form,
    } as never)
    await desk.must('patient.discardDraft', { draftId })
    expect(await desk.must('patient.draft', { patientId: null })).toEqual({ draft: null })
  })
})
