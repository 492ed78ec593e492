import '../../parts/consent-text.css'
import '../../parts/text-editor.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { lintTemplate } from '../../../shared/domain/consent/lint-template.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { consentProcedureWords } from '../../parts/consent-procedure-words.ts'
import { formatDate, formatDateTimeZone, formatHash } from '../../parts/format.ts'
import { languageName } from '../../parts/language-name.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { CompareCard } from './CompareCard.tsx'
import { DraftEditor } from './DraftEditor.tsx'
import { faultSentence } from './fault-words.ts'
import { NewDraft } from './NewDraft.tsx'

type Listed = Output<'consent.templates'>['templates'][number]
type Key = Pick<Listed, 'templateId' | 'major' | 'minor'>

/** The texts that patients sign: every version, which of them a physician has approved, and what is being written. */
export function ConsentTextsPart() {
  const { value, refusal } = useQuery('consent.templates', {})
  const { value: writing } = useQuery('consentTemplate.drafts', {}, { dependsOn: ['consent'] })
  const clinic = useClinic()
  const person = usePerson()
  const [chosen, choose] = useState<string | null>(null)
  const [draftOf, writeDraft] = useState<string | null>(null)
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value || !writing || !clinic || !person) return null
  const { templates } = value
  const { drafts } = writing
  const current = templates.find((template) => keyOf(template) === chosen) ?? templates[0]
  if (draftOf !== null)
    return (
      <DraftEditor
        templateId={draftOf}
        clinic={clinic}
        person={person}
        onClose={(published) => {
          writeDraft(null)
          if (published) choose(keyOf(published))
        }}
      />
    )
  return (
    <div className="consent-texts">
      <nav aria-label="Consent texts">
        <ul>
          {drafts.map((draft) => (
            <li key={draft.templateId}>
              <button
                type="button"
                disabled={!mayDo(person, 'policy.draft')}
                onClick={() => writeDraft(draft.templateId)}
              >
                <strong>
                  {consentProcedureWords[draft.procedure]}, {languageName(draft.language)}
                </strong>
                <span>
                  {draft.templateId}, by {draft.savedBy}, {formatDateTimeZone(draft.savedAt, clinic.timeZone)}
                </span>
                <StateLine state="draft">Being written</StateLine>
              </button>
            </li>
          ))}
          {templates.map((template) => (
            <li key={keyOf(template)}>
              <button
                type="button"
                aria-current={template === current ? 'true' : undefined}
                onClick={() => choose(keyOf(template))}
              >
                <strong>
                  {consentProcedureWords[template.procedure]}, {languageName(template.language)}
                </strong>
                <span>
                  Version {template.major}.{template.minor}, from {formatDate(template.effectiveFrom)}
                </span>
                <StandingLine template={template} />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {current && (
        <OneText
          key={keyOf(current)}
          chosen={current}
          others={templates.filter(
            (other) => other.templateId === current.templateId && keyOf(other) !== keyOf(current),
          )}
          hasDraft={drafts.some(({ templateId }) => templateId === current.templateId)}
          clinic={clinic}
          person={person}
          onStarted={writeDraft}
        />
      )}
    </div>
  )
}

function StandingLine({ template }: { readonly template: Listed }) {
  if (!template.isIntact) return <StateLine state="overLimit">Damaged</StateLine>
  if (template.approvedAt === null) return <StateLine state="missing">Not approved</StateLine>
  if (template.isInForce) return <StateLine state="done">In force</StateLine>
  return <StateLine state="notNeeded">Approved, not in force</StateLine>
}

type OneTextProps = {
  readonly chosen: Key
  /** The other versions of the same text. */
  readonly others: readonly Listed[]
  readonly hasDraft: boolean
  readonly clinic: Clinic
  readonly person: Person
  readonly onStarted: (templateId: string) => void
}

function OneText({ chosen, others, hasDraft, clinic, person, onStarted }: OneTextProps) {
  const { templateId, major, minor } = chosen
  const { value, refusal } = useQuery('consent.template', { templateId, major, minor })
  const [isApproving, setApproving] = useState(false)
  const approve = useCommand('consent.approveTemplate')
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  const mayApprove = mayDo(person, 'policy.approve')
  const faults = lintTemplate({ ...value, effectiveTo: null, approvedBy: null })
  const name = `“${consentProcedureWords[value.procedure]}”, version ${major}.${minor}`
  return (
    <div className="consent-texts__column">
      {value.approvedAt === null && (
        <AlertCard
          state="missing"
          title="No physician has approved this text"
          sentence="It cannot be shown to a patient before. A physician reads it and approves it by password or PIN."
          {...(mayApprove && {
            action: (
              <Button variant="filled" disabled={faults.length > 0} onClick={() => setApproving(true)}>
                Approve this text
              </Button>
            ),
          })}
        />
      )}
      {faults.length > 0 && (
        <AlertCard
          state="overLimit"
          title="This text lacks what it must have"
          sentence={faults.map(faultSentence).join(' ')}
        />
      )}
      {mayDo(person, 'policy.draft') && (
        <NewDraft from={{ templateId, major, minor }} mayGoOn={!hasDraft} onStarted={onStarted} />
      )}
      {others.length > 0 && <CompareCard shown={value} others={others} />}
      <SectionCard
        size="panel"
        title={`${consentProcedureWords[value.procedure]}, version ${major}.${minor}`}
        note={`${languageName(value.language)}, ${value.jurisdiction}`}
        aside={<span className="mono">{formatHash(value.sha256)}</span>}
      >
        <p className="text-2 consent-texts__who">
          {value.publishedBy === null
            ? 'The text that comes with the program'
            : `Published ${formatDateTimeZone(value.publishedAt, clinic.timeZone)} by ${value.publishedBy}`}
          {value.approvedAt &&
            `. Approved by ${value.approvedBy ?? 'a physician'}, ${formatDateTimeZone(value.approvedAt, clinic.timeZone)}`}
          . What stands in double braces is filled in for each patient.
        </p>
        <div className="consent-text">
          {value.sections.map((section) => (
            <section key={section.key}>
              <h3>{section.heading}</h3>
              <p>{section.body}</p>
              {section.initialRequired && <p className="consent-text__initials">To be initialled</p>}
            </section>
          ))}
        </div>
      </SectionCard>
      <ReauthDialog
        isOpen={isApproving}
        title={`Approve ${name}`}
        method={person.signsBy}
        confirmText="Approve"
        refusal={approve.refusal ? sentenceFor(approve.refusal) : null}
        isBusy={approve.isRunning}
        onCancel={() => setApproving(false)}
        onConfirm={(reauth) => {
          void approve.run({ templateId, major, minor, reauth }).then((reply) => reply.ok && setApproving(false))
        }}
      >
        {person.printedName} approves this text for the clinic’s patients. It takes effect from{' '}
        {formatDate(value.effectiveFrom)}; forms signed before stay as they are.
      </ReauthDialog>
    </div>
  )
}

function keyOf({ templateId, major, minor }: Key): string {
  return `${templateId} ${major}.${minor}`
}
