import { BandsTable, ExaminationCard } from './BandsTable.tsx'
import { IndicationDepthsTable, ZoneDepthsTable } from './DepthsTable.tsx'
import { FieldRows } from './FieldRows.tsx'
import type { PolicyText } from './policy-body.ts'
import { policySections, settingSections } from './policy-fields.ts'
import { RolesTable, type TableProps } from './RolesTable.tsx'

export type PolicyFormProps = {
  readonly text: PolicyText
  /** Null for reading. */
  readonly onChange: ((text: PolicyText) => void) | null
  readonly problemAt?: (path: string) => string | null
}

/** Every value of a policy, in the order in which a clinic thinks of it. */
export function PolicyForm({ text, onChange, problemAt = noProblem }: PolicyFormProps) {
  const table: TableProps = { text, onChange, problemAt }
  return (
    <>
      <RolesTable {...table} />
      <div className="policy-cards">
        <BandsTable {...table} />
        <ExaminationCard {...table} />
        {policySections.map((section) => (
          <FieldRows key={section.key} section={section} text={text} onChange={onChange} problemAt={problemAt} />
        ))}
      </div>
      <div className="policy-groups">
        <h3 className="title-16">Clinical defaults</h3>
        <p className="text-2">
          Where the sources give no firm value the program starts from a convention. The clinic confirms each of these
          by approving the policy.
        </p>
      </div>
      <div className="policy-cards">
        {settingSections.map((section) => (
          <FieldRows key={section.key} section={section} text={text} onChange={onChange} problemAt={problemAt} />
        ))}
      </div>
      <div className="policy-depths">
        <ZoneDepthsTable {...table} />
        <IndicationDepthsTable {...table} />
      </div>
    </>
  )
}

function noProblem(): null {
  return null
}
