import './today.css'
import { Button } from '@mantine/core'
import { IconCalendarWeek, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { paths } from '../../app/paths.ts'
import { useCarried } from '../../app/patient-search/carried.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { Counter, PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { DayTab } from './DayTab.tsx'
import { ManagerTab } from './ManagerTab.tsx'
import { PhysicianTab } from './PhysicianTab.tsx'

/** What makes the list stale: everything its marks and its next steps are computed from. */
const daySubjects = [
  'visit',
  'patient',
  'screening',
  'clearance',
  'consent',
  'order',
  'series',
  'session',
  'signOff',
  'complication',
  'policy',
  'staff',
] as const

/** The first screen of everybody: what waits for this person, and the day. */
export function TodayScreen() {
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return <Today key={person.staffId} clinic={clinic} person={person} />
}

type TabName = 'forMe' | 'clinic' | 'myDay' | 'day'

function Today({ clinic, person }: { readonly clinic: Clinic; readonly person: Person }) {
  const tabs = tabsFor(person)
  const [chosenTab, setTab] = useState<TabName>(tabs[0]?.value ?? 'day')
  const [chosenDay, setOn] = useState<CalendarDate | null>(null)
  const hasArrival = useCarried().checkIn !== null
  useEffect(() => {
    if (!hasArrival) return
    setTab('day')
    setOn(null)
  }, [hasArrival])
  // Whoever comes in is looked for in everybody's list of today, whatever was shown before.
  const tab = hasArrival ? 'day' : chosenTab
  const on = hasArrival ? null : chosenDay
  const isMine = tab === 'myDay'
  const isDay = tab === 'day' || tab === 'myDay'
  const day = useQuery(
    'visit.day',
    { on: on ?? clinic.today, isMine },
    { dependsOn: daySubjects, keepPrevious: !hasArrival, isEnabled: isDay },
  )
  const go = useGo()

  return (
    <div className="today" data-fills={isDay}>
      <PageHeader
        title={isDay && day.value && day.value.on !== clinic.today ? formatWeekdayDate(day.value.on) : 'Today'}
        {...(isDay && day.value && { summary: summaryOf(day.value) })}
        {...(isDay && day.value && { counters: <DayCounters day={day.value} person={person} /> })}
        action={
          <>
            <Button
              leftSection={<IconCalendarWeek size={16} stroke={1.7} aria-hidden="true" />}
              onClick={() => go(paths.calendar)}
            >
              Calendar
            </Button>
            {mayDo(person, 'demographics.write') && (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
                rightSection={<KeyHint keys="N" tone="onAccent" />}
                onClick={() => go(paths.register)}
              >
                Register patient
              </Button>
            )}
          </>
        }
      />
      {tabs.length > 1 && (
        <SegmentedChoice
          label="What to show"
          labelPlace="hidden"
          segments={tabs}
          value={tab}
          onChange={setTab}
          size="compact"
        />
      )}
      {clinic.isPolicyMissing && <PolicyNotice person={person} />}
      {tab === 'forMe' && <PhysicianTab clinic={clinic} />}
      {tab === 'clinic' && <ManagerTab clinic={clinic} />}
      {isDay && day.refusal && !day.value && <RefusalText>{sentenceFor(day.refusal)}</RefusalText>}
      {isDay && day.value && (
        <DayTab
          key={day.value.on}
          clinic={clinic}
          person={person}
          day={day.value}
          onDayChange={setOn}
          isMine={isMine}
        />
      )}
    </div>
  )
}

/** The first one is where this person starts; grants add up. */
function tabsFor(person: Person): readonly { readonly value: TabName; readonly label: string }[] {
  const has = (role: Person['roles'][number]) => person.roles.includes(role)
  return [
    ...(has('physician') ? [{ value: 'forMe', label: 'Waiting for me' } as const] : []),
    ...(has('manager') ? [{ value: 'clinic', label: 'The clinic' } as const] : []),
    ...(mayDo(person, 'session.write') ? [{ value: 'myDay', label: 'My day' } as const] : []),
    { value: 'day', label: 'Everybody’s day' },
  ]
}

/** `30 patients · 5 done · 4 in rooms · 2 waiting`. */
function summaryOf({ counts }: Output<'visit.day'>): string {
  const { patients, done, inRooms, waiting } = counts
  return [
    formatPlural(patients, 'patient'),
    ...(done > 0 ? [`${done} done`] : []),
    ...(inRooms > 0 ? [`${inRooms} in rooms`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
  ].join(' · ')
}

function DayCounters({ day, person }: { readonly day: Output<'visit.day'>; readonly person: Person }) {
  const mayFollowUp = mayDo(person, 'followUp.work')
  const desk = useQuery(
    'today.desk',
    {},
    { isEnabled: mayFollowUp, dependsOn: ['followUp', 'complication', 'session'] },
  )
  const { consentsMissing, blocked, awaitPhysician } = day.counts
  if (!mayDo(person, 'alerts.read')) return null
  return (
    <>
      <Counter count={consentsMissing} lines={['consents', 'missing']} tone="amber" />
      <Counter count={blocked} lines={blockedLines(awaitPhysician)} tone="red" />
      {desk.value && <Counter count={desk.value.followUpsDue} lines={['follow-ups', 'due today']} />}
      {desk.value && <Counter count={desk.value.callsToMake} lines={['calls', 'to make']} />}
    </>
  )
}

function blockedLines(awaitPhysician: number): readonly [string, string] {
  if (awaitPhysician === 0) return ['blocked', 'in this list']
  return ['blocked,', awaitPhysician === 1 ? '1 awaits a physician' : `${awaitPhysician} await a physician`]
}

function PolicyNotice({ person }: { readonly person: Person }) {
  const go = useGo()
  return (
    <AlertCard
      state="warning"
      title="No physician has approved the clinic’s policy yet"
      sentence="Until then only a physician can start a session. Everything else works."
      {...(mayDo(person, 'policy.draft') && {
        action: <Button onClick={() => go('/clinic/policy')}>Open the policy</Button>,
      })}
    />
  )
}
