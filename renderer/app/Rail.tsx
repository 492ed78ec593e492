import {
  IconBuildingHospital,
  IconCalendarEvent,
  IconCube,
  IconKeyboard,
  IconPhoneCall,
  IconSignature,
  IconUsers,
} from '@tabler/icons-react'
import { Logo } from '../parts/Logo.tsx'
import { hrefTo, paths } from './paths.ts'

export type RailName = 'today' | 'signOff' | 'followUp' | 'patients' | 'stock' | 'clinic'

/** An entry is there because the person may use it; what they may not use is left out by the caller. */
export type RailEntry = { readonly name: RailName; readonly count?: number }

const looks = {
  today: { label: 'Today', path: paths.today, Icon: IconCalendarEvent, counted: 'waiting' },
  signOff: { label: 'Sign-off', path: paths.signOff, Icon: IconSignature, counted: 'to sign off' },
  followUp: { label: 'Follow-up', path: paths.followUp, Icon: IconPhoneCall, counted: 'due' },
  patients: { label: 'Patients', path: paths.patients, Icon: IconUsers, counted: 'to review' },
  stock: { label: 'Stock', path: paths.stock, Icon: IconCube, counted: 'about to expire' },
  clinic: { label: 'Clinic', path: paths.clinic, Icon: IconBuildingHospital, counted: 'to look at' },
} as const satisfies Record<RailName, unknown>

export type RailProps = {
  readonly entries: readonly RailEntry[]
  readonly current: RailName | null
  readonly onShowKeys: () => void
}

export function Rail({ entries, current, onShowKeys }: RailProps) {
  return (
    <nav className="rail" aria-label="Screens">
      <div className="rail__mark">
        <Logo />
      </div>
      <ul className="rail__list">
        {entries
          .filter((entry) => entry.name !== 'clinic')
          .map((entry) => (
            <RailLink key={entry.name} entry={entry} isCurrent={entry.name === current} />
          ))}
      </ul>
      <ul className="rail__list rail__list--below">
        {entries
          .filter((entry) => entry.name === 'clinic')
          .map((entry) => (
            <RailLink key={entry.name} entry={entry} isCurrent={entry.name === current} />
          ))}
        <li>
          <button type="button" className="rail__entry" onClick={onShowKeys}>
            <IconKeyboard size={20} stroke={1.6} aria-hidden="true" />
            Keys
          </button>
        </li>
      </ul>
    </nav>
  )
}

function RailLink({ entry, isCurrent }: { readonly entry: RailEntry; readonly isCurrent: boolean }) {
  const { label, path, Icon, counted } = looks[entry.name]
  const count = entry.count ?? 0
  return (
    <li>
      <a className="rail__entry" href={hrefTo(path)} aria-current={isCurrent ? 'page' : undefined}>
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        {label}
        {count > 0 && (
          <span className="rail__count">
            {count > 99 ? '99+' : count}
            <span className="visually-hidden"> {counted}</span>
          </span>
        )}
      </a>
    </li>
  )
}
