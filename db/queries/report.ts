import type { Causality } from '../../shared/domain/complication.ts'
import type { ComplicationCode } from '../../shared/domain/complication-codes.ts'
import { depthBandOf, type ReportPeriod } from '../../shared/domain/report.ts'
import type { ReportedComplication, SafetyDenominator, SafetyGroup } from '../../shared/domain/report-safety.ts'
import type {
  DisposedDeviations,
  SigningTime,
  SupervisedSessions,
  WaitingSignature,
} from '../../shared/domain/report-supervision.ts'
import type { DeviationDisposition } from '../../shared/domain/sign-off.ts'
import type { ComplicationId, DeviceId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'
import { type QueueKey, selectSubmittedQueue } from './session-queue.ts'
import { performed } from './sessions-done.ts'

const inPeriod = `performed_on between ? and ? and ${performed}`
const countersigned = "state = 'SIGNED' and signed_by <> practitioner_id"

type PairRow = { readonly supervising_physician_id: StaffId | null; readonly practitioner_id: StaffId }

/** Sessions performed in the period, by supervisor and practitioner. */
export async function selectSupervisedSessions(
  reader: Reader,
  { from, to }: ReportPeriod,
): Promise<readonly SupervisedSessions[]> {
  const rows = await many<
    PairRow & Record<'performed' | 'countersigned' | 'own' | 'batch' | 'late' | 'returned' | 'deviations', number>
  >(
    reader,
    `select supervising_physician_id, practitioner_id, count(*) as performed,
       sum(case when ${countersigned} then 1 else 0 end) as countersigned,
       sum(case when state = 'SIGNED' and signed_by = practitioner_id then 1 else 0 end) as own,
       sum(case when ${countersigned} and exists (select 1 from sign_off
         where sign_off.record_version_id = session.version_id and sign_off.batch_id is not null)
         then 1 else 0 end) as batch,
       sum(case when ${countersigned} and signed_at >= due_at then sign_off_required else 0 end) as late,
       sum(returns) as returned, sum(deviations) as deviations
     from session where ${inPeriod}
     group by supervising_physician_id, practitioner_id order by supervising_physician_id, practitioner_id limit 5000`,
    [from, to],
  )
  return rows.map((row) => ({
    ...pairOf(row),
    performed: Number(row.performed),
    countersigned: Number(row.countersigned),
    authorSigned: Number(row.own),
    inBatch: Number(row.batch),
    signedLate: Number(row.late),
    returns: Number(row.returned),
    deviations: Number(row.deviations),
  }))
}

/** What physicians decided on the deviations of these sessions, in the version that was signed. */
export async function selectDisposedDeviations(
  reader: Reader,
  { from, to }: ReportPeriod,
): Promise<readonly DisposedDeviations[]> {
  const rows = await many<PairRow & { disposition: DeviationDisposition; found: number }>(
    reader,
    `select supervising_physician_id, practitioner_id, disposition, count(*) as found
     from (select id, version_id, supervising_physician_id, practitioner_id from session where ${inPeriod}) done
       join session_disposition on session_disposition.session_id = done.id
         and session_disposition.version_id = done.version_id
     group by supervising_physician_id, practitioner_id, disposition
     order by supervising_physician_id, practitioner_id, disposition limit 20000`,
    [from, to],
  )
  return rows.map((row) => ({ ...pairOf(row), disposition: row.disposition, count: Number(row.found) }))
}

/** From the last submission to the countersignature, of every countersigned session of the period. */
export async function selectSigningTimes(reader: Reader, { from, to }: ReportPeriod): Promise<readonly SigningTime[]> {
  const rows = await many<PairRow & { submitted_at: Instant; signed_at: Instant }>(
    reader,
    `select supervising_physician_id, practitioner_id, submitted_at, signed_at from session
       where ${inPeriod} and ${countersigned} order by performed_on, id limit 200000`,
    [from, to],
  )
  return rows.map((row) => ({ ...pairOf(row), submittedAt: row.submitted_at, signedAt: row.signed_at }))
}

const queuePage = 500

/** Everything that waits for a signature now: the sign-off queue itself, read to its end. */
export async function selectWaitingSignatures(reader: Reader): Promise<readonly WaitingSignature[]> {
  const waiting: WaitingSignature[] = []
  let after: QueueKey | null = null
  do {
    const page = await selectSubmittedQueue(reader, { after, limit: queuePage })
    for (const { head, dueAt } of page) {
      waiting.push({
        ...pairOf(head),
        isRequired: head.sign_off_required === 1,
        dueAt,
        escalateAt: head.escalate_at ?? dueAt,
      })
    }
    after = page.length === queuePage ? (page.at(-1)?.key ?? null) : null
  } while (after !== null)
  return waiting
}

type GroupRow = {
  readonly max_depth_um: number | null
  readonly skin_type: string | null
  readonly device_id: DeviceId | null
  readonly practitioner_id: StaffId
}

/** How many sessions were performed in the period, over all and in each group. */
export async function selectSafetyDenominators(
  reader: Reader,
  { from, to }: ReportPeriod,
): Promise<{ readonly sessions: number; readonly denominators: readonly SafetyDenominator[] }> {
  const rows = await many<GroupRow & { found: number }>(
    reader,
    `select max_depth_um, skin_type, device_id, practitioner_id, count(*) as found
     from (select max_depth_um, device_id, practitioner_id, patient_id from session where ${inPeriod}) done
       join patient on patient.id = done.patient_id
     group by max_depth_um, skin_type, device_id, practitioner_id
     order by max_depth_um, skin_type, device_id, practitioner_id limit 100000`,
    [from, to],
  )
  const lots = await many<{ lot: string; found: number }>(
    reader,
    `select lot, count(distinct session_id) as found from (${lotsOf(inPeriod)}) used group by lot order by lot limit 20000`,
    [from, to],
  )
  const byGroup = new Map<string, SafetyDenominator>()
  for (const row of rows) {
    for (const group of groupsOf(row)) {
      const name = `${group.grouping} ${group.key}`
      const sessions = (byGroup.get(name)?.sessions ?? 0) + Number(row.found)
      byGroup.set(name, { ...group, sessions })
    }
  }
  return {
    sessions: rows.reduce((total, row) => total + Number(row.found), 0),
    denominators: [
      ...byGroup.values(),
      ...lots.map(({ lot, found }) => ({ grouping: 'LOT' as const, key: lot, sessions: Number(found) })),
    ],
  }
}

/** Cartridge lots by session; the empty one stands for a lot nobody could read and for a session that names none. */
function lotsOf(condition: string): string {
  return `select done.id as session_id,
      case when session_cartridge.lot_legible = 1 then session_cartridge.lot_normalised else '' end as lot
    from (select id from session where ${condition}) done
      left join session_cartridge on session_cartridge.session_id = done.id`
}

/** Every complication about a session of the period, once for each such session. */
export async function selectReportedComplications(
  reader: Reader,
  { from, to }: ReportPeriod,
): Promise<readonly ReportedComplication[]> {
  const concerned = 'exists (select 1 from complication_session where complication_session.session_id = session.id)'
  const rows = await many<
    GroupRow & {
      complication_id: ComplicationId
      session_id: SessionId
      code: ComplicationCode | null
      causality: Causality | null
    }
  >(
    reader,
    `select complication.id as complication_id, done.id as session_id, complication.code, complication.causality,
       done.max_depth_um, patient.skin_type, done.device_id, done.practitioner_id
     from (select id, max_depth_um, device_id, practitioner_id, patient_id from session
         where ${inPeriod} and ${concerned}) done
       join complication_session on complication_session.session_id = done.id
       join complication on complication.id = complication_session.complication_id
       join patient on patient.id = done.patient_id
     order by complication.id, done.id limit 50000`,
    [from, to],
  )
  const lots = await many<{ session_id: SessionId; lot: string }>(
    reader,
    `select distinct session_id, lot from (${lotsOf(`${inPeriod} and ${concerned}`)}) used
     order by session_id, lot limit 100000`,
    [from, to],
  )
  const lotsBySession = Map.groupBy(lots, (row) => row.session_id)
  return rows.map((row) => ({
    complicationId: row.complication_id,
    sessionId: row.session_id,
    code: row.code,
    causality: row.causality,
    groups: [
      ...groupsOf(row),
      ...(lotsBySession.get(row.session_id) ?? []).map(({ lot }) => ({ grouping: 'LOT' as const, key: lot })),
    ],
  }))
}

function groupsOf(row: GroupRow): readonly SafetyGroup[] {
  return [
    {
      grouping: 'DEPTH_BAND',
      key: row.max_depth_um === null ? '' : String(depthBandOf(row.max_depth_um).aboveUm),
    },
    { grouping: 'SKIN_TYPE', key: row.skin_type ?? '' },
    { grouping: 'DEVICE', key: row.device_id ?? '' },
    { grouping: 'PRACTITIONER', key: row.practitioner_id },
  ]
}

function pairOf(row: PairRow) {
  return { supervisorId: row.supervising_physician_id, practitionerId: row.practitioner_id }
}
