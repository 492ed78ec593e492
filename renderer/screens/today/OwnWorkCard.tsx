import type { SessionState } from '../../../shared/domain/session-state.ts'
import { pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatDayMonthTime } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { ShortList } from './ShortList.tsx'

/** Sessions of the person that are not submitted, or came back. */
export function OwnWorkCard({
  clinic,
  isQuietWhenEmpty = false,
}: {
  readonly clinic: Clinic
  readonly isQuietWhenEmpty?: boolean
}) {
  const work = useQuery('today.ownWork', {}, { dependsOn: ['session', 'signOff'] })
  const sessions = work.value?.sessions ?? []
  if (isQuietWhenEmpty && sessions.length === 0) return null
  return (
    <SectionCard title="My unfinished sessions" isFlush aside={String(sessions.length)}>
      <ShortList
        empty="Nothing of yours is unfinished."
        rows={sessions.map((one) => ({
          key: one.sessionId,
          href: pathTo.session(one.patientId, one.sessionId),
          person: one,
          what: `Session ${one.sessionNo}${one.performedOn ? ` of ${formatDate(one.performedOn)}` : ', planned'}`,
          state: stateLine(one.state, one.performedOn !== null),
          when: `saved ${formatDayMonthTime(one.savedAt, clinic.timeZone)}`,
        }))}
        total={sessions.length}
      />
    </SectionCard>
  )
}

function stateLine(state: SessionState, isPerformed: boolean) {
  if (state === 'RETURNED') return <StateLine state="returned">Returned</StateLine>
  return <StateLine state="draft">{isPerformed ? 'To submit' : 'Draft'}</StateLine>
}
