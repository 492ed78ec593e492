import type { Causality } from '../../shared/domain/complication.ts'
import type { ClusterCause, ClusterKind, ClusterReport } from '../../shared/domain/complication-cluster.ts'
import type { ComplicationCode, Grade } from '../../shared/domain/complication-codes.ts'
import type { ComplicationState } from '../../shared/domain/complication-state.ts'
import type { ComplicationId, PatientId } from '../../shared/kernel/ids.ts'
import { type CalendarDate, dateInZone, type Instant } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'

/** A report with all that it may share with others; `label` is the cause in the words of the registers. */
export type ReportWithCauses = Omit<ClusterReport, 'causes'> & {
  readonly patientId: PatientId
  readonly grade: Grade | null
  readonly state: ComplicationState
  readonly causes: readonly (ClusterCause & { readonly label: string })[]
}

type HeadRow = {
  id: ComplicationId
  patient_id: PatientId
  code: ComplicationCode | null
  grade: Grade | null
  causality: Causality | null
  state: ComplicationState
  reported_at: Instant
}
type CauseRow = { complication_id: ComplicationId; kind: ClusterKind; key: string; label: string }

// What a session that counts says about itself.
const causesOfReports = `
  with reported as (select id from complication where reported_at >= ? and reported_at < ?),
       linked as (
         select cs.complication_id, s.id, s.device_id, s.practitioner_id, s.room_key
           from complication_session cs
           join reported r on r.id = cs.complication_id
           join session s on s.id = cs.session_id
          where s.is_started = 1 and s.state not in ('VOIDED', 'CANCELLED'))
  select l.complication_id, 'LOT' as kind, c.lot_normalised as key, c.lot_raw as label
    from linked l join session_cartridge c on c.session_id = l.id where c.lot_normalised <> ''
  union all
  select l.complication_id, 'LOT', p.lot_normalised, p.lot_raw
    from linked l join session_product p on p.session_id = l.id where p.lot_normalised <> ''
  union all
  select l.complication_id, 'DEVICE', d.id, d.model || ' ' || d.serial
    from linked l join device d on d.id = l.device_id
  union all
  select l.complication_id, 'OPERATOR', m.id, m.printed_name
    from linked l join staff m on m.id = l.practitioner_id
  union all
  select l.complication_id, 'ROOM', l.room_key, l.room_key
    from linked l where l.room_key <> ''
  order by 1, 2, 3, 4`

/** Reports taken from `from` up to, not including, `until`, oldest first, at most 5,000. */
export async function selectReportsWithCauses(
  reader: Reader,
  { from, until, timeZone }: { readonly from: Instant; readonly until: Instant; readonly timeZone: string },
): Promise<readonly ReportWithCauses[]> {
  const heads = await many<HeadRow>(
    reader,
    `select id, patient_id, code, grade, causality, state, reported_at from complication
       where reported_at >= ? and reported_at < ? order by reported_at, id limit 5000`,
    [from, until],
  )
  if (heads.length < 2) return heads.map((head) => headToReport(head, [], timeZone))
  const causes = new Map<ComplicationId, CauseRow[]>()
  for (const row of await many<CauseRow>(reader, causesOfReports, [from, until])) {
    const known = causes.get(row.complication_id)
    if (known) known.push(row)
    else causes.set(row.complication_id, [row])
  }
  return heads.map((head) => headToReport(head, causes.get(head.id) ?? [], timeZone))
}

function headToReport(head: HeadRow, causes: readonly CauseRow[], timeZone: string): ReportWithCauses {
  const reportedOn: CalendarDate = dateInZone(head.reported_at, timeZone)
  return {
    complicationId: head.id,
    patientId: head.patient_id,
    reportedOn,
    code: head.code,
    grade: head.grade,
    causality: head.causality,
    state: head.state,
    causes: causes.map(({ kind, key, label }) => ({ kind, key, label })),
  }
}
