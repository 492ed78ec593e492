import './FilterPills.css'

export type FilterPillsProps<Value extends string> = {
  readonly label: string
  readonly pills: readonly { readonly value: Value; readonly label: string; readonly count: number }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of several filters of a list, each with its count. */
export function FilterPills<Value extends string>({ label, pills, value, onChange }: FilterPillsProps<Value>) {
  return (
    <fieldset className="filter-pills">
      <legend className="visually-hidden">{label}</legend>
      {pills.map((pill) => (
        <button key={pill.value} type="button" aria-pressed={pill.value === value} onClick={() => onChange(pill.value)}>
          {pill.label} <span>{pill.count}</span>
        </button>
      ))}
    </fieldset>
  )
}
