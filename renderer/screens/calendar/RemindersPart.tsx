import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatName, formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { reminderText } from './reminder-text.ts'

type Reminders = Output<'booking.reminders'>
type Reminder = Reminders['reminders'][number]

/** Whom a reminder is due for, with its text. People send it themselves; the program sends nothing. */
export function RemindersPart() {
  const due = useQuery('booking.reminders', {}, { dependsOn: ['visit', 'patient', 'clinic'] })
  const remind = useCommand('booking.remind')
  const [copied, setCopied] = useState<string | null>(null)
  if (due.refusal) return <RefusalText>{sentenceFor(due.refusal)}</RefusalText>
  if (!due.value) return <div aria-busy="true" />
  const { reminders, clinicName, clinicPhone } = due.value

  async function note(reminder: Reminder, how: 'COPIED' | 'PHONED') {
    const { patientId, visitId, version } = reminder
    if (how === 'COPIED') {
      await navigator.clipboard.writeText(reminderText({ ...reminder, clinicName, clinicPhone }))
      setCopied(formatName(reminder))
    }
    await remind.run({ patientId, visitId, version, how })
  }

  return (
    <div className="calendar-part">
      <p className="text-12 text-2">
        Copy a text into your own phone or mail. It never says what the visit is for, and the program sends nothing.
      </p>
      <RefusalText>{remind.refusal ? sentenceFor(remind.refusal) : null}</RefusalText>
      <p aria-live="polite" className="text-12">
        {copied !== null && `The text for ${copied} is copied.`}
      </p>
      {reminders.length === 0 ? (
        <EmptyState sentence="No reminder is due today." />
      ) : (
        <ul className="reminders" aria-label="Reminders that are due">
          {reminders.map((reminder) => (
            <li key={reminder.visitId}>
              <p>
                <strong>{formatName(reminder)}</strong> {reminder.isLookAlike && <LookAlikeMark isShort />}{' '}
                {formatWeekdayDate(reminder.onDate)} {reminder.atTime}, reminder{' '}
                {formatPlural(reminder.daysAhead, 'day')} before · {reminder.phone ?? 'no phone on file'}
              </p>
              <p className="reminders__text">{reminderText({ ...reminder, clinicName, clinicPhone })}</p>
              <div className="booking-foot">
                <Button
                  aria-label={`Copy the text for ${formatName(reminder)}`}
                  disabled={remind.isRunning}
                  onClick={() => void note(reminder, 'COPIED')}
                >
                  Copy the text
                </Button>
                <Button
                  aria-label={`${formatName(reminder)} was phoned`}
                  disabled={remind.isRunning}
                  onClick={() => void note(reminder, 'PHONED')}
                >
                  Phoned
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {reminders.length > 0 && <Button onClick={() => window.print()}>Print the texts</Button>}
    </div>
  )
}
