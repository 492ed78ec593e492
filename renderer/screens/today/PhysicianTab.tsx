import type { ReactNode } from 'react'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import { ClusterCard } from '../../app/complications/ClusterCard.tsx'
import { hrefTo, paths, pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { complicationName } from '../../parts/complication-words.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDayMonthTime, formatElapsed, formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OwnWorkCard } from './OwnWorkCard.tsx'
import { ShortList } from './ShortList.tsx'

type Waiting = Output<'today.physician'>
const subjects = ['session', 'signOff', 'screening', 'clearance', 'complication', 'staff', 'policy'] as const

/** Sign-off first, red flags and deviations on top; then clearances, open complications, own sessions. */
export function PhysicianTab({ clinic }: { readonly clinic: Clinic }) {
  const waiting = useQuery('today.physician', {}, { dependsOn: subjects })
  if (waiting.refusal) return <RefusalText>{sentenceFor(waiting.refusal)}</RefusalText>
  if (!waiting.value) return <div aria-busy="true" />
  const { signOff, clearances, complications, standing } = waiting.value
  return (
    <div className="today-cards">
      <SignOffCard signOff={signOff} clinic={clinic} />
      <SectionCard
        title="Open complications"
        isFlush
        note={complications.redFlags > 0 ? formatPlural(complications.redFlags, 'red flag') : undefined}
        aside={String(complications.total)}
      >
        <ShortList
          empty="No complication is open."
          rows={complications.first.map((one) => ({
            key: one.complicationId,
            href: pathTo.complication(one.patientId, one.complicationId),
            person: one,
            what: [complicationName(one.code), one.grade === null ? null : `grade ${one.grade}`]
              .filter(Boolean)
              .join(', '),
            state: one.isRedFlag ? (
              <StateLine state="redFlag">{one.isAcknowledged ? 'Red flag, seen' : 'Red flag, not seen yet'}</StateLine>
            ) : (
              <StateLine state="openComplication">Open</StateLine>
            ),
            when: formatDayMonthTime(one.reportedAt, clinic.timeZone),
          }))}
          total={complications.total}
        />
      </SectionCard>
      <ClusterCard />
      <SectionCard title="Clearances asked for" isFlush aside={String(clearances.total)}>
        <ShortList
          empty="Nobody’s answers ask for a decision."
          rows={clearances.first.map((one) => ({
            key: one.screeningId,
            href: pathTo.screening(one.patientId, one.screeningId),
            person: one,
            what: `Answered ${formatDate(one.takenOn)}`,
            state: <StateLine state="blocked">To decide</StateLine>,
            when: `waits ${formatElapsed(minutesBetween(one.signedAt, clinic.now))}`,
          }))}
          total={clearances.total}
        />
      </SectionCard>
      <OwnWorkCard clinic={clinic} />
      <StandingCard standing={standing} />
    </div>
  )
}

/** Only while somebody is away or something of the physician's own ends soon. */
function StandingCard({ standing }: { readonly standing: Waiting['standing'] }) {
  const { standsInFor, deputy, licence, policyReview } = standing
  const facts = [
    ...standsInFor.map((one) => ({
      label: 'You stand in',
      value: `for ${one.printedName} until ${formatDate(one.untilOn)}: sign-offs, red flags and clearances come to you as well`,
    })),
    ...(deputy
      ? [
          {
            label: 'While you are away',
            value: `${deputy.printedName} stands in, ${formatDate(deputy.fromOn)} to ${formatDate(deputy.untilOn)}`,
          },
        ]
      : []),
    ...(licence && licence.dateState !== 'IN_DATE'
      ? [
          {
            label: 'Your licence',
            value: (
              <StateLine state={licence.dateState === 'PAST' ? 'blocked' : 'warning'}>
                {licence.dateState === 'PAST'
                  ? `ended ${formatDate(licence.expiresOn)}: nothing can be signed`
                  : `ends ${formatDate(licence.expiresOn)}`}
              </StateLine>
            ),
          },
        ]
      : []),
    ...(policyReview && policyReview.dateState !== 'IN_DATE'
      ? [
          {
            label: 'Clinic policy',
            value: (
              <StateLine state="warning">
                {`${policyReview.dateState === 'PAST' ? 'review was due' : 'to be reviewed by'} ${formatDate(policyReview.on)}`}
              </StateLine>
            ),
          },
        ]
      : []),
  ]
  if (facts.length === 0) return null
  return (
    <SectionCard
      title="For you to know"
      aside={<a href={hrefTo(pathTo.clinicPart(policyReview?.dateState === 'IN_DATE' ? 'staff' : 'policy'))}>Open</a>}
    >
      <FactList labelWidth={150} facts={facts} />
    </SectionCard>
  )
}

function SignOffCard({ signOff, clinic }: { readonly signOff: Waiting['signOff']; readonly clinic: Clinic }) {
  const { waiting, overdue, redFlag, attention, clean } = signOff
  const note = [
    ...(redFlag > 0 ? [formatPlural(redFlag, 'red flag')] : []),
    ...(attention > 0 ? [`${attention} to look at`] : []),
    ...(clean > 0 ? [`${clean} clean`] : []),
    ...(overdue > 0 ? [`${overdue} overdue`] : []),
  ].join(' · ')
  return (
    <SectionCard
      title="Sign-off queue"
      isFlush
      {...(note !== '' && { note })}
      aside={<a href={hrefTo(paths.signOff)}>Open the queue ({waiting})</a>}
    >
      <ShortList
        empty="No session waits for your signature."
        rows={signOff.first.map((one) => ({
          key: one.sessionId,
          href: pathTo.session(one.patientId, one.sessionId),
          person: one,
          what: `Session ${one.sessionNo}, ${one.authorName}`,
          state: signOffState(one),
          when: dueText(one, clinic),
        }))}
        total={waiting}
      />
    </SectionCard>
  )
}

function signOffState({ group, deviations }: Waiting['signOff']['first'][number]): ReactNode {
  if (group === 'RED_FLAG') return <StateLine state="redFlag">Red flag</StateLine>
  if (deviations > 0) return <StateLine state="deviation">{formatPlural(deviations, 'deviation')}</StateLine>
  if (group === 'ATTENTION') return <StateLine state="warning">To look at</StateLine>
  return <StateLine state="submitted">Clean</StateLine>
}

function dueText({ lateness, dueAt }: Waiting['signOff']['first'][number], clinic: Clinic): string {
  if (lateness === 'NOT_REQUIRED') return 'not required'
  const minutes = minutesBetween(clinic.now, dueAt)
  if (lateness === 'ON_TIME') return `due in ${formatElapsed(minutes)}`
  return `${formatElapsed(-minutes)} overdue`
}
