import { Button } from '@mantine/core'
import type { DayPart } from '../../../shared/domain/booking.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { BookingStart } from '../../app/visits/use-booking-form.ts'
import { serviceWords, shortStaffName } from '../../app/visits/visit-words.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate, formatName } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { WaitForm } from './WaitForm.tsx'

type Entry = Output<'booking.waiting'>['entries'][number]

const partWords: Readonly<Record<DayPart, string>> = { ANY: 'any time', MORNING: 'mornings', AFTERNOON: 'afternoons' }

/** Who wants a time that was not free, longest waiting first. */
export function WaitingPart({
  clinic,
  onBook,
}: {
  readonly clinic: Clinic
  readonly onBook: (start: Partial<BookingStart>) => void
}) {
  const waiting = useQuery('booking.waiting', {}, { dependsOn: ['visit', 'patient'] })
  const leave = useCommand('booking.leave')
  if (waiting.refusal) return <RefusalText>{sentenceFor(waiting.refusal)}</RefusalText>
  if (!waiting.value) return <div aria-busy="true" />
  const { entries } = waiting.value
  return (
    <div className="calendar-part">
      <WaitForm clinic={clinic} />
      <RefusalText>{leave.refusal ? sentenceFor(leave.refusal) : null}</RefusalText>
      {entries.length === 0 ? (
        <EmptyState sentence="Nobody is waiting for a time." />
      ) : (
        <table className="calendar-table" aria-label="Waiting list">
          <thead>
            <tr>
              <th scope="col">Patient</th>
              <th scope="col">For</th>
              <th scope="col">When</th>
              <th scope="col">With</th>
              <th scope="col">Phone</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span className="visually-hidden">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.waitingId}>
                <th scope="row">
                  {formatName(entry)} {entry.isLookAlike && <LookAlikeMark isShort />}
                  {entry.note !== null && <span className="text-12 text-2"> {entry.note}</span>}
                </th>
                <td>
                  {serviceWords[entry.service]}, {entry.lengthMin} min
                </td>
                <td>{whenWords(entry)}</td>
                <td>{entry.practitionerName === null ? 'Anybody' : shortStaffName(entry.practitionerName)}</td>
                <td>{entry.phone ?? 'No phone'}</td>
                <td>{formatDate(entry.since.slice(0, 10))}</td>
                <td>
                  <div className="calendar-table__acts">
                    <Button aria-label={`Book ${formatName(entry)}`} onClick={() => onBook(startOf(entry, clinic))}>
                      Book
                    </Button>
                    <Button
                      aria-label={`Take ${formatName(entry)} off the list`}
                      disabled={leave.isRunning}
                      onClick={() => void leave.run(whose(entry))}
                    >
                      Take off
                    </Button>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function whose({ patientId, waitingId, version }: Entry) {
  return { patientId, waitingId, version }
}

function startOf(entry: Entry, clinic: Clinic): Partial<BookingStart> {
  return {
    patient: { patientId: entry.patientId, text: formatName(entry) },
    onDate: entry.fromOn < clinic.today ? clinic.today : entry.fromOn,
    service: entry.service,
    lengthMin: entry.lengthMin,
    practitionerId: entry.practitionerId,
    seriesId: entry.seriesId,
    waiting: { waitingId: entry.waitingId, version: entry.version },
  }
}

function whenWords({ fromOn, untilOn, dayPart }: Entry): string {
  const until = untilOn === null ? '' : ` until ${formatDate(untilOn)}`
  return `${partWords[dayPart]} from ${formatDate(fromOn)}${until}`
}
