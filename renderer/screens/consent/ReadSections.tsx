import { useId } from 'react'
import { type FormSection, sectionParts } from './consent-pages.ts'

/** Sections that are read together: the first one's heading is the page's own. */
export function ReadSections({ sections }: { readonly sections: readonly FormSection[] }) {
  return (
    <div className="consent-read">
      {sections.map((section, index) => (
        <section key={section.key} aria-label={section.heading}>
          {index > 0 && <h2>{section.heading}</h2>}
          <SectionWords section={section} />
        </section>
      ))}
    </div>
  )
}

/** A section that names lists keeps its closing sentences for the note beside it. */
function SectionWords({ section }: { readonly section: FormSection }) {
  const parts = sectionParts(section)
  const lists = parts.filter((part) => part.kind === 'LIST')
  if (lists.length === 0) return parts.map((part) => part.kind === 'TEXT' && <p key={part.text}>{part.text}</p>)
  return (
    <div className="consent-lists">
      {lists.map((list) => (
        <div key={list.title}>
          <h2>{list.title}</h2>
          <ul>
            {list.entries.map((entry) => (
              <li key={entry}>{entry}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

/** What a section with lists says besides them. */
export function sectionNotes(sections: readonly FormSection[]): readonly string[] {
  return sections.flatMap((section) => {
    const parts = sectionParts(section)
    if (!parts.some((part) => part.kind === 'LIST')) return []
    return parts.flatMap((part) => (part.kind === 'TEXT' ? part.text.split(/(?<=\.)\s+/) : []))
  })
}

export type InitialsProps = {
  readonly heading: string
  readonly value: string
  readonly onChange: (initials: string) => void
}

/** Shows that this page was read; typed, so a keyboard does as well as a pen. */
export function Initials({ heading, value, onChange }: InitialsProps) {
  const id = useId()
  return (
    <div className="consent-initials">
      <label htmlFor={id}>Initial here</label>
      <p id={`${id}-why`}>
        to show you read this page<span className="visually-hidden">: {heading}</span>
      </p>
      <input
        id={id}
        type="text"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={6}
        aria-describedby={`${id}-why`}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value.toUpperCase())}
      />
    </div>
  )
}
