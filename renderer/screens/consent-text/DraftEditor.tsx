import '../../parts/text-editor.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { lintTemplate, sectionOfFault } from '../../../shared/domain/consent/lint-template.ts'
import { draftProblems, type TemplateDraft, templateFrom } from '../../../shared/domain/consent/template-edit.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import type { Saving } from '../../client/use-saved.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { consentProcedureWords } from '../../parts/consent-procedure-words.ts'
import { formatWeekdayDate } from '../../parts/format.ts'
import { languageName } from '../../parts/language-name.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { FaultsCard } from './FaultsCard.tsx'
import { placeholderWords } from './fault-words.ts'
import { Preview } from './Preview.tsx'
import { SectionDiffs } from './SectionDiffs.tsx'
import { SectionFields } from './SectionFields.tsx'
import { SignAgainCard } from './SignAgainCard.tsx'
import { type OpenedDraft, useTemplateDraft } from './use-template-draft.ts'
import { VersionCard } from './VersionCard.tsx'

export type PublishedKey = Pick<Output<'consentTemplate.publishDraft'>, 'templateId' | 'major' | 'minor'>

export type DraftEditorProps = {
  readonly templateId: string
  readonly clinic: Clinic
  readonly person: Person
  /** With the published version, or null where the draft was left or given up. */
  readonly onClose: (published: PublishedKey | null) => void
}

/** A text that is being written. */
export function DraftEditor(props: DraftEditorProps) {
  const { value, refusal } = useQuery('consentTemplate.openDraft', { templateId: props.templateId }, { isForm: true })
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  return <Editor {...props} opened={value} />
}

type View = 'WRITE' | 'EXAMPLE' | 'CHANGES'

