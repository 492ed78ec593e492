import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  type ClearanceBody,
  clearedFindingOf,
  isLabelledContraindication,
  judgeClearance,
  uncleared,
} from '../../shared/domain/clearance.ts'
import type { Finding } from '../../shared/domain/finding.ts'
import { type ScreeningRule, screeningRuleCodes, screeningRules } from '../../shared/domain/screening/rules.ts'
import type { ClearanceId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { place } from './screening-answers.ts'

const today = '2026-06-02'
const cheek = place('CHEEK_ANT.L')

const reference = readFileSync(new URL('../../docs/clinical-reference.md', import.meta.url), 'utf8')
const rows = reference.split('\n').filter((line) => /^\| SQ-\d\d /u.test(line))

/** The rules of a row whose STOP nobody lifts: "none" stands inside the brackets after STOP; SQ-23 is as SQ-22. */
const rowsNobodyLifts = rows
  .filter((line) => /STOP \([^)]*\bnone\)/u.test(line) || /\| as SQ-22 \|/u.test(line))
  .map((line) => line.slice(2, 7))

function findingOf(rule: ScreeningRule): Finding {
  const { questionId, outcome, scope, override } = screeningRules[rule]
  return { questionId, rule, outcome, scope, override, zones: scope === 'ZONES' ? [cheek] : [], eligibleOn: null }
}

/** A physician's clearance that says everything any finding asks for. */
function clearanceOf(findings: readonly Finding[]): ClearanceBody {
  return {
    schema: 'clearance/1',
    id: 'clearance-1' as ClearanceId,
    patientId: 'patient-1' as PatientId,
    seriesId: null,
    findings: findings.map(clearedFindingOf),
    decision: 'CLEARED',
    reason: 'Discussed with the patient and the prescriber.',
    conditions: {
      maxDepthUm: 500,
      zonesExcluded: [],
      zonesAllowed: null,
      prophylaxis: { ordered: true, zones: [cheek], text: 'as prescribed' },
      anaestheticPlan: { kind: 'NO_ANAESTHETIC' },
    },
    offLabelNote: 'Told that the labelling advises against it.',
    expiresOn: '2026-08-31',
    signature: {
      staffId: 'staff-physician' as StaffId,
      printedName: 'Dr Ada Okafor',
      credential: 'MD',
      licence: null,
      signedAt: '2026-06-01T16:00:00.000Z',
      utcOffsetMin: -360,
    },
  }
}

const blocking = screeningRuleCodes.filter((rule) => ['STOP', 'CLEAR'].includes(screeningRules[rule].outcome))
const standing = blocking.filter((rule) => screeningRules[rule].override === 'NONE')
const liftable = blocking.filter((rule) => screeningRules[rule].override === 'PHYSICIAN')

describe('the override column of the screening table', () => {
  test('names the rows whose STOP nobody lifts, and no rule of another row stands so', () => {
    expect([...new Set(standing.map((rule) => screeningRules[rule].questionId))].sort()).toEqual(rowsNobodyLifts)
  })

  test.each(liftable)('%s is lifted by a physician’s clearance and by nothing else', (rule) => {
    const finding = findingOf(rule)
    expect(uncleared([finding], [], today)).toMatchObject([{ state: 'NEEDS_CLEARANCE' }])
    expect(judgeClearance(clearanceOf([finding]), [finding], today)).toEqual([])
    expect(uncleared([finding], [clearanceOf([finding])], today)).toEqual([])
  })

  test.each(standing)('%s stands, whatever a physician writes', (rule) => {
    const finding = findingOf(rule)
    expect(judgeClearance(clearanceOf([finding]), [finding], today)).toEqual(['FINDING_NOT_CLEARABLE'])
    expect(uncleared([finding], [clearanceOf([finding])], today)).toMatchObject([{ state: 'STANDS' }])
  })

  test.each(liftable.filter(isLabelledContraindication))('%s is lifted only with an off-label note', (rule) => {
    const finding = findingOf(rule)
    expect(judgeClearance({ ...clearanceOf([finding]), offLabelNote: null }, [finding], today)).toEqual([
      'OFF_LABEL_NOTE_MISSING',
    ])
  })
})
