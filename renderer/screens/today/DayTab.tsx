import { Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { paths, pathTo } from '../../app/paths.ts'
import { carry, useCarried } from '../../app/patient-search/carried.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { BookingDrawer } from '../../app/visits/BookingDrawer.tsx'
import type { BookingStart } from '../../app/visits/use-booking-form.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatBorn, formatName, formatWeekdayDate } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { ReadinessLegend } from '../../parts/ReadinessDots.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { DayTable } from './DayTable.tsx'
import { OwnWorkCard } from './OwnWorkCard.tsx'
import { SelectedVisit } from './SelectedVisit.tsx'
import { useNextStep } from './use-next-step.ts'
import { useVisitActions } from './use-visit-actions.ts'
import { VisitDialogs } from './VisitDialogs.tsx'

export type DayTabProps = {
  readonly clinic: Clinic
  readonly person: Person
  readonly day: Output<'visit.day'>
  readonly onDayChange: (on: CalendarDate) => void
  readonly isMine: boolean
}

/** The list of one day: who comes, where they are, what they still need. */
export function DayTab({ clinic, person, day, onDayChange, isMine }: DayTabProps) {
  const { on, visits, nowTime } = day
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [form, setForm] = useState<BookingStart | null>(null)
  const blank = { onDate: on, atTime: nowTime }
  const steps = useNextStep()
  const actions = useVisitActions()
  const go = useGo()
  const mayWrite = mayDo(person, 'schedule.write')
  const isToday = on === clinic.today
  const selected = visits.find((visit) => visit.visitId === selectedId) ?? null
  const add = () => setForm({ ...blank, visit: null, patient: null })
  const openFollowUp = () => go(paths.followUp)
  useCheckInFromSearch(day, isToday && mayWrite, {
    onFound: (visit) => {
      setSelectedId(visit.visitId)
      if (visit.status === 'EXPECTED') actions.checkIn(visit)
    },
    onNobody: (patient) => setForm({ ...blank, visit: null, patient }),
    today: clinic.today,
  })

  const canCheckIn = mayWrite && isToday && selected?.status === 'EXPECTED'
  const hasConsent = mayWrite && selected?.care !== null && selected !== null
  useShortcuts([
    {
      keys: 'C',
      label: 'Check in the chosen patient',
      group: 'Today',
      isEnabled: canCheckIn,
      run: () => selected && actions.checkIn(selected),
    },
    {
      keys: 'K',
      label: 'Consent of the chosen patient',
      group: 'Today',
      isEnabled: hasConsent,
      run: () => selected && void steps.openConsent(selected.patientId),
    },
    ...(mayDo(person, 'followUp.read') ? [{ keys: 'F', label: 'Follow-up', group: 'Today', run: openFollowUp }] : []),
    ...(mayWrite ? [{ keys: 'A', label: 'Add a patient to the list', group: 'Today', run: add }] : []),
  ])

  return (
    <div className="day-tab">
      <div className="day-tab__card">
        {visits.length === 0 ? (
          <EmptyState
            sentence={isMine ? 'Nobody is booked with you on this day.' : 'No one is booked on this day.'}
            {...(mayWrite && {
              hint: 'Add a patient you know, or register a new one first.',
              action: (
                <Button variant="filled" onClick={add}>
                  Add a patient to the list
                </Button>
              ),
            })}
          />
        ) : (
          <DayTable
            visits={visits}
            nowTime={nowTime}
            today={clinic.today}
            timeZone={clinic.timeZone}
            selectedId={selectedId}
            onSelect={(visit) => setSelectedId(visit.visitId)}
            onOpen={(visit) => go(pathTo.chart(visit.patientId))}
            isMine={isMine}
            onStep={mayDo(person, 'session.write') && isToday ? (visit) => void steps.take(visit) : null}
            isBusy={steps.isRunning}
          />
        )}
      </div>
      {isMine && isToday && mayDo(person, 'session.write') && (
        <div className="day-tab__own">
          <OwnWorkCard clinic={clinic} isQuietWhenEmpty />
        </div>
      )}
      <RefusalText>{refusalOf(steps.refusal ?? (actions.dialog ? null : actions.refusal))}</RefusalText>
      <div className="day-tab__foot">
        {selected ? (
          <SelectedVisit
            visit={selected}
            actions={actions}
            isToday={isToday}
            mayWrite={mayWrite}
            onConsent={() => void steps.openConsent(selected.patientId)}
            onFollowUp={openFollowUp}
            onEdit={() => setForm({ ...blank, visit: selected, patient: null })}
          />
        ) : (
          <Legend hasCare={visits.some(({ care }) => care !== null)} />
        )}
        <div className="day-tab__days">
          <Button size="compact-sm" aria-label="Day before" px={6} onClick={() => onDayChange(addDays(on, -1))}>
            <IconChevronLeft size={15} aria-hidden="true" />
          </Button>
          {isToday ? (
            <span>Today</span>
          ) : (
            <Button size="compact-sm" onClick={() => onDayChange(clinic.today)}>
              {formatWeekdayDate(on)}: back to today
            </Button>
          )}
          <Button size="compact-sm" aria-label="Day after" px={6} onClick={() => onDayChange(addDays(on, 1))}>
            <IconChevronRight size={15} aria-hidden="true" />
          </Button>
          {mayWrite && (
            <Button
              size="compact-sm"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              rightSection={<KeyHint keys="A" />}
              onClick={add}
            >
              Add to the list
            </Button>
          )}
        </div>
      </div>
      {mayWrite && (
        <>
          <VisitDialogs actions={actions} today={clinic.today} />
          <BookingDrawer start={form} clinic={clinic} onClose={() => setForm(null)} />
        </>
      )}
    </div>
  )
}

function Legend({ hasCare }: { readonly hasCare: boolean }) {
  return (
    <div className="day-tab__legend">
      {hasCare && <ReadinessLegend />}
      <span className="day-tab__alike">
        <LookAlikeMark isShort /> name and birth date close to another patient
      </span>
    </div>
  )
}

function refusalOf(refusal: Parameters<typeof sentenceFor>[0] | null): string | null {
  return refusal ? sentenceFor(refusal) : null
}

type Day = Output<'visit.day'>

/** Somebody chose "check in" in the search: their line is chosen, or they are offered for the list. */
function useCheckInFromSearch(
  day: Day,
  isReady: boolean,
  {
    onFound,
    onNobody,
    today,
  }: {
    readonly onFound: (visit: Day['visits'][number]) => void
    readonly onNobody: (patient: BookingStart['patient']) => void
    readonly today: CalendarDate
  },
): void {
  const { checkIn: patientId } = useCarried()
  const banner = usePatientText(patientId, today)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs once for each patient that search hands over
  useEffect(() => {
    if (patientId === null || !isReady) return
    const visit = day.visits.find(
      (one) => one.patientId === patientId && one.status !== 'CANCELLED' && one.status !== 'DONE',
    )
    if (!visit && banner === null) return
    carry({ checkIn: null })
    if (visit) onFound(visit)
    else if (banner !== null) onNobody({ patientId, text: banner })
  }, [patientId, isReady, banner])
}

function usePatientText(patientId: Day['visits'][number]['patientId'] | null, today: CalendarDate): string | null {
  // Not asked while nobody is carried here, so the empty id never reaches main.
  const wanted = patientId ?? ('' as NonNullable<typeof patientId>)
  const { value } = useQuery('patient.banner', { patientId: wanted }, { isEnabled: patientId !== null })
  if (patientId === null || !value) return null
  return `${formatName({ familyName: value.family, givenName: value.given, preferredName: value.preferred })}, born ${formatBorn(value.bornOn, today)}, ${value.chartNumber}`
}
