import './follow-up.css'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { isAnsweredInChart } from '../../../shared/domain/follow-up.ts'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { followUpTitle } from '../../parts/complication-words.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatBorn, formatDate, formatDayMonth, formatPlural } from '../../parts/format.ts'
import { Counter, PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AddForm } from './AddForm.tsx'
import { FinishForm } from './FinishForm.tsx'

type Task = Output<'followUp.list'>['tasks'][number]

/** How far the list looks ahead. */
const comingDays = 7

/** Everybody who is to be asked how they are: overdue, today, and the days ahead. */
export function FollowUpScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const until = clinic ? addDays(clinic.today, comingDays) : null
  const { value, refusal } = useQuery(
    'followUp.list',
    { until },
    { isEnabled: until !== null, dependsOn: ['session', 'complication', 'patient', 'series'] },
  )
  const [finishing, setFinishing] = useState<Task | null>(null)
  const [isAdding, setAdding] = useState(false)
  const mayWork = mayDo(person, 'followUp.work')
  const firstOpen = value?.tasks.find((task) => !isAnsweredInChart(task)) ?? null
  useShortcuts([
    {
      keys: 'F',
      label: 'Finish the first follow-up',
      group: 'Follow-up',
      isEnabled: mayWork && firstOpen !== null,
      run: () => setFinishing(firstOpen),
    },
    {
      keys: 'A',
      label: 'Add a call',
      group: 'Follow-up',
      isEnabled: mayWork,
      run: () => setAdding(true),
    },
  ])
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!clinic || !value) return <div aria-busy="true" />
  const { tasks } = value
  const groups = [
    { title: 'Overdue', tasks: tasks.filter(({ status }) => status.kind === 'OVERDUE') },
    { title: 'Due now', tasks: tasks.filter(({ status }) => status.kind === 'DUE') },
    { title: `Next ${comingDays} days`, tasks: tasks.filter(({ status }) => status.kind === 'UPCOMING') },
  ]
  return (
    <div className="follow-up-screen">
      <PageHeader
        title="Follow-up"
        summary={`${formatPlural(tasks.length, 'follow-up')} to ${formatDate(addDays(clinic.today, comingDays))}`}
        action={
          mayWork && (
            <Button variant="filled" onClick={() => setAdding(true)}>
              Add a call
            </Button>
          )
        }
        counters={
          <>
            <Counter count={value.overdue} lines={['overdue,', 'oldest first']} tone="red" />
            <Counter count={value.dueToday} lines={['due', 'today']} tone="amber" />
          </>
        }
      />
      {tasks.length === 0 && (
        <EmptyState
          sentence="Nobody is to be asked this week."
          hint="After every session a message and two checks stand here by themselves. Add a call for anything else."
        />
      )}
      {groups
        .filter((group) => group.tasks.length > 0)
        .map((group) => (
          <SectionCard key={group.title} title={group.title} aside={<span>{group.tasks.length}</span>} isFlush>
            <ul className="follow-up-rows">
              {group.tasks.map((task) => (
                <li key={task.followUpId}>
                  <StatusWords task={task} today={clinic.today} />
                  <span>
                    <a href={hrefTo(pathTo.chart(task.patientId))}>{task.patientName || 'Name unknown'}</a>
                    <small>
                      Born {formatBorn(task.bornOn, clinic.today)}
                      {task.phone !== null && `, phone ends ${task.phone}`}
                    </small>
                  </span>
                  <span>
                    <TaskTitle task={task} readsCharts={mayDo(person, 'chart.read')} />
                    {task.about !== '' && <small>{task.about}</small>}
                    {task.ownerName !== null && <small>{task.ownerName}</small>}
                  </span>
                  <span className="text-2">{formatDate(task.dueOn)}</span>
                  {mayWork && !isAnsweredInChart(task) ? (
                    <Button
                      aria-label={`Done: ${followUpTitle(task)}, ${task.patientName}`}
                      onClick={() => setFinishing(task)}
                    >
                      Done
                    </Button>
                  ) : (
                    <span />
                  )}
                </li>
              ))}
            </ul>
          </SectionCard>
        ))}
      <Modal
        opened={finishing !== null}
        onClose={() => setFinishing(null)}
        title={finishing ? followUpTitle(finishing) : ''}
        size={440}
      >
        {finishing && (
          <FinishForm key={finishing.followUpId} task={finishing} clinic={clinic} onClose={() => setFinishing(null)} />
        )}
      </Modal>
      <Modal opened={isAdding} onClose={() => setAdding(false)} title="Add a call" size={440}>
        {person && <AddForm clinic={clinic} person={person} onClose={() => setAdding(false)} />}
      </Modal>
    </div>
  )
}

/** Leads to what it belongs to, for who may open it. */
function TaskTitle({ task, readsCharts }: { readonly task: Task; readonly readsCharts: boolean }) {
  const { patientId, complicationId, seriesId } = task
  if (!readsCharts) return followUpTitle(task)
  if (isAnsweredInChart(task)) return <a href={hrefTo(pathTo.amendments(patientId))}>{followUpTitle(task)}</a>
  if (task.kind === 'OUTCOME_REVIEW' && seriesId !== null)
    return <a href={hrefTo(pathTo.outcome(patientId, seriesId))}>{followUpTitle(task)}</a>
  if (complicationId === null) return followUpTitle(task)
  return <a href={hrefTo(pathTo.complication(patientId, complicationId))}>{followUpTitle(task)}</a>
}

function StatusWords({ task: { status, untilOn }, today }: { readonly task: Task; readonly today: CalendarDate }) {
  if (status.kind === 'OVERDUE') return <StateLine state="due">{formatPlural(status.byDays, 'day')} late</StateLine>
  if (status.kind === 'DUE')
    return <StateLine state="toDo">{untilOn === today ? 'Today' : `By ${formatDayMonth(untilOn)}`}</StateLine>
  if (status.kind === 'UPCOMING') return <StateLine state="later">In {formatPlural(status.inDays, 'day')}</StateLine>
  return <StateLine state="done">Done</StateLine>
}
