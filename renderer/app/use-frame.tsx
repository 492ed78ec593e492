import { useRouterState } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import type { ConsentId, PatientId, ScreeningId } from '../../shared/kernel/ids.ts'
import { dateInZone } from '../../shared/kernel/time.ts'
import { forgetEverything, onAppEvent } from '../client/ClientProvider.tsx'
import { client, type Output } from '../client/client.ts'
import { flushPendingSaves } from '../client/pending-saves.ts'
import { useQuery } from '../client/use-query.ts'
import { sentenceFor } from '../refusals/index.ts'
import type { HeldScreenProps } from '../screens/held/HeldScreen.tsx'
import type { PatientModeScreenProps } from '../screens/patient-mode/PatientModeScreen.tsx'
import { CheckingScreen } from '../screens/sign-in/CheckingScreen.tsx'
import { PassphraseScreen } from '../screens/sign-in/PassphraseScreen.tsx'
import { RestingScreen } from '../screens/sign-in/RestingScreen.tsx'
import { SignInScreen } from '../screens/sign-in/SignInScreen.tsx'
import { StoreFaultScreen } from '../screens/sign-in/StoreFaultScreen.tsx'
import { UnreachableScreen } from '../screens/sign-in/UnreachableScreen.tsx'
import type { Frame } from './AppFrame.tsx'
import { useGo } from './go.ts'
import { IdleGuard } from './IdleGuard.tsx'
import { KeysStrip } from './keys/KeysStrip.tsx'
import { paths, pathTo } from './paths.ts'
import type { RailEntry } from './Rail.tsx'
import { ReadOnlyStrip } from './ReadOnlyStrip.tsx'
import { SampleActions } from './SampleActions.tsx'
import { SampleStrip } from './SampleStrip.tsx'
import type { BackupState, RestoreState, SaveState } from './StatusLine.tsx'
import { useSetUpPage } from './set-up-progress.ts'
import { useSingleKeys } from './single-keys.ts'
import { TopSearch } from './TopSearch.tsx'
import { type ClinicStatus, clinicSubjects, type OpenClinic } from './use-clinic.ts'
import { type RailCounts, useCounts } from './use-counts.ts'
import { mayDo, type Person, personSubjects, usePerson } from './use-person.ts'

/** The clock of the top bar shows minutes; the answer behind it is two small reads. */
const clockEveryMs = 10_000

/** Where this person stands, as main tells it, and what therefore stands round the screens. */
export function useFrame(): Frame {
  const status = useQuery('clinic.status', {}, { dependsOn: clinicSubjects })
  const state = useQuery('signIn.state', {}, { dependsOn: personSubjects })
  const person = usePerson()
  const setUpPage = useSetUpPage()
  const isCodePending = status.value?.store.state === 'OPEN' && status.value.store.keys === 'CODE_PENDING'
  const isInside = person !== null && setUpPage === null && !isCodePending
  const isAtOwnSpot = useOwnSpot(isInside ? person.staffId : null, state.value ?? null)
  const inside = useInside(
    status.value ?? null,
    status.refusal ? sentenceFor(status.refusal) : null,
    isCodePending ? null : person,
  )
  useFreshness([status.refetch, state.refetch])

  // While an answer is fetched anew, what stood outside stays (a form keeps its text) and what stood inside is gone.
  const lastOutside = useRef<Frame>({ kind: 'starting' })
  const frame = ((): Frame => {
    if (!status.value || !state.value) {
      if (status.refusal || state.refusal) return outside(<UnreachableScreen />)
      return lastOutside.current
    }
    const { store } = status.value
    if (store.state === 'FAULT')
      return outside(
        <StoreFaultScreen
          found={store}
          canChoose={status.value.host === 'electron'}
          timeZone={status.value.timeZone}
        />,
      )
    if (store.state === 'CHECKING') return outside(<CheckingScreen done={store.done} total={store.total} />)
    if (store.state === 'PASSPHRASE_NEEDED')
      return outside(<PassphraseScreen why={store.why} opensBy={store.opensBy} />)
    if (store.state === 'RESTING') return outside(<RestingScreen opensBy={store.opensBy} />)
    if (store.state === 'NONE') return outside(<FirstRun status={status.value} />)
    if (state.value.kind === 'PATIENT_MODE') return outside(<PatientMode form={state.value.form} />)
    if (state.value.kind !== 'SIGNED_IN' || !person)
      return outside(<SignInScreen clinic={{ ...store, now: status.value.now }} state={state.value} />)
    if (store.hold !== null) return outside(<Held clinic={store} hold={store.hold} />)
    if (setUpPage !== null || isCodePending) return outside(<FirstRun status={status.value} />)
    return isAtOwnSpot && inside ? inside : { kind: 'starting' }
  })()
  lastOutside.current = frame.kind === 'outside' ? frame : { kind: 'starting' }
  return frame
}

