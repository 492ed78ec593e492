import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Role } from '../../shared/domain/roles.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import { formatClock } from '../parts/format.ts'
import { KeyHint } from '../parts/KeyHint.tsx'

const roleText = {
  frontDesk: 'Front desk',
  aesthetician: 'Aesthetician',
  physician: 'Physician',
  manager: 'Manager',
} as const satisfies Record<Role, string>

export type TopBarProps = {
  /** The global patient search. */
  readonly search: ReactNode
  readonly clinicName: string
  /** The clinic's clock comes from main, never from this computer's own. */
  readonly now: Instant
  readonly timeZone: string
  /** Printed name with title, e.g. `Dr Samuel Okafor`; every grant is shown. */
  readonly person: { readonly name: string; readonly roles: readonly Role[] }
  readonly onLock: () => void
}

export function TopBar({ search, clinicName, now, timeZone, person, onLock }: TopBarProps) {
  return (
    <header className="top-bar">
      <div className="top-bar__search">{search}</div>
      <div className="top-bar__facts">
        <span className="top-bar__clinic">{clinicName}</span>
        <span className="top-bar__clock">{formatClock(now, timeZone)}</span>
        <span className="top-bar__person">
          <strong>{person.name}</strong> {person.roles.map((role) => roleText[role]).join(', ')}
        </span>
        <Button
          leftSection={<IconLock size={15} stroke={1.7} aria-hidden="true" />}
          rightSection={<KeyHint keys="L" />}
          onClick={onLock}
          px={10}
        >
          Lock
        </Button>
      </div>
    </header>
  )
}
