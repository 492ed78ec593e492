import { dateState } from '../../../shared/domain/stock-status.ts'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import type { Member } from '../../app/staff/member-form.ts'
import { formatDate } from '../../parts/format.ts'
import { StateLine } from '../../parts/StateTag.tsx'

/** Number, state and last day; marked from `warnDays` before it ends. */
export function LicenceLine({
  licence,
  today,
  warnDays,
}: {
  readonly licence: Member['licence']
  readonly today: CalendarDate
  readonly warnDays: number
}) {
  if (licence === null) return <>–</>
  const standing = dateState(licence.expiresOn, today, addDays(today, warnDays))
  const until = `until ${formatDate(licence.expiresOn)}`
  return (
    <>
      <span className="mono">{licence.number}</span> {licence.state}{' '}
      {standing === 'IN_DATE' && <span className="text-3">{until}</span>}
      {standing === 'ENDS_SOON' && <StateLine state="warning">{until}</StateLine>}
      {standing === 'PAST' && <StateLine state="blocked">expired {formatDate(licence.expiresOn)}</StateLine>}
    </>
  )
}
