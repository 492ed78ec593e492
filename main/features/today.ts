import type { Reader } from '../../db/open.ts'
import { selectOpenComplications } from '../../db/queries/complication.ts'
import { countFollowUps } from '../../db/queries/follow-up.ts'
import { type PatientSummary, selectPatientSummaries } from '../../db/queries/patient.ts'
import {
  isPolicyMissing,
  type PolicyInForce,
  selectPolicyDraftId,
  selectPolicyInForce,
} from '../../db/queries/policy.ts'
import { selectAskingForms } from '../../db/queries/screening.ts'
import { selectOpenWork } from '../../db/queries/session-course.ts'
import { countSubmitted, selectSubmittedQueue } from '../../db/queries/session-queue.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import { selectDelegations } from '../../db/queries/staff-practice.ts'
import { countExpiringLots, selectExpirySoonDays } from '../../db/queries/stock.ts'
import {
  countCalibrationsDue,
  countHeldRows,
  countOpenComplications,
  countSignOff,
  countUnsubmitted,
  countWaiting,
  headToLine,
  selectExpiringLicences,
} from '../../db/queries/today.ts'
import { one } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import { type PermissionName, rolesWith } from '../../shared/contract/permissions.ts'
import { policyReviewOn, shippedSettings } from '../../shared/domain/policy.ts'
import { queueGroup, signOffLateness } from '../../shared/domain/sign-off.ts'
import { includesDay } from '../../shared/domain/staff-practice.ts'
import { dateState } from '../../shared/domain/stock-status.ts'
import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { accept } from '../../shared/kernel/result.ts'
import { addDays, type CalendarDate } from '../../shared/kernel/time.ts'
import type { Handlers, QueryContext } from '../app/context.ts'

type TodayContract = typeof contract.today

/** Rows of the short lists on the first screen; the whole list is one click away. */
const shortList = 6

export const todayHandlers = {
  desk: async ({ reader, today }) => {
    const { due, overdue, calls } = await countFollowUps(reader, today)
    return accept({ followUpsDue: due + overdue, callsToMake: calls })
  },

  ownWork: async ({ reader, caller }) => {
    const lines = (await selectOpenWork(reader, caller.staffId)).map(headToLine)
    const people = await selectPeople(reader, lines)
    return accept({
      sessions: lines.map((line) => ({
        ...people(line.patientId),
        sessionId: line.sessionId,
        sessionNo: line.sessionNo,
        state: line.state,
        performedOn: line.performedOn,
        savedAt: line.updatedAt,
      })),
    })
  },

  physician: async (context) => {
    const { reader, caller, now } = context
    const exceptAuthorId = caller.staffId
    const counts = await countSignOff(reader, { now, exceptAuthorId })
    const groups = await countSubmitted(reader)
    const queue = await selectSubmittedQueue(reader, { limit: shortList, exceptAuthorId })
    const asking = await selectAskingForms(reader)
    const forms = asking.slice(0, shortList)
    const heads = queue.map(({ head }) => head)
    const open = await countOpenComplications(reader)
    const complications = (await selectOpenComplications(reader)).slice(0, shortList)
    const ofHeads = [...heads, ...complications].map((head) => ({ patientId: head.patient_id }))
    const people = await selectPeople(reader, [...ofHeads, ...forms])
    const nameById = new Map((await selectStaff(reader)).map((member) => [member.staffId, member.printedName]))
    return accept({
      signOff: {
        ...counts,
        ...groups,
        first: queue.map((entry) => ({
          ...people(entry.head.patient_id),
          sessionId: entry.head.id,
          sessionNo: entry.head.session_no,
          authorName: nameById.get(entry.head.practitioner_id) ?? '',
          group: queueGroup(entry),
          deviations: entry.deviations,
          submittedAt: entry.submittedAt,
          dueAt: entry.dueAt,
          lateness: signOffLateness(
            {
              isRequired: entry.head.sign_off_required === 1,
              dueAt: entry.dueAt,
              escalateAt: entry.head.escalate_at ?? entry.dueAt,
            },
            now,
          ),
        })),
      },
      clearances: {
        total: asking.length,
        first: forms.map(({ patientId, screeningId, takenOn, signedAt }) => ({
          ...people(patientId),
          screeningId,
          takenOn,
          signedAt,
        })),
      },
      complications: {
        total: open.open,
        redFlags: open.redFlags,
        first: complications.map((head) => ({
          ...people(head.patient_id),
          complicationId: head.id,
          code: head.code,
          grade: head.grade,
          isRedFlag: head.red_flag === 1,
          isAcknowledged: head.acknowledged === 1,
          reportedAt: head.reported_at,
        })),
      },
      standing: await viewStanding(context),
    })
  },

  manager: async ({ reader, now, today }) => {
    const soon = addDays(today, await selectExpirySoonDays(reader))
    const policy = await selectPolicyInForce(reader, today)
    const reviewOn = policy && policyReviewOn(policy.body)
    const licenceWarnDays = warnDaysOf(policy)
    const licenceSoon = addDays(today, licenceWarnDays)
    const copied = await one<{ value: string }>(reader, "select value from store_fact where name = 'last_copy_at'")
    return accept({
      signOff: await countSignOff(reader, { now }),
      unsubmitted: await countUnsubmitted(reader),
      complications: await countOpenComplications(reader),
      licenceWarnDays,
      licences: (await selectExpiringLicences(reader, licenceSoon)).map((licence) => ({
        ...licence,
        dateState: dateState(licence.expiresOn, today, licenceSoon),
      })),
      policy: {
        isMissing: await isPolicyMissing(reader),
        hasDraft: (await selectPolicyDraftId(reader)) !== null,
        effectiveFrom: policy?.body.effectiveFrom ?? null,
        reviewOn,
        reviewState: reviewOn === null ? null : dateState(reviewOn, today, soon),
      },
      lots: await countExpiringLots(reader, { on: today, until: soon }),
      calibrationsDue: await countCalibrationsDue(reader, soon),
      lastCopyAt: copied?.value ?? null,
    })
  },

  counts: async (context) => {
    const { reader, today } = context
    const soon = addDays(today, await selectExpirySoonDays(reader))
    const lots = await countExpiringLots(reader, { on: today, until: soon })
    const licenceSoon = addDays(today, warnDaysOf(await selectPolicyInForce(reader, today)))
    const count = (permission: PermissionName, value: number) => (mayUse(context, permission) ? value : null)
    return accept({
      today: count('schedule.read', await countWaiting(reader, today)),
      followUp: count('followUp.read', await countDue(reader, today)),
      patients: count('demographics.import', await countHeldRows(reader)),
      stock: count('stock.write', lots.past + lots.soon),
      clinic: count('staff.write', (await selectExpiringLicences(reader, licenceSoon)).length),
    })
  },
} satisfies Handlers<TodayContract>

