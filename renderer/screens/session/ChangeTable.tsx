import type { SessionDraft } from '../../../shared/domain/session.ts'
import type { FieldChange } from '../../../shared/domain/session-diff.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { type DiffRow, DiffTable } from '../../parts/DiffTable.tsx'
import { formatDate, formatDateTime, formatMmUnit } from '../../parts/format.ts'
import { fieldName } from './field-names.ts'

export type ChangeTableProps = {
  readonly label: string
  readonly changes: readonly FieldChange[]
  /** The later text, which names the rows. */
  readonly draft: SessionDraft
  readonly clinic: Clinic
}

/** What differs between two versions of a session, field by field and in the words of the screen. */
export function ChangeTable({ label, changes, draft, clinic }: ChangeTableProps) {
  if (changes.length === 0) return <p className="text-2">Nothing in it changed.</p>
  const rows = changes.map(
    (change): DiffRow => ({
      id: change.path,
      field: fieldName(change.path, draft),
      before: valueText(change.path, change.before, clinic),
      after: valueText(change.path, change.after, clinic),
      note: null,
      tone: 'plain',
    }),
  )
  return <DiffTable label={label} beforeHeading="Before" afterHeading="After" rows={rows} />
}

/** A value as a person reads it: depths in mm, times by the clinic's clock, codes as words. */
function valueText(path: string, value: FieldChange['before'], { timeZone }: Clinic): string {
  if (value === null || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return path.endsWith('Um') ? formatMmUnit(value) : String(value)
  if (/^\d{4}-\d{2}-\d{2}T/u.test(value)) return formatDateTime(value, timeZone)
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return formatDate(value)
  if (/^[A-Z]+(?:_[A-Z]+)+$/u.test(value) || /^[A-Z]{4,}$/u.test(value)) return value.toLowerCase().replaceAll('_', ' ')
  return value
}
