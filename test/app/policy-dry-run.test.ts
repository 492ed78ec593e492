import { describe, expect, it } from 'vitest'
import type { PolicyBody } from '../../shared/domain/policy.ts'
import type { PatientId, PolicyId } from '../../shared/kernel/ids.ts'
import { addDays } from '../../shared/kernel/time.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { password, type Window } from '../support/clinic.ts'
import { patientOnFile, wire } from '../support/screening.ts'
import { type SessionClinic, sessionClinic } from '../support/session.ts'

const byPassword = { method: 'PASSWORD', password } as const
type Change = (body: PolicyBody) => PolicyBody

/** The draft after the policy in force, with `change` typed into it. */
async function draftWith(window: Window, change: Change): Promise<{ policyId: PolicyId; draftVersion: number }> {
  const { policyId } = await window.must('policy.startDraft', {})
  return retyped(window, { policyId, draftVersion: 0 }, change)
}

async function retyped(window: Window, draft: { policyId: PolicyId; draftVersion: number }, change: Change) {
  const { body } = await window.must('policy.open', { policyId: draft.policyId })
  const { approvedBy: _nobody, ...rest } = change(body as PolicyBody)
  const saved = await window.must('policy.saveDraft', { ...draft, body: wire(rest) })
  return { policyId: draft.policyId, draftVersion: saved.draftVersion }
}

const book = ({ phy, aesId }: SessionClinic, patientId: PatientId, onDate: string, atTime = '11:00') =>
  phy.must('visit.add', {
    patientId,
    onDate,
    atTime,
    service: 'SESSION',
    serviceNote: null,
    practitionerId: aesId,
    room: null,
  })

const shallower =
  (maxDepthUm: number, effectiveFrom = '2026-08-10'): Change =>
  (body) => ({
    ...body,
    effectiveFrom,
    permittedRoles: body.permittedRoles.map((row) =>
      row.role === 'aesthetician' ? { ...row, maxDepthUm, maxDepthUnsupervisedUm: 0 } : row,
    ),
  })