/** In whose place the caller is asked, and what of the caller's own ends soon. */
async function viewStanding({ reader, caller, today }: QueryContext) {
  const policy = await selectPolicyInForce(reader, today)
  const soon = addDays(today, warnDaysOf(policy))
  const members = await selectStaff(reader)
  const nameOf = (staffId: StaffId) => members.find((member) => member.staffId === staffId)?.printedName ?? ''
  const delegations = await selectDelegations(reader, today)
  const handedOver = delegations.filter((one) => one.deputyId === caller.staffId && includesDay(one, today))
  const own = delegations.find(({ physicianId }) => physicianId === caller.staffId)
  const expiresOn = members.find(({ staffId }) => staffId === caller.staffId)?.licence?.expiresOn
  const ending = (on: CalendarDate) => ({ dateState: dateState(on, today, soon) })
  const reviewOn = policy && policyReviewOn(policy.body)
  return {
    standsInFor: handedOver.map((one) => ({ printedName: nameOf(one.physicianId), untilOn: one.untilOn })),
    deputy: own ? { printedName: nameOf(own.deputyId), fromOn: own.fromOn, untilOn: own.untilOn } : null,
    licence: expiresOn === undefined ? null : { expiresOn, ...ending(expiresOn) },
    policyReview: reviewOn && { on: reviewOn, ...ending(reviewOn) },
  }
}

function warnDaysOf(policy: PolicyInForce | null): number {
  return (policy?.body.settings ?? shippedSettings).licenceWarnDays
}

function mayUse(context: QueryContext, permission: PermissionName): boolean {
  return rolesWith(permission).some((role) => context.hasRole(role))
}

/** What the worklist of today holds, late or in time. */
async function countDue(reader: Reader, today: CalendarDate): Promise<number> {
  const { due, overdue } = await countFollowUps(reader, today)
  return due + overdue
}

/** Names for the lines of a short list. */
async function selectPeople(reader: Reader, lines: readonly { readonly patientId: PatientId }[]) {
  const summaries = await selectPatientSummaries(reader, [...new Set(lines.map(({ patientId }) => patientId))])
  return (patientId: PatientId) => summaryToPerson(patientId, summaries.get(patientId))
}

function summaryToPerson(patientId: PatientId, summary: PatientSummary | undefined) {
  if (!summary) throw new Error(`no patient ${patientId}`)
  const { family, given, preferred, isLookAlike } = summary
  return { patientId, familyName: family, givenName: given, preferredName: preferred, isLookAlike }
}
