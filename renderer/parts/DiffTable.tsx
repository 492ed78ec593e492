import './DiffTable.css'
import type { ReactNode } from 'react'
import { StateGlyph } from './StateGlyph.tsx'

export type DiffRow = {
  readonly id: string
  readonly field: string
  readonly before: ReactNode
  readonly after: ReactNode
  readonly note: string | null
  /** `overLimit` stands out in red with a shape; everything else stays quiet. */
  readonly tone: 'overLimit' | 'plain'
}

export type DiffTableProps = {
  readonly label: string
  readonly beforeHeading: string
  readonly afterHeading: string
  readonly rows: readonly DiffRow[]
}

/** What changed, field by field; what stayed as it was is only counted by the caller. */
export function DiffTable({ label, beforeHeading, afterHeading, rows }: DiffTableProps) {
  return (
    <table className="diff-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Field</span>
          </th>
          <th scope="col">{beforeHeading}</th>
          <th scope="col">{afterHeading}</th>
          <th scope="col">
            <span className="visually-hidden">Note</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-tone={row.tone}>
            <th scope="row">{row.field}</th>
            <td>{row.before}</td>
            <td className="diff-table__after">{row.after}</td>
            <td className="diff-table__note">
              {row.note !== null && (
                <>
                  {row.tone === 'overLimit' && <StateGlyph state="overLimit" size={14} label={null} />}
                  <span>{row.note}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export type FieldDiffProps = {
  readonly label: string
  /** Null where the field was empty. */
  readonly before: string | null
  readonly after: string | null
}

/** One field's two versions in a line: the old struck through, the new underlined, each said aloud. */
export function FieldDiff({ label, before, after }: FieldDiffProps) {
  return (
    <p className="field-diff">
      <span className="field-diff__label">{label}</span>
      {before !== null && (
        <del>
          <span className="visually-hidden">was </span>
          {before}
        </del>
      )}
      {after === null ? (
        <span className="text-3">removed</span>
      ) : (
        <ins>
          <span className="visually-hidden">now </span>
          {after}
        </ins>
      )}
    </p>
  )
}
