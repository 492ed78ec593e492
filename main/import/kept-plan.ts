import type { Store } from '../../db/open.ts'
import { patientRevision } from '../../db/queries/patient-import.ts'
import type { ColumnMapping } from '../../shared/domain/patient-import-columns.ts'
import type { ColumnDateShape } from '../../shared/domain/patient-import-dates.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { ImportPlan } from './plan-import.ts'

/** The verdicts of a preview, for the import to write, and what they were made from. */
export type KeptPlan = {
  readonly revision: number
  /** A birth date is read by the day on which it is read. */
  readonly today: CalendarDate
  readonly mapping: ColumnMapping
  readonly dateShape: ColumnDateShape
  /** JSON of the rows in UTF-8, in memory that threads share: it is never copied through the window's process. */
  readonly rows: Uint8Array
}

type ValidPlan = Pick<ImportPlan<PatientId> & { readonly problem: null }, 'problem' | 'mapping' | 'dateShape' | 'rows'>

/** `revision`: of the store before the first row was judged. */
export function keepPlan({ rows, ...made }: Omit<KeptPlan, 'rows'> & Pick<ValidPlan, 'rows'>): KeptPlan {
  const text = Buffer.from(JSON.stringify(rows))
  const shared = new Uint8Array(new SharedArrayBuffer(text.length))
  shared.set(text)
  return { ...made, rows: shared }
}

/** The plan, where planning anew would give the same; null once a chart was added or changed, or on another day. */
export function planStillValid(
  { rows, ...kept }: KeptPlan,
  { driver, today }: { readonly driver: Store['driver']; readonly today: CalendarDate },
): ValidPlan | null {
  if (kept.today !== today || kept.revision !== patientRevision(driver)) return null
  // Written by `keepPlan`, in the memory of this program.
  const planned = JSON.parse(Buffer.from(rows).toString()) as ValidPlan['rows']
  return { problem: null, mapping: kept.mapping, dateShape: kept.dateShape, rows: planned }
}