describe('the dry run of a policy draft', () => {
  it('names the booked session that a lower depth would block, from the draft’s day on', async () => {
    const clinic = await sessionClinic()
    const { phy, patientId } = clinic
    await book(clinic, patientId, '2026-08-07')
    const { visitId } = await book(clinic, patientId, '2026-09-07')
    const draft = await draftWith(phy, shallower(750))
    const answer = await phy.must('policy.dryRun', draft)
    expect(answer).toMatchObject({
      from: '2026-08-10',
      until: null,
      tried: 1,
      isWhole: true,
      blocked: 1,
      freed: 0,
      blockedVisits: [{ visitId, patientId, onDate: '2026-09-07', atTime: '11:00', hasChartReasons: false }],
    })
    expect(answer.blockedVisits[0]?.reasons.map(({ code, side, facts }) => [code, side, facts['limitUm']])).toEqual([
      ['DEPTH_OVER_LIMIT', 'L', 750],
      ['DEPTH_OVER_LIMIT', 'R', 750],
    ])
    expect(answer.blockedVisits[0]?.practitionerName).toContain('Lena Brook')
  })

  it('is tried anew with each save, and only for the text that was saved last', async () => {
    const clinic = await sessionClinic()
    const { phy, patientId } = clinic
    await book(clinic, patientId, '2026-09-07')
    const first = await draftWith(phy, shallower(750))
    const second = await retyped(phy, first, shallower(1000))
    expect(await phy.must('policy.dryRun', second)).toMatchObject({ blocked: 0, freed: 0, tried: 1 })
    expect(await phy.code('policy.dryRun', first)).toBe('CONFLICT')
  })

  it('says what it would free, and ends where the next approved policy begins', async () => {
    const clinic = await sessionClinic()
    const { phy, patientId } = clinic
    await book(clinic, patientId, '2026-08-20')
    await book(clinic, patientId, '2026-09-07')
    const upcoming = await draftWith(phy, (body) => ({
      ...body,
      effectiveFrom: '2026-08-15',
      permittedRoles: body.permittedRoles.filter((row) => row.role === 'physician'),
    }))
    await phy.must('policy.approve', { ...upcoming, reauth: byPassword })
    const draft = await draftWith(phy, shallower(750, '2026-08-12'))
    expect(await phy.must('policy.dryRun', draft)).toMatchObject({
      from: '2026-08-12',
      until: '2026-08-14',
      tried: 0,
      blocked: 0,
    })
    const later = await retyped(phy, draft, shallower(1000, '2026-09-01'))
    expect(await phy.must('policy.dryRun', later)).toMatchObject({
      until: null,
      tried: 1,
      blocked: 0,
      freed: 1,
      freedVisits: [{ onDate: '2026-09-07', reasons: [{ code: 'PRACTITIONER_NOT_PERMITTED' }] }],
    })
  })

  it('opens the questionnaires where a wait or the youngest age changes', async () => {
    const clinic = await sessionClinic()
    const { phy } = clinic
    const young = await patientOnFile(clinic, { bornOn: '2007-03-03' })
    await book(clinic, young, '2026-09-07', '09:00')
    await book(clinic, clinic.patientId, '2026-09-07')
    const draft = await draftWith(phy, (body) => ({ ...body, minAgeYears: 21 }))
    expect(await phy.must('policy.dryRun', draft)).toMatchObject({
      tried: 2,
      blocked: 1,
      blockedVisits: [{ patientId: young, reasons: [{ code: 'CLEARANCE_MISSING', facts: { rule: 'UNDER_AGE' } }] }],
    })
  })

  it('leaves cancelled visits, talks and started sessions out', async () => {
    const clinic = await sessionClinic()
    const { phy, patientId } = clinic
    const { visitId } = await book(clinic, patientId, '2026-09-07')
    await phy.must('visit.cancel', { patientId, visitId, version: 1, reason: 'CLINIC' })
    const draft = await draftWith(phy, shallower(250))
    expect(await phy.must('policy.dryRun', draft)).toMatchObject({ tried: 0, blocked: 0 })
  })

  it('tells the manager who and when, but nothing of the chart', async () => {
    const clinic = await sessionClinic()
    const { phy, manager, patientId } = clinic
    await book(clinic, patientId, addDays('2026-08-03', 70))
    const draft = await draftWith(phy, (body) => ({
      ...shallower(750)(body),
      settings: { ...body.settings, consentValidMonths: 1 },
    }))
    const { blockedVisits } = await manager.must('policy.dryRun', draft)
    expect(blockedVisits).toMatchObject([{ patientId, hasChartReasons: true }])
    expect(blockedVisits[0]?.reasons).toEqual([
      {
        code: 'DEPTH_OVER_LIMIT',
        zone: null,
        side: null,
        site: null,
        ref: null,
        facts: { limitUm: 750, decidedBy: 'POLICY' },
      },
    ])
  })

  it('is for those who draft policies, of a draft alone, and opens no record', async () => {
    const clinic = await sessionClinic()
    const { phy, aes, manager } = clinic
    const { window: desk } = await clinic.hire(['frontDesk'])
    const draft = await draftWith(manager, shallower(750))
    const rows = await auditedBy(clinic.app, () => manager.must('policy.dryRun', draft))
    expect(rows).toEqual([])
    const denied = await auditedBy(clinic.app, async () => {
      expect(await aes.code('policy.dryRun', draft)).toBe('DENIED')
      expect(await desk.code('policy.dryRun', draft)).toBe('DENIED')
    })
    expect(denied.map(({ outcome }) => outcome)).toEqual(['REFUSED', 'REFUSED'])
    expect(await phy.code('policy.dryRun', { ...draft, draftVersion: -1 })).toBe('INVALID_INPUT')
    expect(await phy.code('policy.dryRun', { ...draft, policyId: crypto.randomUUID() })).toBe('NOT_FOUND')
    await phy.must('policy.approve', { ...draft, reauth: byPassword })
    expect(await phy.code('policy.dryRun', draft)).toBe('NOT_A_POLICY_DRAFT')
  })
})
