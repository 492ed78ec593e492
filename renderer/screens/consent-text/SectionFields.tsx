import { Checkbox, Textarea, TextInput } from '@mantine/core'
import type { TemplateFault } from '../../../shared/domain/consent/lint-template.ts'
import type { ConsentSection, ConsentSectionKey } from '../../../shared/domain/consent/template.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { faultSentence } from './fault-words.ts'

/** The field to which a fault leads. */
export function bodyFieldId(key: ConsentSectionKey): string {
  return `consent-text-${key.toLowerCase()}`
}

export type SectionFieldsProps = {
  readonly section: ConsentSection
  /** Its place in the text, from 1. */
  readonly number: number
  readonly faults: readonly TemplateFault[]
  readonly onChange: (section: ConsentSection) => void
}

/** One section as it is written: heading, words, initials. What it lacks stands right under it. */
export function SectionFields({ section, number, faults, onChange }: SectionFieldsProps) {
  const faultsId = `${bodyFieldId(section.key)}-faults`
  return (
    <fieldset className="text-section">
      <legend className="visually-hidden">Section {number}</legend>
      <div className="text-section__head">
        <span className="text-section__number figures" aria-hidden="true">
          {number}
        </span>
        <TextInput
          aria-label={`Heading of section ${number}`}
          value={section.heading}
          maxLength={200}
          onChange={(event) => onChange({ ...section, heading: event.currentTarget.value })}
        />
        <Checkbox
          label="Initialled"
          checked={section.initialRequired}
          onChange={(event) => onChange({ ...section, initialRequired: event.currentTarget.checked })}
        />
      </div>
      <Textarea
        id={bodyFieldId(section.key)}
        aria-label={`Text of section ${number}: ${section.heading}`}
        aria-describedby={faults.length > 0 ? faultsId : undefined}
        autosize
        minRows={2}
        maxLength={20_000}
        value={section.body}
        onChange={(event) => onChange({ ...section, body: event.currentTarget.value })}
      />
      {faults.length > 0 && (
        <ul id={faultsId} className="text-faults">
          {faults.map((fault) => (
            <li key={faultSentence(fault)}>
              <StateLine state="overLimit">{faultSentence(fault)}</StateLine>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  )
}
