import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { dateInZone } from '../../../shared/kernel/time.ts'
import {
  type AuditRow,
  auditActor,
  auditCategoryTexts,
  auditOutcomeTexts,
  auditReason,
  auditSentence,
} from '../../parts/audit-sentences.ts'
import type { Column } from '../../parts/DataTable.tsx'
import { formatDate, formatTimeWithSeconds } from '../../parts/format.ts'
import { roleTexts } from '../../parts/role-text.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import type { AuditOrder } from './use-audit-rows.ts'

type Sort = AuditOrder['sort']

const headers = [
  { sort: 'at', text: 'When', width: '158px' },
  { sort: 'actor', text: 'Who', width: '132px' },
  { sort: 'roles', text: 'Role', width: '84px' },
  { sort: 'action', text: 'What', width: 'auto' },
  { sort: 'reason', text: 'Why or how', width: '150px' },
  { sort: 'subject', text: 'About', width: '148px' },
  { sort: 'chart', text: 'Chart', width: '84px' },
  { sort: 'outcome', text: 'Outcome', width: '78px' },
  { sort: 'seq', text: 'Row', width: '60px' },
] as const satisfies readonly { readonly sort: Sort; readonly text: string; readonly width: string }[]

/** Every column sorts by a click on its head; a second click turns the order round. */
export function columnsFor(
  timeZone: string,
  order: AuditOrder,
  onSort: (order: AuditOrder) => void,
): readonly Column<AuditRow>[] {
  return headers.map(({ sort, text, width }) => ({
    key: sort,
    width,
    header: <SortHead sort={sort} text={text} order={order} onSort={onSort} />,
    ...(order.sort === sort && {
      sorted: order.order === 'DESCENDING' ? ('descending' as const) : ('ascending' as const),
    }),
    ...(sort === 'actor' && { isRowName: true }),
    ...(sort === 'seq' && { align: 'end' as const }),
    cell: (row) => cellOf(sort, row, timeZone),
  }))
}

function SortHead({
  sort,
  text,
  order,
  onSort,
}: {
  readonly sort: Sort
  readonly text: string
  readonly order: AuditOrder
  readonly onSort: (order: AuditOrder) => void
}) {
  const isSorted = order.sort === sort
  const isDown = order.order === 'DESCENDING'
  const Arrow = isDown ? IconArrowDown : IconArrowUp
  const next = isSorted && !isDown ? 'DESCENDING' : isSorted ? 'ASCENDING' : firstOrderOf(sort)
  return (
    <button type="button" className="audit-sort" onClick={() => onSort({ sort, order: next })}>
      {text}
      {isSorted && <Arrow size={12} stroke={2} aria-hidden="true" />}
    </button>
  )
}

/** Times and numbers begin with the newest, words with A. */
function firstOrderOf(sort: Sort): AuditOrder['order'] {
  return sort === 'at' || sort === 'seq' ? 'DESCENDING' : 'ASCENDING'
}

function cellOf(sort: Sort, row: AuditRow, timeZone: string) {
  switch (sort) {
    case 'at':
      return `${formatDate(dateInZone(row.at, timeZone))} ${formatTimeWithSeconds(row.at, timeZone)}`
    case 'actor':
      return auditActor(row)
    case 'roles':
      return row.roles.map((role) => roleTexts[role as keyof typeof roleTexts] ?? role).join(', ') || '–'
    case 'action':
      return row.outcome === 'DONE' ? auditSentence(row) : <StateLine state="blocked">{auditSentence(row)}</StateLine>
    case 'reason':
      return <span className="audit-reason">{auditReason(row) ?? '–'}</span>
    case 'subject':
      return auditCategoryTexts[row.category]
    case 'chart':
      return <span className="mono">{row.patient?.chartNumber ?? '–'}</span>
    case 'outcome':
      return auditOutcomeTexts[row.outcome]
    case 'seq':
      return <span className="figures">{row.seq}</span>
  }
}
