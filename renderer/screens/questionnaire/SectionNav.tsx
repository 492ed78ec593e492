import type { SectionTitle } from '../../../shared/domain/screening/questionnaire-text.ts'

export type SectionNavProps = {
  readonly sections: readonly SectionTitle[]
  readonly current: string
  readonly onChoose: (section: string) => void
}

/** The pages of the form, in the patient's order. */
export function SectionNav({ sections, current, onChoose }: SectionNavProps) {
  return (
    <nav className="question-pages" aria-label="Pages of the form">
      <ol>
        {sections.map(({ section, title }, index) => (
          <li key={section}>
            <button
              type="button"
              aria-current={section === current ? 'true' : undefined}
              onClick={() => onChoose(section)}
            >
              {index + 1}. {title}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
