import { Button } from '@mantine/core'
import { useState } from 'react'
import type { SeriesSummary } from '../../../shared/contract/series.ts'
import {
  mayMaintainSeries,
  mayMoveSeries,
  mayResumeSeries,
  mayReturnToMaintenance,
  needsStatusReason,
  type SeriesStatus,
  seriesStatuses,
} from '../../../shared/domain/series.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { addMonths, type CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatMmUnit, formatPlural } from '../../parts/format.ts'
import { type PlannedSession, PlanProgress } from '../../parts/PlanProgress.tsx'
import { photoPlanText } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { indicationWords, seriesStatusWords, zonesInWords } from '../../parts/treatment-words.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { MaintenanceDialog } from './MaintenanceDialog.tsx'

export type SeriesCardProps = {
  readonly patientId: PatientId
  readonly series: SeriesSummary
  readonly person: Person
  readonly today: CalendarDate
  /** Months between maintenance sessions that the clinic starts from. */
  readonly usualMaintenanceMonths: number
  readonly onEdit: () => void
}

/** One course: where it stands, what is due, and what can be decided about it. */
export function SeriesCard(props: SeriesCardProps) {
  const { patientId, series, person, today, usualMaintenanceMonths, onEdit } = props
  const { body, version, seriesId, nextDueOn, outcomeReview } = series
  useSamePatient(body.patientId)
  const setStatus = useCommand('series.setStatus')
  const [asking, setAsking] = useState<SeriesStatus | null>(null)
  const [isMaintaining, setMaintaining] = useState(false)
  const mayWrite = mayDo(person, 'series.write')
  const mayMaintain = mayMaintainSeries(body.status, person.roles)
  const moves = seriesStatuses.filter(
    (to) => mayMoveSeries(body.status, to) && mayResumeSeries(body.status, to, person.roles) && isByHand(body, to),
  )

  async function move(status: SeriesStatus, reason: string | null) {
    const reply = await setStatus.run({ patientId, seriesId, version, status, reason })
    if (reply.ok) setAsking(null)
  }

  return (
    <SectionCard
      title={body.goalText.trim() || body.goals.map((goal) => indicationWords[goal]).join(', ')}
      note={<StatusTag status={body.status} />}
      aside={
        <>
          <a href={hrefTo(pathTo.outcome(patientId, seriesId))}>Baseline and outcome</a>
          {mayWrite && <Button onClick={onEdit}>Change the plan</Button>}
        </>
      }
    >
      {!series.isIntact && (
        <AlertCard
          state="enteredInError"
          title="This course was changed outside the program"
          sentence="What is stored is not what was saved. Tell the practice manager before anybody treats under it."
        />
      )}
      <PlanProgress sessions={plannedSessions(series)} />
      <FactList
        labelWidth={120}
        facts={[
          { label: 'Goals', value: body.goals.map((goal) => indicationWords[goal]).join(', ') },
          { label: 'Zones', value: zonesText(body.zones) },
          {
            label: 'Plan',
            value: planText(body),
          },
          { label: 'Next due', value: nextText(series, today) },
          ...(outcomeReview
            ? [
                {
                  label: 'Outcome review',
                  value: `${formatDate(outcomeReview.dueOn)} (${formatDate(outcomeReview.fromOn)} to ${formatDate(outcomeReview.untilOn)})`,
                },
              ]
            : []),
          { label: 'Photos', value: photoPlanText(body) },
          ...(body.statusReason ? [{ label: 'Reason', value: body.statusReason }] : []),
        ]}
      />
      {nextDueOn === null && body.status === 'ON_HOLD' && !person.roles.includes('physician') && (
        <p className="text-12 text-2">A physician resumes a course that is on hold.</p>
      )}
      {mayWrite && (moves.length > 0 || mayMaintain) && (
        <div className="series-card__moves">
          {moves.map((to) => (
            <Button
              key={to}
              disabled={setStatus.isRunning}
              onClick={() => (needsStatusReason(to) ? setAsking(to) : void move(to, null))}
            >
              {moveWords[to]}
            </Button>
          ))}
          {mayMaintain && (
            <Button onClick={() => setMaintaining(true)}>
              {body.status === 'MAINTENANCE' ? 'Change the interval' : 'Go over to maintenance'}
            </Button>
          )}
        </div>
      )}
      <RefusalText>{setStatus.refusal && asking === null ? sentenceFor(setStatus.refusal) : null}</RefusalText>
      <MaintenanceDialog
        series={series}
        usualMonths={usualMaintenanceMonths}
        isOpen={isMaintaining}
        onClose={() => setMaintaining(false)}
      />
      <ConfirmDialog
        isOpen={asking !== null}
        title={asking === 'ON_HOLD' ? 'Put the course on hold' : 'End the course early'}
        confirmText={asking === 'ON_HOLD' ? 'Put on hold' : 'End the course'}
        reasonLabel="Reason"
        isBusy={setStatus.isRunning}
        refusal={setStatus.refusal ? sentenceFor(setStatus.refusal) : null}
        onConfirm={(reason) => asking !== null && void move(asking, reason)}
        onCancel={() => {
          setAsking(null)
          setStatus.reset()
        }}
      >
        {asking === 'ON_HOLD'
          ? 'No session starts until a physician resumes it.'
          : 'No further session is planned. The outcome review is still offered.'}
      </ConfirmDialog>
    </SectionCard>
  )
}

