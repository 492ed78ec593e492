import './booking.css'
import { Button, Checkbox, Drawer } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { Clinic } from '../use-clinic.ts'
import { ServiceFields, WhenFields, WhoFields, WithFields } from './BookingFields.tsx'
import { CancelBooking } from './CancelBooking.tsx'
import { CheckResult } from './CheckResult.tsx'
import { SeriesBooking } from './SeriesBooking.tsx'
import { type BookingStart, useBookingForm } from './use-booking-form.ts'
import { WhyEarly } from './WhyEarly.tsx'

/** What makes a check stale. */
export const bookingSubjects = ['visit', 'series', 'order', 'consent', 'screening', 'clearance', 'staff'] as const

export type BookingDrawerProps = {
  /** Null while closed. */
  readonly start: BookingStart | null
  readonly clinic: Clinic
  readonly onClose: () => void
  /** The day on which something was booked, so that the calendar can show it. */
  readonly onBooked?: (on: CalendarDate) => void
}

/** Books, moves and cancels: who, what for, when, with whom, where, and what stands against it. */
export function BookingDrawer({ start, clinic, onClose, onBooked }: BookingDrawerProps) {
  const title = start?.visit ? 'Change the booking' : 'Book a visit'
  return (
    <Drawer opened={start !== null} onClose={onClose} title={title} size={520}>
      {start && (
        <BookingBody start={start} clinic={clinic} onClose={onClose} onBooked={onBooked ?? (() => undefined)} />
      )}
    </Drawer>
  )
}

type BodyProps = {
  readonly start: BookingStart
  readonly clinic: Clinic
  readonly onClose: () => void
  readonly onBooked: (on: CalendarDate) => void
}

function BookingBody(props: BodyProps) {
  const { start } = props
  const calendar = useQuery('booking.calendar', { from: start.onDate, days: 1 }, { dependsOn: ['visit', 'staff'] })
  if (!calendar.value) return <div aria-busy="true" />
  return <BookingFormBody {...props} calendar={calendar.value} />
}

type Calendar = NonNullable<ReturnType<typeof useQuery<'booking.calendar'>>['value']>

function BookingFormBody({ start, clinic, onClose, onBooked, calendar }: BodyProps & { readonly calendar: Calendar }) {
  const form = useBookingForm(start, calendar.usualMin)
  const { visit, plan, patientId } = form
  const [kind, setKind] = useState<'one' | 'series'>('one')
  const [isCancelling, setCancelling] = useState(false)
  const fields = useRef<HTMLFormElement>(null)
  // The drawer looked for its first field before there was one.
  useEffect(() => fields.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), [])
  const person = useQuery(
    'booking.patient',
    { patientId: patientId ?? ('' as never) },
    { isEnabled: patientId !== null, dependsOn: ['visit', 'series', 'session'] },
  )
  const check = useQuery(
    'booking.check',
    { ...(plan ?? ({} as never)), visitId: visit?.visitId ?? null },
    { isEnabled: plan !== null && kind === 'one', dependsOn: bookingSubjects },
  )
  const add = useCommand('visit.add')
  const edit = useCommand('visit.edit')
  const refusal = add.refusal ?? edit.refusal
  const judged = plan === null ? undefined : check.value
  const physician = calendar.practitioners.find((one) => one.isPhysician)
  const mayAgree = judged?.problems.some((problem) => problem.mayAgree) ?? false
  const courses = person.value?.courses.filter((course) => course.mayBook) ?? []

  async function save() {
    if (plan === null) return
    const outside = mayAgree && form.isOutsideHours ? { isOutsideHours: true } : {}
    const reply = visit
      ? await edit.run({ ...plan, ...outside, visitId: visit.visitId, version: visit.version })
      : await add.run({ ...plan, ...outside, ...(start.waiting && { waiting: start.waiting }) })
    if (!reply.ok) return
    onBooked(plan.onDate)
    onClose()
  }

  function becomeConsultation() {
    form.setService('CONSULTATION')
    form.setLengthMin(calendar.usualMin.talk)
    const own = calendar.practitioners.find((one) => one.staffId === form.practitionerId)
    if (!own?.isPhysician) form.setPractitionerId(physician?.staffId ?? null)
  }

  if (isCancelling && visit) return <CancelBooking visit={visit} onBack={() => setCancelling(false)} onDone={onClose} />
  return (
    <form
      ref={fields}
      className="booking-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (plan !== null && kind === 'one') void save()
      }}
    >
      <WhoFields form={form} clinic={clinic} person={person.value ?? null} />
      {!visit && !start.waiting && courses.length > 0 && (
        <SegmentedChoice
          label="How many"
          labelPlace="hidden"
          segments={[
            { value: 'one', label: 'One visit' },
            { value: 'series', label: 'The sessions of a course' },
          ]}
          value={kind}
          onChange={setKind}
        />
      )}
      {kind === 'series' && person.value ? (
        <SeriesBooking
          form={form}
          clinic={clinic}
          person={person.value}
          calendar={calendar}
          onBooked={(on) => {
            onBooked(on)
            onClose()
          }}
          onBack={onClose}
        />
      ) : (
        <>
          <WhenFields form={form} clinic={clinic} />
          <ServiceFields form={form} person={person.value ?? null} />
          <WithFields form={form} practitioners={calendar.practitioners} rooms={calendar.rooms} />
          {judged && plan && (
            <>
              <CheckResult
                judged={judged}
                action={<Button onClick={becomeConsultation}>Make it a consultation with a physician</Button>}
              />
              {judged.verdict !== 'FREE' && (
                <WhyEarly patientId={plan.patientId} on={plan.onDate} seriesId={plan.seriesId} />
              )}
            </>
          )}
          {mayAgree && (
            <Checkbox
              label="Book it outside the hours all the same"
              checked={form.isOutsideHours}
              onChange={(event) => form.setOutsideHours(event.currentTarget.checked)}
            />
          )}
          <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
          <div className="booking-foot">
            {visit && visit.status === 'EXPECTED' && (
              <Button onClick={() => setCancelling(true)}>Cancel this booking</Button>
            )}
            <span className="booking-foot__space" />
            <Button onClick={onClose}>Back</Button>
            <Button type="submit" variant="filled" disabled={plan === null || add.isRunning || edit.isRunning}>
              {visit ? 'Save' : 'Book'}
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
