import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { KeysDialog } from '../../../renderer/app/KeysDialog.tsx'
import type { RailName } from '../../../renderer/app/Rail.tsx'
import { SampleStrip } from '../../../renderer/app/SampleStrip.tsx'
import { Shell } from '../../../renderer/app/Shell.tsx'
import { KeyHint } from '../../../renderer/parts/KeyHint.tsx'
import { type PersonHit, PersonSearch, type SearchOutcome } from '../../../renderer/parts/PersonSearch.tsx'
import { ShortcutProvider, useShortcutList, useShortcuts } from '../../../renderer/parts/shortcuts.tsx'
import type { Role } from '../../../shared/domain/roles.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'

export const today = '2026-08-03'
export const timeZone = 'America/Chicago'

export type FrameSceneProps = {
  readonly current: RailName
  readonly person?: { readonly name: string; readonly roles: readonly Role[] }
  readonly banner?: ReactNode
  readonly search?: { readonly text: string; readonly outcome: SearchOutcome }
  readonly isSample?: boolean
  readonly children: ReactNode
}

/** The shell round a scene, with the clinic's now at Mon 03-Aug-2026 10:42. */
export function FrameScene(props: FrameSceneProps) {
  return (
    <ShortcutProvider hasSingleKeys>
      <Inside {...props} />
    </ShortcutProvider>
  )
}

function Inside({ current, person, banner = null, search, isSample = false, children }: FrameSceneProps) {
  const [text, setText] = useState(search?.text ?? '')
  const [outcome, setOutcome] = useState<SearchOutcome>(search?.outcome ?? { kind: 'idle' })
  const [isKeysOpen, setKeysOpen] = useState(false)
  const [hasSingleKeys, setSingleKeys] = useState(true)
  const { list } = useShortcutList()
  useShortcuts([
    { keys: '?', label: 'Show the keys', group: 'Everywhere', run: () => setKeysOpen(true) },
    { keys: 'L', label: 'Lock or switch person', group: 'Everywhere', run: () => undefined },
    { keys: 'Ctrl K', label: 'Find a patient', group: 'Everywhere', run: () => undefined },
    { keys: 'Alt 1', label: 'Today', group: 'Screens', run: () => undefined },
  ])
  return (
    <>
      <Shell
        rail={{
          entries: [
            { name: 'today' },
            { name: 'signOff', count: 17 },
            { name: 'followUp', count: 9 },
            { name: 'patients' },
            { name: 'stock' },
            { name: 'clinic' },
          ],
          current,
        }}
        topBar={{
          search: (
            <PersonSearch
              text={text}
              outcome={outcome}
              today={today}
              registerText="“wal jo”, born 04-Mar-1984"
              mayCheckIn
              onTextChange={setText}
              onOpen={() => setOutcome({ kind: 'idle' })}
              onCheckIn={() => setOutcome({ kind: 'idle' })}
              onReadOtherWay={() => undefined}
              onRegister={() => undefined}
              onClose={() => setOutcome({ kind: 'idle' })}
            />
          ),
          clinicName: 'Alder Row Skin Clinic',
          now: '2026-08-03T15:42:16.000Z',
          timeZone,
          person: person ?? { name: 'Noor Haddad', roles: ['frontDesk'] },
          onLock: () => undefined,
        }}
        status={{
          now: '2026-08-03T15:42:16.000Z',
          timeZone,
          saved: { state: 'saved', at: '2026-08-03T15:42:16.000Z' },
          backup: { state: 'done', at: '2026-08-03T15:30:00.000Z', where: 'the clinic drive and the second disk' },
          restore: { state: 'proven', on: '2026-08-01' },
        }}
        onShowKeys={() => setKeysOpen(true)}
        sampleStrip={isSample ? <SampleStrip action={<Button size="xs">Reset</Button>} /> : null}
        banner={banner}
      >
        {children}
      </Shell>
      <KeysDialog
        isOpen={isKeysOpen}
        onClose={() => setKeysOpen(false)}
        shortcuts={list()}
        hasSingleKeys={hasSingleKeys}
        onSingleKeysChange={setSingleKeys}
      />
    </>
  )
}

export function RegisterButton() {
  return (
    <Button
      variant="filled"
      leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
      rightSection={<KeyHint keys="N" tone="onAccent" />}
    >
      Register patient
    </Button>
  )
}

export const searchOutcome: SearchOutcome = {
  kind: 'found',
  total: 7,
  dateReading: {
    typed: '3/4/84',
    readAs: '1984-03-04',
    how: 'month first, as set for this clinic',
    otherReading: '1984-04-03',
  },
  hits: [
    hit({ n: 1, family: 'Walker', given: 'Joanna', preferred: 'Jo', phone: '0142', today: 'Today 11:15', alike: true }),
    hit({ n: 2, family: 'Walker', given: 'Joan', phone: '6608', visit: '2025-11-19', alike: true }),
    hit({ n: 3, family: 'Wallace', given: 'Jolene', phone: '7730', visit: '2026-05-14' }),
    hit({
      n: 4,
      family: 'Walsh',
      given: 'John',
      phone: '2215',
      visit: '2026-02-02',
      born: '1984-04-03',
      why: 'Date read the other way, day first',
    }),
    hit({
      n: 5,
      family: 'Wallin',
      given: 'Josefin',
      preferred: 'Jossan',
      phone: '9051',
      visit: '2026-07-28',
      born: '1985-03-04',
      why: 'Birth year differs by one',
    }),
    hit({ n: 6, family: 'Bright', given: 'Joan', phone: '3317', visit: '2026-06-11', why: 'Former name Walker' }),
    hit({ n: 7, family: 'Vahl', given: 'Johan', phone: '4482', visit: '2026-01-07', why: 'Surname sounds alike' }),
  ],
}

function hit(of: {
  n: number
  family: string
  given: string
  preferred?: string
  born?: string
  phone: string
  visit?: string
  today?: string
  alike?: boolean
  why?: string
}): PersonHit {
  return {
    patientId: `patient-${of.n}` as PatientId,
    name: { familyName: of.family, givenName: of.given, preferredName: of.preferred ?? null },
    familyMarks: of.family.startsWith('Wal') ? [[0, 3]] : [],
    givenMarks: [[0, 2]],
    bornMarks: [[0, of.born === '1985-03-04' ? 10 : 11]],
    bornOn: of.born ?? '1984-03-04',
    phoneTail: of.phone,
    lastVisitOn: of.visit ?? null,
    visitToday: of.today ?? null,
    isLookAlike: of.alike ?? false,
    photoSrc: null,
    chartNumber: `C1000${of.n}`,
    why: of.why ?? 'Surname, given name, birth date',
    isExact: of.why === undefined,
  }
}
