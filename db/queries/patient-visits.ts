import type { VisitStatus } from '../../shared/domain/visit.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'

export type VisitMarks = {
  /** The last day before today on which the patient came. */
  readonly lastOn: CalendarDate | null
  /** The visit of today, where there is one that was not cancelled. */
  readonly today: { readonly atTime: string; readonly status: VisitStatus } | null
}

/** When each patient of a list was here last and is expected today: two reads for the whole list (at most 200 ids). */
export async function selectVisitMarks(
  reader: Reader,
  ids: readonly PatientId[],
  today: CalendarDate,
): Promise<ReadonlyMap<PatientId, VisitMarks>> {
  const wanted = ids.slice(0, 200)
  const [first] = wanted
  if (first === undefined) return new Map()
  // Rounded up, so that a few statements serve every length of list.
  const places = wanted.length <= 10 ? 10 : wanted.length <= 50 ? 50 : 200
  const padded = Array.from({ length: places }, (_, index) => wanted[index] ?? first)
  const list = padded.map(() => '?').join(', ')
  const last = await many<{ patient_id: PatientId; last_on: CalendarDate }>(
    reader,
    `select patient_id, max(on_date) as last_on from visit where patient_id in (${list}) and on_date < ?
       and status in ('HERE', 'IN_ROOM', 'DONE') group by patient_id order by patient_id limit 200`,
    [...padded, today],
  )
  const now = await many<{ patient_id: PatientId; at_time: string; status: VisitStatus }>(
    reader,
    `select patient_id, at_time, status from visit where patient_id in (${list}) and on_date = ? and status <> 'CANCELLED'
       order by case status when 'DONE' then 1 else 0 end, at_time, id limit 400`,
    [...padded, today],
  )
  const lastById = new Map(last.map((row) => [row.patient_id, row.last_on]))
  return new Map(
    wanted.map((id) => {
      const visit = now.find((row) => row.patient_id === id)
      return [
        id,
        { lastOn: lastById.get(id) ?? null, today: visit ? { atTime: visit.at_time, status: visit.status } : null },
      ]
    }),
  )
}
