import { describe, expect, it } from 'vitest'
import { formProblems } from '../../renderer/screens/patient/form-problems.ts'
import {
  emptyForm,
  formFromChart,
  formFromSearch,
  formToDetails,
  mergedForm,
} from '../../renderer/screens/patient/patient-form.ts'
import type { ChartFacts, PatientForm } from '../../shared/contract/patient.ts'
import { patientDetails } from '../../shared/contract/schemas/patient.ts'
import { emptyPatientDetails } from '../../shared/domain/patient.ts'

const today = '2026-08-03'

function problemsOf(part: Partial<PatientForm>) {
  const form = { ...emptyForm, family: 'Walker', ...part }
  return Object.keys(formProblems(form, formToDetails(form, { today }), today))
}

describe('the registration form', () => {
  it('sends nothing that was not typed', () => {
    expect(formToDetails({ ...emptyForm, family: ' Walker ' }, { today })).toEqual({
      ...emptyPatientDetails,
      family: 'Walker',
    })
  })

  it('begins with what the search could not find', () => {
    const form = formFromSearch({ family: 'Haddad', given: 'Noor', bornOn: '1984-03-04', phone: '312 555 0142' })
    expect(formToDetails(form, { today })).toMatchObject({
      family: 'Haddad',
      given: 'Noor',
      bornOn: '1984-03-04',
      phones: [{ kind: 'MOBILE', number: '312 555 0142' }],
    })
  })

  it('gives back everything a chart says, unchanged', () => {
    const details = {
      ...emptyPatientDetails,
      family: 'Kowalczyk',
      given: 'Ana',
      bornOn: null,
      bornText: '31/02/1980',
      formerNames: [{ family: 'Nowak', given: null, from: '2001-01-01', until: '2019-05-06' }],
      phones: [{ kind: 'HOME' as const, number: '555 0142' }],
      interpreterNeeded: true,
      language: 'pl',
      guardian: { name: 'Ewa Kowalczyk', relationship: 'mother', phone: null, proofSeen: 'passport' },
      emergencyContact: { name: 'Jan', relationship: null, phone: '555 0199' },
      deskNotes: 'Calls back\nafter five',
    }
    const allergies = {
      state: 'LISTED' as const,
      entries: [{ substance: 'Latex', reaction: null, kind: 'LATEX' as const }],
    }
    const facts: ChartFacts = { chartNumber: 'C10001', details, allergies, fst: null, status: { state: 'ACTIVE' } }
    expect(formToDetails(formFromChart(facts), { today, before: details })).toEqual({ ...details, allergies })
  })

  it('notes the day on which nobody knew of an allergy, and lifts the text of an impossible birth date', () => {
    const before = { ...emptyPatientDetails, bornText: '31/02/1980', formerNames: [], phones: [] }
    const form = { ...emptyForm, family: 'Walker', bornOn: '1980-03-02', allergyState: 'NONE_KNOWN' as const }
    expect(formToDetails(form, { today, before })).toMatchObject({
      bornText: null,
      allergies: { state: 'NONE_KNOWN', askedOn: today },
    })
  })

  it.each([
    ['no name', { family: ' ' }, ['family']],
    ['a birth date to come', { bornOn: '2026-08-04' }, ['bornOn']],
    ['a phone of three digits', { phones: [{ kind: 'HOME' as const, number: '123' }] }, ['phones.0']],
    ['an e-mail without a place', { email: 'jo@' }, ['email']],
    ['an empty list of allergies', { allergyState: 'LISTED' as const }, ['allergies']],
    [
      'an allergy without a kind',
      { allergyState: 'LISTED' as const, allergies: [{ substance: 'Nickel', reaction: '', kind: null }] },
      ['allergies.0.kind'],
    ],
    ['a guardian without a name', { hasGuardian: true, guardianRelationship: 'mother' }, ['guardianName']],
    ['an emergency contact without a phone', { emergencyName: 'Jan' }, ['emergencyPhone']],
    ['nothing wrong', {}, []],
  ])('names the field where there is %s', (_, part, fields) => {
    expect(problemsOf(part)).toEqual(fields)
  })

  it('is taken by main whenever the form finds nothing wrong', () => {
    const form = {
      ...emptyForm,
      family: 'Walker',
      email: 'jo@walker.example',
      phones: [{ kind: 'WORK' as const, number: '555 0142' }],
    }
    expect(patientDetails.safeParse(formToDetails(form, { today })).success).toBe(true)
  })

  it('lays what one person changed over what another saved meanwhile', () => {
    const began = { ...emptyForm, family: 'Walker', gender: '', email: 'old@walker.example' }
    const mine = { ...began, family: 'Bright' }
    const newest = { ...began, gender: 'woman', email: 'new@walker.example' }
    expect(mergedForm(began, mine, newest)).toEqual({ ...newest, family: 'Bright' })
  })
})
