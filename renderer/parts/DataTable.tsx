import './DataTable.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useRef } from 'react'

export type Column<Row> = {
  readonly key: string
  readonly header: ReactNode
  /** CSS width (`120px`, `20%`) or `auto`, which is never under 140 px; at least one column should be `auto`. */
  readonly width: string
  readonly align?: 'start' | 'center' | 'end'
  /** Set on the column that the rows are sorted by. */
  readonly sorted?: 'ascending' | 'descending'
  readonly cell: (row: Row) => ReactNode
  /** True for the cell that names the row. */
  readonly isRowName?: boolean
}

export type DataTableProps<Row> = {
  /** What the table holds, for people who do not see it. */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Rows there are in all, where `rows` is only the part that is loaded. */
  readonly total?: number
  readonly density?: 'compact' | 'comfortable' | 'tall'
  /** `ruled` for a list of people, with hairlines and heavy names; `plain` for the rows of one record. */
  readonly look?: 'ruled' | 'plain'
  readonly selectedKey?: string | null
  /** With it rows can be reached by arrow keys and chosen by a click. */
  readonly onSelect?: (row: Row) => void
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void
  /** Called when the last rows come into sight. */
  readonly onReachEnd?: () => void
  readonly rowTone?: (row: Row) => 'past' | 'red' | undefined
  /** A line above this row: the now line of the day. */
  readonly lineAboveKey?: string | null
  readonly empty?: ReactNode
}

const rowHeights = { compact: 24, comfortable: 30, tall: 44 } as const

/** A table whose rows out of sight do not exist, with a head that stays. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    total,
    density = 'compact',
    look = 'ruled',
    selectedKey = null,
    onSelect,
    onOpen,
  } = props
  const scroller = useRef<HTMLDivElement>(null)
  const height = rowHeights[density]
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    // Where nothing can be measured (a print, a test without layout) a day's list is still there.
    initialRect: { width: 1200, height: 1600 },
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1)
      if (last && last.index >= rows.length - 1 && rows.length > 0) props.onReachEnd?.()
    },
  })
  const items = virtualizer.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
  const selectedIndex = rows.findIndex((row) => rowKey(row) === selectedKey)

  function moveTo(index: number) {
    const row = rows[index]
    if (!row) return
    onSelect?.(row)
    virtualizer.scrollToIndex(index)
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`tr[aria-rowindex="${index + 2}"]`)?.focus()
    })
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (event.target !== event.currentTarget) return
    const row = rows[index]
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: Math.min(index + 20, rows.length - 1),
      PageUp: Math.max(index - 20, 0),
      Home: 0,
      End: rows.length - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) moveTo(to)
    else if (event.key === 'Enter' && row) onOpen?.(row)
    else return
    event.preventDefault()
  }

  if (rows.length === 0 && props.empty !== undefined) return <div className="data-table">{props.empty}</div>
  return (
    // Rows that can be chosen take the focus themselves; where none can, the arrow keys need the table to scroll it.
    <div className="data-table" ref={scroller} tabIndex={onSelect ? undefined : 0}>
      {/* The rows that are not there are padding, so the head can stick and no empty row is read out. */}
      <div style={{ paddingTop: before, paddingBottom: after }}>
        <table
          role={onSelect ? 'grid' : undefined}
          aria-label={label}
          aria-rowcount={(total ?? rows.length) + 1}
          data-density={density}
          data-look={look}
          style={{ minWidth: `calc(${columns.map(leastWidth).join(' + ')})` }}
        >
          <colgroup>
            {columns.map((column) => (
              <col key={column.key} style={{ width: column.width === 'auto' ? undefined : column.width }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {columns.map((column) => (
                <th key={column.key} scope="col" data-align={column.align} aria-sort={column.sorted}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => {
              const row = rows[item.index]
              if (row === undefined) return null
              const key = rowKey(row)
              const isSelected = key === selectedKey
              const isTabStop = isSelected || (selectedIndex === -1 && item.index === 0)
              return (
                <tr
                  key={key}
                  aria-rowindex={item.index + 2}
                  aria-selected={onSelect ? isSelected : undefined}
                  tabIndex={onSelect ? (isTabStop ? 0 : -1) : undefined}
                  data-tone={props.rowTone?.(row)}
                  data-line-above={key === props.lineAboveKey || undefined}
                  style={{ height } satisfies CSSProperties}
                  onClick={onSelect ? () => onSelect(row) : undefined}
                  onDoubleClick={onOpen ? () => onOpen(row) : undefined}
                  onKeyDown={onSelect ? (event) => onKeyDown(event, item.index) : undefined}
                >
                  {columns.map((column) =>
                    column.isRowName ? (
                      <th key={column.key} scope="row" data-align={column.align}>
                        {column.cell(row)}
                      </th>
                    ) : (
                      <td key={column.key} data-align={column.align}>
                        {column.cell(row)}
                      </td>
                    ),
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Where the columns do not fit, the table scrolls sideways rather than lose one. */
function leastWidth<Row>({ width }: Column<Row>): string {
  return width === 'auto' ? '140px' : width
}
