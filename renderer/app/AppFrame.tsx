import { Outlet, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { patientSearchId } from '../parts/PersonSearch.tsx'
import { ShortcutProvider, useShortcutList, useShortcuts } from '../parts/shortcuts.tsx'
import { useGo } from './go.ts'
import { KeysDialog } from './KeysDialog.tsx'
import { paths } from './paths.ts'
import type { RailEntry, RailName } from './Rail.tsx'
import { Shell, type ShellProps } from './Shell.tsx'
import { BannerOutlet, BannerProvider } from './ShellBanner.tsx'

/** What the window shows round the screens, decided by where main says this person stands. */
export type Frame =
  /** Nothing known yet: the page stays empty, without a spinner. */
  | { readonly kind: 'starting' }
  /** First run, unlock, sign-in, lock and patient mode: no rail, no search, no keys. */
  | { readonly kind: 'outside'; readonly screen: ReactNode }
  | {
      readonly kind: 'inside'
      readonly railEntries: readonly RailEntry[]
      readonly topBar: ShellProps['topBar']
      readonly status: ShellProps['status']
      readonly sampleStrip: ReactNode
      readonly hasSingleKeys: boolean
      readonly onSingleKeysChange: (hasSingleKeys: boolean) => void
      readonly mayRegister: boolean
    }

export type UseFrame = () => Frame

export function AppFrame({ useFrame }: { readonly useFrame: UseFrame }) {
  const frame = useFrame()
  if (frame.kind === 'starting') return <div aria-busy="true" />
  if (frame.kind === 'outside') return frame.screen
  return (
    <ShortcutProvider hasSingleKeys={frame.hasSingleKeys}>
      <BannerProvider>
        <InsideFrame frame={frame} />
      </BannerProvider>
    </ShortcutProvider>
  )
}

const railPaths = {
  today: paths.today,
  signOff: paths.signOff,
  followUp: paths.followUp,
  patients: paths.patients,
  stock: paths.stock,
  clinic: paths.clinic,
} as const satisfies Record<RailName, string>

/** Alt 1-5 open these, in the order of the rail. */
const railKeys = [
  ['today', 'Today'],
  ['signOff', 'Sign-off'],
  ['followUp', 'Follow-up'],
  ['patients', 'Patients'],
  ['stock', 'Stock'],
] as const satisfies readonly (readonly [RailName, string])[]

function InsideFrame({ frame }: { readonly frame: Extract<Frame, { kind: 'inside' }> }) {
  const [isKeysOpen, setKeysOpen] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { list } = useShortcutList()
  const go = useGo()

  useShortcuts([
    { keys: '/', label: 'Find a patient', group: 'Everywhere', run: focusSearch },
    { keys: 'Ctrl K', label: 'Find a patient', group: 'Everywhere', run: focusSearch },
    ...(frame.mayRegister
      ? [{ keys: 'N', label: 'Register a patient', group: 'Everywhere', run: () => go(paths.register) }]
      : []),
    { keys: 'L', label: 'Lock or switch person', group: 'Everywhere', run: frame.topBar.onLock },
    { keys: '?', label: 'Show the keys', group: 'Everywhere', run: () => setKeysOpen(true) },
    ...railKeys.flatMap(([name, label], index) =>
      frame.railEntries.some((entry) => entry.name === name)
        ? [{ keys: `Alt ${index + 1}`, label, group: 'Screens', run: () => go(railPaths[name]) }]
        : [],
    ),
  ])

  return (
    <>
      <Shell
        rail={{ entries: frame.railEntries, current: railNameOf(path) }}
        topBar={frame.topBar}
        status={frame.status}
        sampleStrip={frame.sampleStrip}
        onShowKeys={() => setKeysOpen(true)}
        banner={<BannerOutlet />}
      >
        <Outlet />
      </Shell>
      <KeysDialog
        isOpen={isKeysOpen}
        onClose={() => setKeysOpen(false)}
        shortcuts={isKeysOpen ? list() : []}
        hasSingleKeys={frame.hasSingleKeys}
        onSingleKeysChange={frame.onSingleKeysChange}
      />
    </>
  )
}

function railNameOf(path: string): RailName | null {
  const found = (Object.keys(railPaths) as RailName[]).find(
    (name) => path === railPaths[name] || path.startsWith(`${railPaths[name]}/`),
  )
  return found ?? null
}

function focusSearch() {
  document.getElementById(patientSearchId)?.focus()
}
