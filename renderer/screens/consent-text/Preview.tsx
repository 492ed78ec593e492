import '../../parts/consent-text.css'
import type { ConsentSection } from '../../../shared/domain/consent/template.ts'
import { renderExample } from '../../../shared/domain/consent/template-edit-example.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { sentenceFor } from '../../refusals/index.ts'

export type PreviewProps = {
  readonly sections: readonly ConsentSection[]
  readonly language: string
  readonly clinic: Clinic
}

/** The form as an invented patient would read it. */
export function Preview({ sections, language, clinic }: PreviewProps) {
  const example = renderExample({ sections, language }, { clinicName: clinic.name, today: clinic.today })
  if (!example.ok) {
    if (example.refusal.code !== 'CONSENT_TEMPLATE_FAULTY')
      return <p className="text-2">{sentenceFor(example.refusal)}</p>
    return <p className="text-2">The example is shown as soon as every double brace in the text can be read.</p>
  }
  return (
    <div className="consent-text">
      {example.value.sections.map(({ key, heading, body }) => (
        <section key={key}>
          <h3>{heading}</h3>
          <p>{body}</p>
        </section>
      ))}
    </div>
  )
}