function outside(screen: ReactNode): Frame {
  return { kind: 'outside', screen }
}

// Needed once in the life of a clinic, so no other start waits for it.
const FirstRunScreen = lazy(async () => {
  const { FirstRunScreen: component } = await import('../screens/first-run/FirstRunScreen.tsx')
  return { default: component }
})

function FirstRun({ status }: { readonly status: ClinicStatus }) {
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <FirstRunScreen status={status} />
    </Suspense>
  )
}

const HeldScreen = lazy(async () => {
  const { HeldScreen: component } = await import('../screens/held/HeldScreen.tsx')
  return { default: component }
})

function Held({ clinic, hold }: HeldScreenProps) {
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <HeldScreen clinic={clinic} hold={hold} />
      <IdleGuard />
    </Suspense>
  )
}

const PatientModeScreen = lazy(async () => {
  const { PatientModeScreen: component } = await import('../screens/patient-mode/PatientModeScreen.tsx')
  return { default: component }
})

function PatientMode({ form }: PatientModeScreenProps) {
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <PatientModeScreen form={form} />
      <IdleGuard who="patient" />
    </Suspense>
  )
}

function useInside(status: ClinicStatus | null, failure: string | null, person: Person | null): Frame | null {
  const [hasSingleKeys, setSingleKeys] = useSingleKeys()
  const counts = useCounts()
  const backup = useQuery('backup.state', {}, { isEnabled: person !== null })
  if (status?.store.state !== 'OPEN' || !person) return null
  const { store, now, timeZone } = status
  return {
    kind: 'inside',
    railEntries: railEntriesFor(person, counts),
    topBar: {
      search: <TopSearch />,
      clinicName: store.clinicName,
      now,
      timeZone,
      person: { name: person.printedName, roles: person.roles },
      onLock: () => void lockNow(),
    },
    status: {
      now,
      timeZone,
      saved: saveStateOf(store, failure),
      backup: backupStateOf(store, backup.value ?? null),
      restore: restoreStateOf(backup.value ?? null, timeZone),
    },
    sampleStrip: (
      <>
        <IdleGuard />
        {store.readOnly && <ReadOnlyStrip reason={store.readOnly} />}
        {mayDo(person, 'keys.write') && <KeysStrip standing={store.keys} />}
        {store.isSample && <SampleStrip action={<SampleActions />} />}
      </>
    ),
    hasSingleKeys,
    onSingleKeysChange: setSingleKeys,
    mayRegister: mayDo(person, 'demographics.write'),
  }
}

/** What was typed goes first: once the window is locked, main takes no text from it. */
async function lockNow(): Promise<void> {
  await flushPendingSaves()
  await client.call('signIn.lock', {}).catch(() => null)
  forgetEverything()
}

const railRights = [
  ['today', 'schedule.read'],
  ['signOff', 'session.countersign'],
  ['followUp', 'followUp.read'],
  ['patients', 'demographics.read'],
  ['stock', 'stock.read'],
  ['clinic', 'staff.read'],
] as const

function railEntriesFor(person: Person, counts: RailCounts): readonly RailEntry[] {
  return railRights
    .filter(([, permission]) => mayDo(person, permission))
    .map(([name]) => ({ name, count: counts[name] ?? 0 }))
}

function saveStateOf(store: OpenClinic, failure: string | null): SaveState {
  if (failure !== null) return { state: 'failed', sentence: failure }
  return store.lastSavedAt === null ? { state: 'nothingToSave' } : { state: 'saved', at: store.lastSavedAt }
}

