import { describe, expect, it } from 'vitest'
import type { Allergies, AllergyEntry } from '../../shared/domain/patient.ts'
import {
  allergiesOfPerson,
  type MergeFacts,
  mayChangeMergedChart,
  mergeProblem,
  openOnMergedCharts,
  photoPermissionsOfPerson,
  screeningOfPerson,
} from '../../shared/domain/patient-merge.ts'
import type { ScreeningFacts } from '../../shared/domain/screening/screening-facts.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { procedures } from '../support/sample-input.ts'

const fits: MergeFacts = {
  mergedId: 'a' as PatientId,
  keptId: 'b' as PatientId,
  isAlreadyMerged: false,
  isKeptMerged: false,
  mergedInto: 0,
  isKeptArchived: false,
  isEitherDamaged: false,
  openSessions: 0,
  visitsAhead: 0,
}

describe('a merge of two charts', () => {
  it('is possible where nothing is under way and neither is part of another merge', () => {
    expect(mergeProblem(fits)).toBeNull()
  })

  it.each([
    [{ keptId: fits.mergedId }, 'SAME_CHART', 1],
    [{ isAlreadyMerged: true }, 'ALREADY_MERGED', 1],
    [{ isKeptMerged: true }, 'KEPT_IS_MERGED', 1],
    [{ mergedInto: 2 }, 'HAS_MERGED_CHARTS', 2],
    [{ isKeptArchived: true }, 'KEPT_IS_ARCHIVED', 1],
    [{ isEitherDamaged: true }, 'CHART_IS_DAMAGED', 1],
    [{ openSessions: 1 }, 'SESSIONS_OPEN', 1],
    [{ visitsAhead: 3 }, 'VISITS_AHEAD', 3],
  ] as const)('is refused with %o', (change, code, count) => {
    expect(mergeProblem({ ...fits, ...change })).toEqual({ code, count })
  })

  it('makes no chain: a chart that is merged, or into which one is merged, is told before what is under way', () => {
    const all = { ...fits, isKeptMerged: true, mergedInto: 1, openSessions: 1, visitsAhead: 1 }
    expect(mergeProblem(all)?.code).toBe('KEPT_IS_MERGED')
    expect(mergeProblem({ ...all, isKeptMerged: false })?.code).toBe('HAS_MERGED_CHARTS')
  })
})

describe('what a merged chart may still be asked', () => {
  it('is named as commands that there are and that name their patient', () => {
    const commands = procedures.filter(({ definition }) => definition.kind === 'command')
    const ofPatients = commands.filter(({ definition }) => 'patientId' in shapeOf(definition.input))
    const names = ofPatients.map(({ name }) => name)
    expect(openOnMergedCharts.filter((name) => !names.includes(name))).toEqual([])
  })

  it.each([
    'visit.add',
    'visit.checkInToday',
    'consent.prepare',
    'consent.sign',
    'screening.begin',
    'screening.sign',
    'order.sign',
    'clearance.decide',
    'series.plan',
    'session.begin',
    'session.start',
    'complication.report',
    'photo.add',
    'patient.edit',
    'patient.setAllergies',
    'patientMerge.merge',
  ])('no longer takes %s', (name) => {
    expect(mayChangeMergedChart(name)).toBe(false)
  })
})

function shapeOf(schema: unknown): object {
  return (schema as { readonly shape?: object }).shape ?? {}
}

describe('allergies of one person with two charts', () => {
  const latex: AllergyEntry = { substance: 'Latex', reaction: 'hives', kind: 'LATEX' }
  const nickel: AllergyEntry = { substance: 'Nickel', reaction: null, kind: 'METAL' }
  const none: Allergies = { state: 'NONE_KNOWN', askedOn: '2026-08-03' }
  const listed = (...entries: readonly AllergyEntry[]): Allergies => ({ state: 'LISTED', entries })

  it.each([
    ['neither was asked', { state: 'NOT_ASKED' } as Allergies, [{ state: 'NOT_ASKED' } as Allergies], 'NOT_ASKED'],
    ['only the other was asked', { state: 'NOT_ASKED' } as Allergies, [none], 'NOT_ASKED'],
    ['both know of none', none, [none], 'NONE_KNOWN'],
    ['the other names one', none, [listed(latex)], 'LISTED'],
  ])('%s', (_case, own, others, state) => {
    expect(allergiesOfPerson(own, others).state).toBe(state)
  })

  it('names every substance once', () => {
    const again = { ...latex, substance: 'latex', reaction: null }
    expect(allergiesOfPerson(listed(latex), [listed(again, nickel)])).toEqual(listed(latex, nickel))
  })
})

describe('photo permissions of one person with two charts', () => {
  const all = { ownRecord: true, staffTeaching: true, marketing: true }
  it.each([
    ['a form under the other name permits nothing here', null, [all], null],
    ['what the other withholds is withheld', all, [{ ...all, marketing: false }], { ...all, marketing: false }],
    ['what was never asked there changes nothing', all, [null], all],
  ])('%s', (_case, own, others, expected) => {
    expect(photoPermissionsOfPerson(own, others)).toEqual(expected)
  })
})

describe('screening of one person with two charts', () => {
  const facts = (change: object): ScreeningFacts =>
    ({
      fullAnsweredOn: null,
      shortAnsweredOn: null,
      stops: [],
      uncleared: [],
      clearances: [],
      blockedSubstances: [],
      ...change,
    }) as unknown as ScreeningFacts
  const other = facts({
    fullAnsweredOn: '2026-08-03',
    shortAnsweredOn: '2026-08-03',
    stops: ['stop'],
    uncleared: ['finding'],
    clearances: ['limit'],
    blockedSubstances: ['LIDOCAINE'],
  })

  it('takes over findings and limits, and never the date of a form', () => {
    expect(screeningOfPerson(facts({}), [{ facts: other, isAskedSince: false }])).toEqual({
      ...other,
      fullAnsweredOn: null,
      shortAnsweredOn: null,
    })
  })

  it('lets the findings go once everything was asked anew, and keeps what is ruled out', () => {
    const own = facts({ fullAnsweredOn: '2026-08-04' })
    expect(screeningOfPerson(own, [{ facts: other, isAskedSince: true }])).toEqual({
      ...own,
      blockedSubstances: ['LIDOCAINE'],
    })
  })
})