const moveWords: Readonly<Record<SeriesStatus, string>> = {
  PLANNED: 'Back to planned',
  ACTIVE: 'Resume',
  ON_HOLD: 'Put on hold',
  COMPLETED: 'Completed',
  ENDED_EARLY: 'End early',
  MAINTENANCE: 'Resume maintenance',
}

/** A course becomes active by its first session; by hand it is only resumed. Maintenance has a dialog of its own. */
function isByHand(body: SeriesSummary['body'], to: SeriesStatus): boolean {
  if (to === 'MAINTENANCE') return mayReturnToMaintenance(body)
  return !(body.status === 'PLANNED' && to === 'ACTIVE')
}

function StatusTag({ status }: { readonly status: SeriesStatus }) {
  if (status === 'ON_HOLD') return <StateTag state="onHold">On hold</StateTag>
  return <span>{seriesStatusWords[status]}</span>
}

function planText({ sessionsPlanned, intervalMonths, status, maintenanceMonths }: SeriesSummary['body']): string {
  const course = `${formatPlural(sessionsPlanned, 'session')}, ${formatPlural(intervalMonths, 'month')} apart`
  return status === 'MAINTENANCE' && maintenanceMonths !== null
    ? `${course}; then one every ${formatPlural(maintenanceMonths, 'month')}`
    : course
}

function zonesText(zones: SeriesSummary['body']['zones']): string {
  if (zones.length === 0) return 'Not planned yet'
  const depths = zones.flatMap(({ depthUm }) => (depthUm === null ? [] : [depthUm]))
  const words = zonesInWords(zones, 6)
  return depths.length === 0 ? words : `${words}, to ${formatMmUnit(Math.max(...depths))}`
}

function nextText({ nextDueOn, lastPerformedOn, spacing, body }: SeriesSummary, today: CalendarDate): string {
  if (body.status === 'ON_HOLD') return 'Nothing while on hold'
  if (nextDueOn === null) return lastPerformedOn === null ? 'Whenever it suits' : 'Nothing more'
  if (body.status === 'MAINTENANCE') return `${formatDate(nextDueOn)}, maintenance`
  const days = spacing.days === null ? '' : `, ${formatPlural(spacing.days, 'day')} since the last`
  switch (spacing.verdict) {
    case 'CLEAR_NEEDED':
      return `${formatDate(nextDueOn)}; before ${formatDate(spacing.eligibleOn ?? today)} a physician clears it`
    case 'SOON':
      return `${formatDate(nextDueOn)}${days}`
    case 'OVERDUE':
      return `${formatDate(nextDueOn)}, overdue${days}`
    case 'REBASELINE':
      return `${formatDate(nextDueOn)}, long overdue${days}: take a new baseline`
    case 'FIRST':
    case 'IN_TIME':
      return formatDate(nextDueOn)
  }
}

/** Done with their dates; the rest with the dates that follow from the last one, none while on hold. */
function plannedSessions({ body, performedOn, nextDueOn }: SeriesSummary): readonly PlannedSession[] {
  const total = Math.max(body.sessionsPlanned, performedOn.length)
  return Array.from({ length: total }, (_, index): PlannedSession => {
    const number = index + 1
    const done = performedOn[index]
    if (done !== undefined) return { number, state: 'done', on: done }
    const ahead = index - performedOn.length
    if (body.status === 'ON_HOLD') return { number, state: ahead === 0 ? 'held' : 'toCome', on: null }
    return {
      number,
      state: 'toCome',
      on: nextDueOn === null ? null : addMonths(nextDueOn, ahead * body.intervalMonths),
    }
  })
}
