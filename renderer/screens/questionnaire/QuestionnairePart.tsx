import '../../parts/text-editor.css'
import './questionnaire.css'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { questionnaireVersionName, wordedSteps } from '../../../shared/domain/screening/questionnaire-text.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatDateTimeZone, formatHash } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { DraftEditor } from './DraftEditor.tsx'
import { WordsDiffs } from './WordsDiffs.tsx'

type Listed = Output<'questionnaire.versions'>['versions'][number]

/** The words of the health questions: every version that was published, and the one that is being written. */
export function QuestionnairePart() {
  const { value, refusal } = useQuery('questionnaire.versions', {}, { dependsOn: ['questionnaire'] })
  const start = useCommand('questionnaire.startDraft')
  const clinic = useClinic()
  const person = usePerson()
  const [chosen, choose] = useState<string | null>(null)
  const [isWriting, setWriting] = useState(false)
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value || !clinic || !person) return null
  const { versions, draft } = value
  const current = versions.find((one) => questionnaireVersionName(one) === chosen) ?? versions[0]
  const mayWrite = mayDo(person, 'policy.draft')
  if (isWriting)
    return (
      <DraftEditor
        clinic={clinic}
        person={person}
        onClose={(published) => {
          setWriting(false)
          if (published) choose(questionnaireVersionName(published))
        }}
      />
    )

  async function begin() {
    const reply = await start.run({})
    if (reply.ok) setWriting(true)
  }

  return (
    <div className="consent-texts">
      <nav aria-label="Versions of the health questions">
        <ul>
          {draft && (
            <li>
              <button type="button" disabled={!mayWrite} onClick={() => setWriting(true)}>
                <strong>Next version</strong>
                <span>
                  By {draft.savedBy}, {formatDateTimeZone(draft.savedAt, clinic.timeZone)}
                </span>
                <StateLine state="draft">Being written</StateLine>
              </button>
            </li>
          )}
          {versions.map((one) => (
            <li key={questionnaireVersionName(one)}>
              <button
                type="button"
                aria-current={one === current ? 'true' : undefined}
                onClick={() => choose(questionnaireVersionName(one))}
              >
                <strong>Version {questionnaireVersionName(one)}</strong>
                <span>From {formatDate(one.effectiveFrom)}</span>
                <StandingLine version={one} today={clinic.today} />
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {current && (
        <div className="consent-texts__column">
          {mayWrite && draft === null && (
            <div className="text-start">
              <Button disabled={start.isRunning} onClick={() => void begin()}>
                Write the next version
              </Button>
            </div>
          )}
          {start.refusal && <RefusalText>{sentenceFor(start.refusal)}</RefusalText>}
          <OneVersion
            key={questionnaireVersionName(current)}
            listed={current}
            others={versions.filter((one) => one !== current)}
            clinic={clinic}
          />
        </div>
      )}
    </div>
  )
}

function StandingLine({ version, today }: { readonly version: Listed; readonly today: string }) {
  if (!version.isIntact) return <StateLine state="overLimit">Damaged</StateLine>
  if (version.isInForce) return <StateLine state="done">In force</StateLine>
  if (version.effectiveFrom > today) return <StateLine state="later">Begins later</StateLine>
  return <StateLine state="notNeeded">Replaced</StateLine>
}

type OneVersionProps = {
  readonly listed: Listed
  readonly others: readonly Listed[]
  readonly clinic: Clinic
}

function OneVersion({ listed, others, clinic }: OneVersionProps) {
  const { major, minor } = listed
  const { value, refusal } = useQuery('questionnaire.version', { major, minor })
  const [beside, setBeside] = useState<string | null>(null)
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  const other = others.find((one) => questionnaireVersionName(one) === beside) ?? null
  return (
    <>
      {others.length > 0 && (
        <SectionCard title="Compare">
          <Select
            label="With version"
            placeholder="Choose a version"
            clearable
            data={others.map(questionnaireVersionName)}
            value={beside}
            onChange={setBeside}
          />
          {other && <Compared other={other} shown={value} />}
        </SectionCard>
      )}
      <SectionCard
        size="panel"
        title={`Health questions, version ${questionnaireVersionName(listed)}`}
        note="As the patient reads the full form"
        aside={<span className="mono">{formatHash(value.sha256)}</span>}
      >
        <p className="text-2 consent-texts__who">
          {value.publishedBy === null
            ? 'The wording that comes with the program.'
            : `Approved and published by ${value.publishedBy}, ${formatDateTimeZone(value.publishedAt, clinic.timeZone)}.`}
        </p>
        <div className="question-list">
          {wordedSteps('FULL', value.words).map((step) => (
            <section key={step.code} aria-label={step.title}>
              <h3>{step.title}</h3>
              <dl>
                {step.questions.map((question) => (
                  <div key={question.id}>
                    <dt>
                      <span className="mono">{question.id}</span> {question.wording}
                    </dt>
                    {question.help !== null && <dd>{question.help}</dd>}
                    <dd>{question.kind !== 'COMPUTED' && question.options.map(({ label }) => label).join(' / ')}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </SectionCard>
    </>
  )
}

function Compared({ other, shown }: { readonly other: Listed; readonly shown: Output<'questionnaire.version'> }) {
  const { value, refusal } = useQuery('questionnaire.version', { major: other.major, minor: other.minor })
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  return value ? <WordsDiffs before={value.words} after={shown.words} /> : null
}
