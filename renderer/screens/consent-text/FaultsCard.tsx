import { sectionOfFault, type TemplateFault } from '../../../shared/domain/consent/lint-template.ts'
import type { ConsentSection, ConsentSectionKey } from '../../../shared/domain/consent/template.ts'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { faultSentence } from './fault-words.ts'
import { bodyFieldId } from './SectionFields.tsx'

export type FaultsCardProps = {
  readonly faults: readonly TemplateFault[]
  readonly sections: readonly ConsentSection[]
}

/** What the text must still say before it can be published; each line leads to the section where it is mended. */
export function FaultsCard({ faults, sections }: FaultsCardProps) {
  if (faults.length === 0)
    return (
      <SectionCard title="What a form must say">
        <StateLine state="done">Everything is there</StateLine>
      </SectionCard>
    )
  return (
    <SectionCard title="What a form must say" note={`${formatPlural(faults.length, 'thing')} to put right`}>
      <ul className="text-faults">
        {faults.map((fault) => {
          const key = sectionOfFault(fault)
          return (
            <li key={`${key} ${faultSentence(fault)}`}>
              <StateLine state="overLimit">
                {key !== null && (
                  <>
                    <button type="button" className="text-faults__link" onClick={() => goTo(key)}>
                      {headingOf(key, sections)}
                    </button>
                    {': '}
                  </>
                )}
                {faultSentence(fault)}
              </StateLine>
            </li>
          )
        })}
      </ul>
    </SectionCard>
  )
}

function headingOf(key: ConsentSectionKey, sections: readonly ConsentSection[]): string {
  const index = sections.findIndex((section) => section.key === key)
  const heading = sections[index]?.heading.trim()
  return heading ? `${index + 1}. ${heading}` : `Section ${index + 1}`
}

function goTo(key: ConsentSectionKey): void {
  const field = document.getElementById(bodyFieldId(key))
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}
