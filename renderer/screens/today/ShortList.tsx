import type { ReactNode } from 'react'
import { hrefTo } from '../../app/paths.ts'
import { formatName, type PersonName } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'

export type ShortRow = {
  readonly key: string
  readonly href: string
  readonly person: PersonName & { readonly isLookAlike: boolean }
  readonly what: string
  readonly state: ReactNode
  readonly when: string
}

/** The first few of a longer list; each line opens its record. */
export function ShortList({
  rows,
  total,
  empty,
}: {
  readonly rows: readonly ShortRow[]
  readonly total: number
  readonly empty: string
}) {
  if (rows.length === 0) return <p className="short-list__empty">{empty}</p>
  return (
    <>
      <ul className="short-list">
        {rows.map((row) => (
          <li key={row.key}>
            <a href={hrefTo(row.href)}>{formatName(row.person)}</a>
            {row.person.isLookAlike && <LookAlikeMark isShort />}
            <span className="text-2 short-list__what">{row.what}</span>
            {row.state}
            <span className="text-3 short-list__when">{row.when}</span>
          </li>
        ))}
      </ul>
      {total > rows.length && <p className="short-list__more text-12 text-2">and {total - rows.length} more</p>}
    </>
  )
}
