import '../../parts/text-editor.css'
import './questionnaire.css'
import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import {
  placeKey,
  questionnaireFrom,
  questionnaireProblems,
} from '../../../shared/domain/screening/questionnaire-edit.ts'
import { lintQuestionnaire, type WordsPlace } from '../../../shared/domain/screening/questionnaire-lint.ts'
import { questionnaireVersionName } from '../../../shared/domain/screening/questionnaire-text.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import type { Saving } from '../../client/use-saved.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { formatWeekdayDate } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AnswerAgainCard } from './AnswerAgainCard.tsx'
import { FaultsCard } from './FaultsCard.tsx'
import { QuestionFields } from './QuestionFields.tsx'
import { faultSentence, fieldId, sectionName, sectionOfPlace } from './questionnaire-words.ts'
import { SectionNav } from './SectionNav.tsx'
import { type DraftText, type OpenedDraft, useQuestionnaireDraft } from './use-questionnaire-draft.ts'
import { VersionCard } from './VersionCard.tsx'
import { WordsDiffs } from './WordsDiffs.tsx'

export type DraftEditorProps = {
  readonly clinic: Clinic
  readonly person: Person
  /** With the published version, or null where the draft was left or given up. */
  readonly onClose: (published: Output<'questionnaire.publishDraft'> | null) => void
}

/** The next wording of the questionnaire, while it is being written. */
export function DraftEditor(props: DraftEditorProps) {
  const { value, refusal } = useQuery('questionnaire.openDraft', {}, { isForm: true })
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  return <Editor {...props} opened={value} />
}

function Editor({ opened, clinic, person, onClose }: DraftEditorProps & { readonly opened: OpenedDraft }) {
  const { value: text, change, flush, saving, refusal } = useQuestionnaireDraft(opened)
  const [view, setView] = useState<'WRITE' | 'CHANGES'>('WRITE')
  const [section, setSection] = useState(text.sections[0]?.section ?? '')
  // Words to be brought into view once their section stands.
  const [goal, setGoal] = useState<WordsPlace | null>(null)
  useEffect(() => {
    if (goal === null) return
    focusOn(goal)
    setGoal(null)
  }, [goal])
  const [asking, setAsking] = useState<{ readonly what: 'publish' | 'discard'; readonly version: number } | null>(null)
  const publish = useCommand('questionnaire.publishDraft')
  const discard = useCommand('questionnaire.discardDraft')

  const { words, ...meta } = opened.newest
  const newest = { ...meta, ...words }
  const next = questionnaireFrom(text, newest)
  const faults = lintQuestionnaire(text)
  const problems = questionnaireProblems(text, { newest, today: clinic.today })
  const version = questionnaireVersionName(next)
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
    const reply = await publish.run({ version: asking.version, reauth })
    if (reply.ok) onClose(reply.value)
  }

  async function giveUp() {
    if (!asking) return
    const reply = await discard.run({ version: asking.version })
    if (reply.ok) onClose(null)
  }

  return (
    <div className="text-editor">
      <div className="text-editor__head">
        <Button onClick={() => onClose(null)}>All versions</Button>
        <h2 className="title-16">Health questions: draft of version {version}</h2>
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
              { value: 'CHANGES', label: 'Changes' },
            ]}
            value={view}
            onChange={setView}
          />
          {view === 'WRITE' ? (
            <>
              <SectionNav sections={text.sections} current={section} onChoose={setSection} />
              <SectionWords text={text} section={section} faults={faults} onChange={change} />
            </>
          ) : (
            <SectionCard title="Changes" note={`Against version ${questionnaireVersionName(newest)}`}>
              <WordsDiffs before={newest} after={text} />
            </SectionCard>
          )}
        </div>
        <aside className="text-editor__aside" aria-label="Before publishing">
          <FaultsCard
            faults={faults}
            onGoTo={(place) => {
              setView('WRITE')
              setSection(sectionOfPlace(place))
              setGoal(place)
            }}
          />
          <VersionCard
            text={text}
            newest={opened.newest}
            clinic={clinic}
            problems={problems}
            onChange={(part) => change((before) => ({ ...before, ...part }))}
          />
          <AnswerAgainCard major={next.major} from={text.effectiveFrom} isMajor={text.bump === 'MAJOR'} />
          <p className="text-3">
            Words can change; questions, answers and what follows from them cannot. They are the same in every version.
          </p>
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
        {person.credential && `, ${person.credential}`}, have read these questions and approve them for the patients of{' '}
        {clinic.name}, asked from {formatWeekdayDate(text.effectiveFrom)}. The version never changes afterwards; forms
        that were signed before stay as they were asked.
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

type SectionWordsProps = {
  readonly text: DraftText
  readonly section: string
  readonly faults: ReturnType<typeof lintQuestionnaire>
  readonly onChange: (update: (before: DraftText) => DraftText) => void
}

function SectionWords({ text, section, faults, onChange }: SectionWordsProps) {
  const place: WordsPlace = { kind: 'SECTION', section }
  const title = text.sections.find((one) => one.section === section)?.title ?? ''
  const fault = faults.find((one) => placeKey(one.place) === placeKey(place))
  const here = text.questions.filter(
    ({ questionId }) => sectionOfPlace({ kind: 'QUESTION', questionId, part: 'WORDING' }) === section,
  )
  return (
    <>
      <TextInput
        id={fieldId(place)}
        label="Title of this page of the form"
        aria-label={`Title of “${sectionName(section)}”`}
        value={title}
        maxLength={200}
        error={fault ? faultSentence(fault) : null}
        onChange={(event) => {
          const typed = event.currentTarget.value
          onChange((before) => ({
            ...before,
            sections: before.sections.map((one) => (one.section === section ? { section, title: typed } : one)),
          }))
        }}
      />
      {here.map((words) => (
        <QuestionFields
          key={words.questionId}
          words={words}
          faults={faults.filter((one) => one.place.kind === 'QUESTION' && one.place.questionId === words.questionId)}
          onChange={(changed) =>
            onChange((before) => ({
              ...before,
              questions: before.questions.map((one) =>
                one.questionId === changed.questionId
                  ? { ...changed, labels: changed.labels.map((label) => ({ ...label })) }
                  : one,
              ),
            }))
          }
        />
      ))}
    </>
  )
}

const savingWords: Readonly<Record<Saving, string>> = {
  saved: 'Every change is saved',
  saving: 'Saving',
  unsaved: 'Not saved yet',
}

function focusOn(place: WordsPlace): void {
  const field = document.getElementById(fieldId(place))
  const folded = field?.closest('details')
  if (folded) folded.open = true
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}
