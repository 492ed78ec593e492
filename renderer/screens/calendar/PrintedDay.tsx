import { serviceText } from '../../app/visits/visit-words.ts'
import { formatBorn, formatName, formatWeekdayDate } from '../../parts/format.ts'
import { bookingState } from './booking-label.ts'
import { type Calendar, standing } from './calendar-layout.ts'

/** The list on paper: not on the screen, alone on the page when it is printed. */
export function PrintedDay({ calendar, clinicName }: { readonly calendar: Calendar; readonly clinicName: string }) {
  return (
    <div className="printed-day" aria-hidden="true">
      {calendar.days.map((day) => {
        const visits = standing(calendar.visits).filter((visit) => visit.onDate === day.on)
        return (
          <section key={day.on}>
            <h2>
              {clinicName} · {formatWeekdayDate(day.on)}
            </h2>
            {visits.length === 0 ? (
              <p>{day.isClosed ? 'Closed.' : 'Nobody is booked.'}</p>
            ) : (
              <table>
                <thead>
                  <tr>
                    <th>Time</th>
                    <th>Patient</th>
                    <th>Born</th>
                    <th>Chart</th>
                    <th>Service</th>
                    <th>With</th>
                    <th>Room</th>
                    <th>State</th>
                  </tr>
                </thead>
                <tbody>
                  {visits.map((visit) => (
                    <tr key={visit.visitId}>
                      <td>
                        {visit.atTime}–{visit.untilTime}
                      </td>
                      <td>
                        {formatName(visit)}
                        {visit.isLookAlike && ' (look-alike)'}
                      </td>
                      <td>{formatBorn(visit.bornOn, day.on)}</td>
                      <td>{visit.chartNumber}</td>
                      <td>{serviceText(visit)}</td>
                      <td>{visit.practitionerName ?? 'Nobody yet'}</td>
                      <td>{visit.room ?? ''}</td>
                      <td>{bookingState(visit).words}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        )
      })}
    </div>
  )
}
