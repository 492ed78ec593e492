import { Button, Textarea } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { pathOf } from '../../../shared/domain/field-pointer.ts'
import { reopenSession } from '../../../shared/domain/session-close.ts'
import { diffDrafts } from '../../../shared/domain/session-diff.ts'
import type { SoftProblem } from '../../../shared/domain/session-problem.ts'
import { formatDateTime, formatDeadline, formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { DeviationCard, withoutManual } from './DeviationCard.tsx'
import { type OpenSession, useSessionWork } from './desk-context.ts'
import { ErrorCard } from './ErrorCard.tsx'
import { Field, LineField, Sheet } from './Fields.tsx'
import { fieldName, warningSentence } from './field-names.ts'
import { pointedPath, replyPath, warningPath } from './left-to-do.ts'

/** Everything between the log and the signature: what is open, what was unusual, what the physician asked. */
export function ReviewPart() {
  const { opened, person } = useSessionWork()
  return (
    <Sheet>
      {opened.session.state === 'RETURNED' && <ReturnCard />}
      <OpenCard />
      {opened.record && <CorrectionCard submitted={opened.record} />}
      <DeviationsCard />
      <WarningsCard />
      <ErrorCard opened={opened} person={person} />
    </Sheet>
  )
}

function OpenCard() {
  const { check, matters, jumpTo } = useSessionWork()
  return (
    <SectionCard
      title="Left to do"
      note={
        matters.length > 0
          ? formatPlural(matters.length, 'thing before it can be submitted', 'things before it can be submitted')
          : undefined
      }
    >
      {matters.length === 0 ? (
        <StateLine state="checked">
          Everything is there{check.isLateEntry ? '; the record will be marked as a late entry' : ''}.
        </StateLine>
      ) : (
        <ul className="session-open">
          {matters.map(({ path, name, sentence, fields }) => (
            <li key={`${path} ${sentence}`}>
              <button type="button" className="session-link" onClick={() => jumpTo(path)}>
                {name}
              </button>
              {sentence === null ? (
                <span className="text-2">{fields.join(', ')}</span>
              ) : (
                <StateLine state="blocked">{sentence}</StateLine>
              )}
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  )
}

function DeviationsCard() {
  const { check, draft, change } = useSessionWork()
  const written = (draft.deviations ?? []).filter(({ origin }) => origin === 'MANUAL')

  function add() {
    change((before) => {
      const refs = (before.deviations ?? []).map(({ ref }) => ref)
      let number = 1
      while (refs.includes(`manual-${number}`)) number += 1
      const added = { code: 'OTHER', origin: 'MANUAL', ref: `manual-${number}`, text: '' } as const
      return { ...before, deviations: [...(before.deviations ?? []), added] }
    })
  }

  return (
    <SectionCard
      title="Deviations"
      note="kept as recorded, read by the physician"
      aside={
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={add}>
          Another deviation
        </Button>
      }
    >
      <Field path="deviations">
        {check.deviations.length === 0 ? (
          <p className="text-2">None.</p>
        ) : (
          <div className="session-fields">
            {check.deviations.map((deviation, index) => {
              const manual =
                deviation.origin === 'MANUAL' ? written.find(({ ref }) => ref === deviation.ref) : undefined
              return (
                <div key={deviation.deviationId} className="session-fields">
                  {manual && (
                    <div className="session-row">
                      <LineField
                        label={`Deviation ${index + 1}: what was different`}
                        value={manual.text}
                        maxLength={1000}
                        onChange={(text) =>
                          change((before) => ({
                            ...before,
                            deviations: (before.deviations ?? []).map((one) =>
                              one.origin === 'MANUAL' && one.ref === manual.ref ? { ...one, text } : one,
                            ),
                          }))
                        }
                      />
                      <Button
                        size="xs"
                        variant="subtle"
                        onClick={() => change((before) => withoutManual(before, deviation))}
                      >
                        Remove deviation {index + 1}
                      </Button>
                    </div>
                  )}
                  <DeviationCard deviation={deviation} number={index + 1} />
                </div>
              )
            })}
          </div>
        )}
      </Field>
    </SectionCard>
  )
}

function WarningsCard() {
  const { check, draft } = useSessionWork()
  return (
    <SectionCard title="Unusual, and still in order">
      {check.soft.length === 0 ? (
        <p className="text-2">Nothing.</p>
      ) : (
        <ul className="session-warnings">
          {check.soft.map((problem) => (
            <li key={`${problem.code} ${problem.path}`}>
              <StateLine state="warning">{warningSentence(problem.code, problem.facts)}</StateLine>
              <span className="text-3">{fieldName(problem.path, draft)}</span>
              {problem.needsReason && <WarningReason problem={problem} />}
            </li>
          ))}
        </ul>
      )}
    </SectionCard>
  )
}

function WarningReason({ problem }: { readonly problem: SoftProblem }) {
  const { change, draft } = useSessionWork()
  const { code, path } = problem
  const written = (draft.warnings ?? []).find((one) => one.code === code && one.path === path)
  return (
    <Field path={warningPath(code, path)}>
      <Textarea
        aria-label={`Reason: ${warningSentence(code, problem.facts)} ${fieldName(path, draft)}`}
        placeholder="Reason"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={1000}
        value={written?.reason ?? ''}
        onChange={(event) => {
          const reason = event.currentTarget.value
          change((before) => ({
            ...before,
            warnings: [
              ...(before.warnings ?? []).filter((one) => one.code !== code || one.path !== path),
              { code, path, reason },
            ],
          }))
        }}
      />
    </Field>
  )
}

/** What the physician asked; each point waits for an answer of the author. */
function ReturnCard() {
  const { opened, draft, points, replies, setReplies, jumpTo, clinic } = useSessionWork()
  const sent = opened.returns.at(-1)
  if (!sent) return null
  return (
    <SectionCard
      title={`Returned by ${sent.returnedBy.printedName}`}
      note={`${formatDateTime(sent.returnedAt, clinic.timeZone)}, wanted back by ${formatDeadline(sent.dueAt, clinic.timeZone)}`}
    >
      <p>{sent.reason}</p>
      <ul className="session-warnings">
        {points.map(({ path, text }) => {
          const name = fieldName(pathOf(path), draft)
          return (
            <li key={path}>
              <button type="button" className="session-link" onClick={() => jumpTo(pointedPath(path))}>
                {name}
              </button>
              <span>{text}</span>
              <Field path={replyPath(path)}>
                <Textarea
                  label={`Your answer: ${name}`}
                  placeholder="What you changed, or why it is right"
                  autosize
                  minRows={1}
                  maxRows={4}
                  maxLength={1000}
                  value={replies.find((one) => one.path === path)?.reply ?? ''}
                  onChange={(event) =>
                    setReplies([
                      ...replies.filter((one) => one.path !== path),
                      { path, reply: event.currentTarget.value },
                    ])
                  }
                />
              </Field>
            </li>
          )
        })}
      </ul>
    </SectionCard>
  )
}

/** What the text differs in from the version that was submitted before. */
function CorrectionCard({ submitted }: { readonly submitted: NonNullable<OpenSession['record']> }) {
  const { draft, clinic } = useSessionWork()
  const title = `Changed since version ${submitted.versionNumber}`
  return (
    <SectionCard title={title}>
      <ChangeTable
        label={title}
        changes={diffDrafts(reopenSession(submitted.body), draft)}
        draft={draft}
        clinic={clinic}
      />
    </SectionCard>
  )
}
