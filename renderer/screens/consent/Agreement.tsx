import { Textarea } from '@mantine/core'
import { formatMmUnit, formatPlural } from '../../parts/format.ts'
import { PatientChoice, PatientChoices } from '../../parts/PatientChoice.tsx'
import type { FormSection, OpenForm } from './consent-pages.ts'
import type { Answers } from './use-answers.ts'

export type AgreementProps = {
  readonly form: OpenForm
  readonly sections: readonly FormSection[]
  /** The form's own words for the three photo choices. */
  readonly photoChoices: readonly string[]
  readonly answers: Answers
  readonly onChange: (update: (before: Answers) => Answers) => void
  readonly onChangePhotos: () => void
  readonly onRefuse: () => void
}

/** The last page: what is agreed to in one sentence, in sight of the signature. */
export function Agreement(props: AgreementProps) {
  const { form, sections, photoChoices, answers, onChange, onChangePhotos, onRefuse } = props
  const { agreement } = form
  const { ownRecord, staffTeaching, marketing } = answers.photoPermissions
  const given = [ownRecord, staffTeaching, marketing]
  return (
    <div className="consent-agreement">
      {sections.map((section) => (
        <p key={section.key} className={section.key === 'SIGNATURES' ? 'consent-agreement__small' : undefined}>
          {section.body}
        </p>
      ))}
      <PatientChoices label="What I agree to">
        <PatientChoice
          title={`I agree to microneedling of ${agreement.zones}, up to ${formatMmUnit(agreement.maxDepthUm)}`}
          sentence={agreementSentence(agreement)}
          isChosen={answers.agreed}
          onChange={(agreed) => onChange((before) => ({ ...before, agreed }))}
        />
        {form.isMinor && (
          <PatientChoice
            title={`${form.givenName ?? 'The young person'}: I want this treatment too`}
            sentence="The young person’s own agreement, beside the parent’s or guardian’s."
            isChosen={answers.assent.given}
            onChange={(isGiven) => onChange((before) => ({ ...before, assent: { ...before.assent, given: isGiven } }))}
          />
        )}
      </PatientChoices>
      {form.isMinor && (
        <div className="consent-assent">
          <Textarea
            label="In the young person’s own words, if they like"
            autosize
            minRows={1}
            maxRows={4}
            maxLength={1000}
            value={answers.assent.note}
            onChange={(event) => {
              const note = event.currentTarget.value
              onChange((before) => ({ ...before, assent: { ...before.assent, note } }))
            }}
          />
        </div>
      )}
      <div className="consent-photos-now">
        <ul>
          {photoChoices.map((choice, index) => (
            <li key={choice}>
              <strong>{given[index] ? 'Yes' : 'No'}</strong> · {choice}
            </li>
          ))}
        </ul>
        <button type="button" onClick={onChangePhotos}>
          Change the photo choices
        </button>
      </div>
      <button type="button" className="consent-no" onClick={onRefuse}>
        I do not want to sign this
      </button>
    </div>
  )
}

function agreementSentence(agreement: OpenForm['agreement']): string {
  const { sessions, interval, practitioner, isPhysician, physician } = agreement
  const who = isPhysician ? `${practitioner}, who is a physician` : `${practitioner}, who is not a physician`
  return `${formatPlural(sessions, 'session')} about ${interval} apart, by ${who}. Responsible physician: ${physician}.`
}
