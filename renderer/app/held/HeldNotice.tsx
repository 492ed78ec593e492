import './held-notice.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import { formatDateTime, formatPlural } from '../../parts/format.ts'
import type { OpenClinic } from '../use-clinic.ts'

export type Hold = NonNullable<OpenClinic['hold']>

/** One line over the sign-in: nobody begins to work without knowing. */
export function HeldNotice({ hold }: { readonly hold: Hold }) {
  return (
    <p className="held-notice" role="alert">
      <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
      <span>
        <strong>{heldTitle(hold)}.</strong> Nobody can work with these records until a practice manager has decided.
      </span>
    </p>
  )
}

export function heldTitle({ kind, missing }: Hold): string {
  if (kind === 'BEHIND' && missing !== null)
    return missing === 1
      ? 'The last entry is missing'
      : `The last ${formatPlural(missing, 'entry', 'entries')} are missing`
  if (kind === 'OTHER_LINE') return 'The last entries are not the ones that were written here'
  return 'Nobody can say whether entries are missing'
}

/** What happened, in the words of whoever stands before it. */
export function heldSentences(hold: Hold, timeZone: string): readonly string[] {
  const { kind, anchoredAt, lastEntryAt } = hold
  const at = anchoredAt === null ? 'last' : `on ${formatDateTime(anchoredAt, timeZone)}`
  const newest =
    lastEntryAt === null
      ? 'There is no entry at all.'
      : `The newest entry that is there was made on ${formatDateTime(lastEntryAt, timeZone)}.`
  const happened = {
    BEHIND: `When the end of the audit was noted beside the records, ${at}, there were more entries than now. ${newest}`,
    OTHER_LINE: `When the end of the audit was noted beside the records, ${at}, another entry stood there. ${newest}`,
    NO_ANCHOR: `The file anchor.json beside the records, which says how far they went, is gone or was not written by this clinic. ${newest}`,
  }[kind]
  return [
    happened,
    'That happens when an older copy is put in the place of the records, when the end of their file is lost in a power cut, or when somebody removes entries. What was written in them – sessions, signatures, consents – is not in these records.',
  ]
}
