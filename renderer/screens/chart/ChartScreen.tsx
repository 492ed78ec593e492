import './chart.css'
import { Button } from '@mantine/core'
import { Navigate } from '@tanstack/react-router'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { ChangedAnswers } from '../../app/ChangedAnswers.tsx'
import { useGo } from '../../app/go.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { PatientFrame, usePatientBanner, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard, AlertRow } from '../../parts/AlertCard.tsx'
import { FaceMap } from '../../parts/FaceMap.tsx'
import { type Fact, FactList } from '../../parts/FactList.tsx'
import { formatDate, formatMmUnit } from '../../parts/format.ts'
import { type PlannedSession, PlanProgress } from '../../parts/PlanProgress.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { indicationWords, seriesStatusWords } from '../../parts/treatment-words.ts'
import { compareZones, zoneName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { ChartActions } from './ChartActions.tsx'
import type { ChartProps } from './chart-props.ts'
import {
  consentStandingSentence,
  consentStandingWords,
  openComplicationTitle,
  outstandingText,
  sessionStateLooks,
  underText,
} from './chart-words.ts'
import { DeskChart } from './DeskChart.tsx'
import { MergedChartsCard } from './MergedChartsCard.tsx'
import { NewMenu } from './NewMenu.tsx'
import { Timeline } from './Timeline.tsx'

export type OpenChart = Output<'chart.open'>

/** Everything a chart is put together from. */
const chartSubjects = [
  'patient',
  'screening',
  'clearance',
  'consent',
  'order',
  'series',
  'session',
  'signOff',
  'addendum',
  'complication',
  'followUp',
  'visit',
  'policy',
] as const

/** One patient on one page; who reads no charts sees who it is, the visits and the way to report a symptom. */
export function ChartScreen() {
  const patientId = usePatientParam()
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  const props = { patientId, clinic, person }
  return (
    <PatientFrame patientId={patientId} action={<ChartActions patientId={patientId} person={person} />}>
      <OwnChart {...props} />
    </PatientFrame>
  )
}

/** A merged chart opens as the kept one; there is no page of its own to come back to. */
function OwnChart(props: ChartProps) {
  const { mergedInto } = usePatientBanner()
  if (mergedInto) return <Navigate to={pathTo.chart(mergedInto.patientId)} replace />
  return mayDo(props.person, 'chart.read') ? <Chart {...props} /> : <DeskChart {...props} />
}

function Chart({ patientId, clinic, person }: ChartProps) {
  useSamePatient(patientId)
  const { value, refusal } = useQuery('chart.open', { patientId }, { dependsOn: chartSubjects })
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return <div aria-busy="true" />
  return (
    <div className="chart-screen">
      <h1 className="visually-hidden">Chart</h1>
      <Alerts chart={value} />
      <div className="chart-screen__columns">
        <div>
          <PlanCard patientId={patientId} plan={value.plan} person={person} />
          <LastSessionCard last={value.lastSession} />
          {mayDo(person, 'screening.read') && <ChangedAnswers patientId={patientId} />}
          <OutstandingCard items={value.outstanding} />
          <MergedChartsCard patientId={patientId} person={person} />
        </div>
        <Timeline
          patientId={patientId}
          chart={value}
          timeZone={clinic.timeZone}
          action={<NewMenu patientId={patientId} person={person} plan={value.plan} />}
        />
      </div>
    </div>
  )
}

function Alerts({ chart }: { readonly chart: OpenChart }) {
  const go = useGo()
  const { alerts } = usePatientBanner()
  const cards = []
  if (alerts?.allergies.state === 'LISTED') {
    const names = alerts.allergies.entries.map(({ substance, reaction }) =>
      [substance, reaction].filter(Boolean).join(', '),
    )
    cards.push(
      <AlertCard
        key="allergy"
        state="allergy"
        title={`Allergy: ${names.join('; ')}`}
        sentence="Check every product against it."
      />,
    )
  }
  for (const report of chart.complications.slice(0, 2)) {
    cards.push(
      <AlertCard
        key={report.complicationId}
        state={report.isRedFlag ? 'redFlag' : 'openComplication'}
        title={openComplicationTitle(report)}
        sentence={
          report.isRedFlag && !report.isAcknowledged
            ? 'Red flag. No physician has acknowledged it yet.'
            : report.blocks
              ? 'Its zones are not treated until a physician lifts the block.'
              : 'It keeps no zone from the next session.'
        }
        action={<Button onClick={() => go(pathTo.complication(report.patientId, report.complicationId))}>Open</Button>}
      />,
    )
  }
  if (alerts && alerts.consent.standing !== 'SIGNED') {
    cards.push(
      <AlertCard
        key="consent"
        state="retake"
        title={consentStandingWords[alerts.consent.standing]}
        sentence={consentStandingSentence(alerts.consent.standing)}
      />,
    )
  }
  return cards.length === 0 ? null : <AlertRow>{cards}</AlertRow>
}

function PlanCard({
  patientId,
  plan,
  person,
}: {
  readonly patientId: PatientId
  readonly plan: OpenChart['plan']
  readonly person: Person
}) {
  const newOrder = mayDo(person, 'order.write') && <a href={hrefTo(pathTo.order(patientId, 'new'))}>Write an order</a>
  if (!plan) {
    return (
      <SectionCard title="Course of treatment" aside={<a href={hrefTo(pathTo.plan(patientId))}>Courses and orders</a>}>
        <p className="text-2">No course is planned yet.</p>
        {newOrder}
      </SectionCard>
    )
  }
  const { performedOn, sessionsPlanned, outcomeReviewOn, order, status } = plan
  const facts: Fact[] = [
    { label: 'For', value: plan.goals.map((goal) => indicationWords[goal]).join(', ') },
    { label: 'Next due', value: nextDueText(plan) },
    {
      label: 'Outcome review',
      value: (
        <a href={hrefTo(pathTo.outcome(patientId, plan.seriesId))}>
          {outcomeReviewOn === null ? 'After the last session' : formatDate(outcomeReviewOn)}
        </a>
      ),
    },
    {
      label: 'Order',
      value:
        order === null ? (
          <>None stands. {newOrder}</>
        ) : (
          `To ${formatDate(order.expiresOn)}, ${order.sessionsLeft} left, ${order.signedBy}`
        ),
    },
  ]
  if (status === 'ON_HOLD' && plan.statusReason) facts.push({ label: 'Held because', value: plan.statusReason })
  return (
    <SectionCard
      size="panel"
      title={`Session ${performedOn.length} of ${sessionsPlanned}`}
      note={<StateTag state={status === 'ON_HOLD' ? 'onHold' : 'toDo'}>{seriesStatusWords[status]}</StateTag>}
      aside={<a href={hrefTo(pathTo.plan(patientId))}>Courses and orders</a>}
    >
      <div className="chart-plan">
        <PlanProgress sessions={plannedSessions(plan)} />
        <FactList facts={facts} />
      </div>
    </SectionCard>
  )
}

/** The same words as on the plan: a course on hold has no next day. */
function nextDueText({ status, nextDueOn }: NonNullable<OpenChart['plan']>): string {
  if (status === 'ON_HOLD') return 'Nothing while on hold'
  return nextDueOn === null ? 'Nothing is due' : formatDate(nextDueOn)
}

function plannedSessions({ performedOn, sessionsPlanned, nextDueOn, status }: NonNullable<OpenChart['plan']>) {
  const count = Math.max(sessionsPlanned, performedOn.length)
  return Array.from({ length: count }, (_, index): PlannedSession => {
    const number = index + 1
    const done = performedOn[index]
    if (done) return { number, state: 'done', on: done }
    const isNext = index === performedOn.length
    return isNext && status === 'ON_HOLD'
      ? { number, state: 'held', on: null }
      : { number, state: 'toCome', on: isNext ? nextDueOn : null }
  })
}

function LastSessionCard({ last }: { readonly last: OpenChart['lastSession'] }) {
  if (!last) return null
  const zones = [...last.zones].sort(compareZones)
  const marks = zones.map(({ zone, side, depthUm }) => ({
    zone,
    side,
    depthUm,
    wasUm: null,
    isOver: false,
    deviation: null,
  }))
  return (
    <SectionCard
      title={last.isRf ? 'Last session, radiofrequency (RF)' : 'Last session'}
      aside={<a href={hrefTo(pathTo.session(last.patientId, last.sessionId))}>{formatDate(last.performedOn)}</a>}
    >
      <div className="chart-last">
        <FaceMap marks={marks} size="mini" label="Zones of the last session" />
        <div>
          {zones.length === 0 && <p className="text-2">No zone is logged yet.</p>}
          <ul className="chart-last__zones">
            {zones.map((row) => (
              <li key={`${row.zone} ${row.side} ${row.site ?? ''}`}>
                <span>
                  {row.site ?? [zoneName(row.zone), row.side === 'M' ? '' : row.side].filter(Boolean).join(' ')}
                </span>
                <strong>{formatMmUnit(row.depthUm)}</strong>
              </li>
            ))}
          </ul>
          <p className="chart-last__facts">
            {last.lots.length > 0 && (
              <>
                Lot <span className="mono">{last.lots.join(', ')}</span>
                <br />
              </>
            )}
            {last.who}
            {last.under && (
              <>
                <br />
                {underText(last.under)}
              </>
            )}
            <br />
            {last.signedAt !== null && last.signedBy !== null
              ? `Signed by ${last.signedBy}`
              : sessionStateLooks[last.state].words}
          </p>
        </div>
      </div>
    </SectionCard>
  )
}

function OutstandingCard({ items }: { readonly items: OpenChart['outstanding'] }) {
  return (
    <SectionCard title="Outstanding" aside={<span>{items.length}</span>} isFlush>
      {items.length === 0 ? (
        <p className="text-2 chart-timeline__more">Nothing is left to do.</p>
      ) : (
        <ul className="chart-rows">
          {items.map((item) => {
            const { key, state, text, note, href } = outstandingText(item)
            return (
              <li key={key}>
                <StateGlyph state={state} label={null} />
                {href === null ? <strong>{text}</strong> : <a href={href}>{text}</a>}
                <span>{note}</span>
              </li>
            )
          })}
        </ul>
      )}
    </SectionCard>
  )
}