type Backups = Output<'backup.state'>

function restoreStateOf(backup: Backups | null, timeZone: string): RestoreState {
  if (backup?.proven?.failure) return { state: 'failed' }
  const at = backup?.proven?.at ?? null
  return at === null ? { state: 'notYetProven' } : { state: 'proven', on: dateInZone(at, timeZone) }
}

function backupStateOf(store: OpenClinic, backup: Backups | null): BackupState {
  if (backup?.failure) return { state: 'failed', at: backup.failure.at }
  if (store.lastCopyAt === null) return { state: 'never' }
  if (backup?.standing === 'LATE') return { state: 'late', at: store.lastCopyAt }
  if (backup?.second && backup.second.standing !== 'DONE') return { state: 'secondLate', at: store.lastCopyAt }
  return { state: 'done', at: store.lastCopyAt, where: chosenFolder(backup?.last?.folder ?? '') }
}

/** The folder that the person chose: the copy's own lies inside it. */
function chosenFolder(copyFolder: string): string {
  return copyFolder.split(/[\\/]/).at(-2) || 'the chosen folder'
}

/** Asks again for where this window stands: every few seconds for the clock, and after any change. */
function useFreshness(asks: readonly (() => void)[]): void {
  const latest = useRef(asks)
  latest.current = asks
  useEffect(() => {
    const askAll = () => {
      for (const ask of latest.current) ask()
    }
    const ticking = setInterval(() => latest.current[0]?.(), clockEveryMs)
    const stop = onAppEvent((event) => {
      if (event.type === 'CHANGED') askAll()
    })
    return () => {
      clearInterval(ticking)
      stop()
    }
  }, [])
}

/** Where each person of this window was last; in memory only, gone with the window. */
const spotByStaffId = new Map<string, string>()

/**
 * After a lock or a patient's form the same person is back at the same spot, whatever the address says by now; another
 * one comes to their own, never to the first one's chart. False while the way there is still being gone.
 */
function useOwnSpot(staffId: string | null, state: WindowState | null): boolean {
  const path = useRouterState({ select: (router) => router.resolvedLocation?.href ?? router.location.href })
  const isOnTheWay = useRouterState({
    select: (router) => router.resolvedLocation !== undefined && router.resolvedLocation.href !== router.location.href,
  })
  const go = useGo()
  const [settledFor, setSettledFor] = useState<string | null>(null)
  const isSettled = staffId !== null && settledFor === staffId
  // The first person of a window keeps the address it was opened with: a reload comes back to its place.
  const firstSpot = useRef<'ADDRESS' | string>('ADDRESS')

  useEffect(() => {
    if (state === null) return
    // In a window that a patient reloaded the address is the patient's; nobody knows a better place than the form's page.
    if (state.kind === 'PATIENT_MODE' && firstSpot.current === 'ADDRESS') firstSpot.current = spotOfForm(state.form)
    if (state.kind === 'LOCKED' && firstSpot.current !== 'ADDRESS') firstSpot.current = paths.today
    if (state.kind !== 'SIGNED_IN') setSettledFor(null)
  }, [state])

  useEffect(() => {
    if (staffId === null || isOnTheWay) return
    if (isSettled) {
      spotByStaffId.set(staffId, path)
      return
    }
    const spot = spotByStaffId.get(staffId) ?? (firstSpot.current === 'ADDRESS' ? path : firstSpot.current)
    if (path === spot) {
      firstSpot.current = paths.today
      setSettledFor(staffId)
    } else go(spot, { replace: true })
  }, [staffId, isSettled, isOnTheWay, path, go])

  return isSettled
}

type WindowState = Output<'signIn.state'>

/** The page from which the patient was given this form. */
function spotOfForm({ patientId, kind, formId }: Extract<WindowState, { kind: 'PATIENT_MODE' }>['form']): string {
  // The ids come from main, which made them.
  const patient = patientId as PatientId
  return kind === 'SCREENING'
    ? pathTo.screening(patient, formId as ScreeningId)
    : pathTo.consent(patient, formId as ConsentId)
}