function Editor({ opened, clinic, person, onClose }: DraftEditorProps & { readonly opened: OpenedDraft }) {
  const { value: text, change, flush, saving, refusal } = useTemplateDraft(opened)
  const [view, setView] = useState<View>('WRITE')
  const [asking, setAsking] = useState<{ readonly what: 'publish' | 'discard'; readonly version: number } | null>(null)
  const publish = useCommand('consentTemplate.publishDraft')
  const discard = useCommand('consentTemplate.discardDraft')
  const { templateId, language, procedure, newest } = opened
  const draft: TemplateDraft = { templateId, language, procedure, ...text }
  const template = templateFrom(draft, newest)
  const faults = lintTemplate(template)
  const published = newest && templateFrom({ ...draft, ...newest, bump: 'MINOR' }, null)
  const problems = draftProblems(draft, { newest: published, today: clinic.today })
  const version = `${template.major}.${template.minor}`
  const mayPublish = mayDo(person, 'policy.approve')

  async function askFor(what: 'publish' | 'discard') {
    publish.reset()
    discard.reset()
    // What is signed or given up is what is stored: the last keystroke goes first.
    const saved = await flush()
    if (saved) setAsking({ what, version: saved.version })
  }

  async function approve(reauth: Reauth) {
    if (!asking) return
    const reply = await publish.run({ templateId, version: asking.version, reauth })
    if (reply.ok) onClose(reply.value)
  }

  async function giveUp() {
    if (!asking) return
    const reply = await discard.run({ templateId, version: asking.version })
    if (reply.ok) onClose(null)
  }

  return (
    <div className="text-editor">
      <div className="text-editor__head">
        <Button onClick={() => onClose(null)}>All texts</Button>
        <h2 className="title-16">
          {consentProcedureWords[procedure]}, {languageName(language)}: draft of version {version}
        </h2>
        <p className="text-3" role="status">
          {savingWords[saving]}
        </p>
        <div className="text-editor__end">
          <Button onClick={() => void askFor('discard')}>Discard the draft</Button>
          {mayPublish && (
            <Button
              variant="filled"
              disabled={faults.length > 0 || problems.length > 0}
              onClick={() => void askFor('publish')}
            >
              Approve and publish
            </Button>
          )}
        </div>
      </div>
      {refusal && <RefusalText>{sentenceFor(refusal)}</RefusalText>}
      <div className="text-editor__columns">
        <div className="text-editor__main">
          <SegmentedChoice
            label="View"
            labelPlace="hidden"
            segments={[
              { value: 'WRITE', label: 'Write' },
              { value: 'EXAMPLE', label: 'Example' },
              { value: 'CHANGES', label: 'Changes', isDisabled: newest === null },
            ]}
            value={view}
            onChange={setView}
          />
          {view === 'WRITE' &&
            text.sections.map((section, index) => (
              <SectionFields
                key={section.key}
                section={section}
                number={index + 1}
                faults={faults.filter((fault) => sectionOfFault(fault) === section.key)}
                onChange={(changed) =>
                  change((before) => ({
                    ...before,
                    sections: before.sections.map((other) => (other.key === changed.key ? changed : other)),
                  }))
                }
              />
            ))}
          {view === 'EXAMPLE' && (
            <SectionCard title="The form as a patient reads it" note="An invented patient">
              <Preview sections={text.sections} language={language} clinic={clinic} />
            </SectionCard>
          )}
          {view === 'CHANGES' && newest && (
            <SectionCard title="Changes" note={`Against version ${newest.major}.${newest.minor}`}>
              <SectionDiffs before={newest.sections} after={text.sections} />
            </SectionCard>
          )}
        </div>
        <aside className="text-editor__aside" aria-label="Before publishing">
          <FaultsCard faults={faults} sections={text.sections} />
          <VersionCard
            draft={draft}
            newest={newest}
            clinic={clinic}
            startProblem={problems.find((problem) => problem !== 'UNCHANGED') ?? null}
            onChange={(part) => change((before) => ({ ...before, ...part }))}
          />
          <SignAgainCard
            templateId={templateId}
            major={template.major}
            from={text.effectiveFrom}
            isMajor={newest !== null && text.bump === 'MAJOR'}
          />
          <PlaceholdersCard />
          {!mayPublish && (
            <p className="text-3">A physician reads the draft here, changes what is needed and publishes it.</p>
          )}
        </aside>
      </div>
      <ReauthDialog
        isOpen={asking?.what === 'publish'}
        title={`Publish version ${version}`}
        method={person.signsBy}
        confirmText="Approve and publish"
        refusal={publish.refusal ? sentenceFor(publish.refusal) : null}
        isBusy={publish.isRunning}
        onCancel={() => setAsking(null)}
        onConfirm={(reauth) => void approve(reauth)}
      >
        I, {person.printedName}
        {person.credential && `, ${person.credential}`}, have read this text and approve it for the patients of{' '}
        {clinic.name}, in force from {formatWeekdayDate(text.effectiveFrom)}. It never changes afterwards; forms that
        were signed before stay as they are.
      </ReauthDialog>
      <ConfirmDialog
        isOpen={asking?.what === 'discard'}
        title="Discard this draft?"
        confirmText="Discard the draft"
        tone="red"
        isBusy={discard.isRunning}
        refusal={discard.refusal ? sentenceFor(discard.refusal) : null}
        onConfirm={() => void giveUp()}
        onCancel={() => setAsking(null)}
      >
        What was written in it is given up. The published versions stay as they are.
      </ConfirmDialog>
    </div>
  )
}

const savingWords: Readonly<Record<Saving, string>> = {
  saved: 'Every change is saved',
  saving: 'Saving',
  unsaved: 'Not saved yet',
}

function PlaceholdersCard() {
  return (
    <SectionCard title="What is filled in" note="Typed in double braces">
      <details className="text-placeholders">
        <summary>Every placeholder</summary>
        <dl>
          {Object.entries(placeholderWords).map(([name, words]) => (
            <div key={name}>
              <dt className="mono">{`{{${name}}}`}</dt>
              <dd>{words}</dd>
            </div>
          ))}
          <div>
            <dt className="mono">{'{{#if off_label}} … {{/if}}'}</dt>
            <dd>Only where a use lies outside the authorised purpose</dd>
          </div>
        </dl>
      </details>
    </SectionCard>
  )
}
