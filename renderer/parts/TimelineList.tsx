import './TimelineList.css'
import {
  IconCalendarOff,
  IconCircleCheck,
  IconClipboardCheck,
  IconFileDescription,
  IconFilePlus,
  IconFlag,
  IconMail,
  IconPhoneCall,
  IconPhoto,
  IconSignature,
  IconStethoscope,
  IconUser,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { formatDate } from './format.ts'

export const timelineKinds = [
  'screening',
  'consent',
  'order',
  'session',
  'notStarted',
  'photos',
  'complication',
  'signOff',
  'addendum',
  'message',
  'call',
  'registration',
] as const
export type TimelineKind = (typeof timelineKinds)[number]

export type TimelineEntry = {
  readonly id: string
  readonly kind: TimelineKind
  readonly on: CalendarDate
  /** `14:50` on the clinic's clock; null where only the day is known. */
  readonly time: string | null
  readonly title: string
  readonly detail: string | null
  readonly who: string
  /** A tag, or `<SignedMark>`. */
  readonly state: ReactNode
  /** Nothing to act on any more and signed: printed quieter. */
  readonly isPast?: boolean
  /** Kept, and no longer counted: voided or withdrawn. */
  readonly isStruck?: boolean
  readonly href: string | null
}

const looks = {
  screening: { Icon: IconClipboardCheck, words: 'Screening' },
  consent: { Icon: IconSignature, words: 'Consent' },
  order: { Icon: IconStethoscope, words: 'Examination or order' },
  session: { Icon: IconFileDescription, words: 'Session' },
  notStarted: { Icon: IconCalendarOff, words: 'Not started' },
  photos: { Icon: IconPhoto, words: 'Photos' },
  complication: { Icon: IconFlag, words: 'Complication' },
  signOff: { Icon: IconCircleCheck, words: 'Sign-off' },
  addendum: { Icon: IconFilePlus, words: 'Addendum' },
  message: { Icon: IconMail, words: 'Message' },
  call: { Icon: IconPhoneCall, words: 'Call' },
  registration: { Icon: IconUser, words: 'Registration' },
} as const satisfies Record<TimelineKind, unknown>

export type TimelineListProps = {
  readonly entries: readonly TimelineEntry[]
  readonly currentId?: string | null
}

/** Newest first, in fixed columns: date, kind, title, who, signed state. */
export function TimelineList({ entries, currentId = null }: TimelineListProps) {
  return (
    <ol className="timeline-list">
      {entries.map((entry) => (
        <li key={entry.id} data-past={entry.isPast ?? false} data-current={entry.id === currentId}>
          <TimelineRow entry={entry} />
        </li>
      ))}
    </ol>
  )
}

function TimelineRow({ entry }: { readonly entry: TimelineEntry }) {
  const { Icon, words } = looks[entry.kind]
  const title = entry.isStruck ? (
    <s>
      {entry.title}
      <span className="visually-hidden"> (struck)</span>
    </s>
  ) : (
    entry.title
  )
  return (
    <>
      <span className="timeline-list__when">
        {formatDate(entry.on)}
        {entry.time !== null && <small>{entry.time}</small>}
      </span>
      <span className="timeline-list__kind">
        <Icon size={15} stroke={1.6} aria-hidden="true" />
        <span className="visually-hidden">{words}</span>
      </span>
      <span className="timeline-list__what">
        {entry.href === null ? <strong>{title}</strong> : <a href={entry.href}>{title}</a>}
        {entry.detail !== null && <small>{entry.detail}</small>}
      </span>
      <span className="timeline-list__who">{entry.who}</span>
      <span className="timeline-list__state">{entry.state}</span>
    </>
  )
}
