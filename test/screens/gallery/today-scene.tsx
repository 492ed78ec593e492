import { useState } from 'react'
import { type Column, DataTable } from '../../../renderer/parts/DataTable.tsx'
import { KeyHint } from '../../../renderer/parts/KeyHint.tsx'
import { LookAlikeMark } from '../../../renderer/parts/LookAlikeMark.tsx'
import { Counter, PageHeader } from '../../../renderer/parts/PageHeader.tsx'
import {
  type Readiness,
  ReadinessDot,
  ReadinessLegend,
  type ReadinessState,
  readinessLabels,
  readinessParts,
} from '../../../renderer/parts/ReadinessDots.tsx'
import { type GlyphState, StateGlyph, stateLooks } from '../../../renderer/parts/StateGlyph.tsx'
import { StateLine } from '../../../renderer/parts/StateTag.tsx'
import { FrameScene, RegisterButton, searchOutcome } from './frame-scene.tsx'

type Visit = {
  readonly time: string
  readonly where: string
  readonly name: string
  readonly preferred?: string
  readonly flag?: GlyphState
  readonly isAlike?: boolean
  readonly born: string
  readonly service: string
  readonly who: string
  readonly room: string
  /** One letter for each readiness part. */
  readonly ready: string
  readonly next: string
  readonly tone?: 'red' | 'amber'
}

const visits: readonly Visit[] = [
  visit(
    '08:00|Done|Abernathy, Claire|22-Jan-1979 (47y)|Session 3 of 4 · cheeks|L. Brook|1|dddddd|Submitted for sign-off',
  ),
  visit(
    '08:00|Done|Petrov, Ivo|11-May-1990 (36y)|Session 2 of 4 · full face|M. Castellanos|2|dddddd|Submitted for sign-off',
  ),
  visit('08:15|Done|Nakamura, Keiko|03-Dec-1968 (57y)|Consultation|Dr Okafor|4|dd----|Order signed, book session 1'),
  visit('08:45|Done|Fitzgerald, Sean|30-Sep-1985 (40y)|Day-14 check|Dr Okafor|4|--d---|Settled, no further check'),
  visit(
    '09:15|Done|Oyelaran, Babatunde|19-Feb-1993 (33y)|Outcome review|Dr Okafor|4|--d---|Maintenance from Feb 2027',
    { preferred: 'Tunde' },
  ),
  visit(
    '09:30|Room 1|Marchetti, Giulia|09-Sep-1988 (37y)|Session 3 of 4 · full face|L. Brook|1|dddddd|Needling since 10:18',
    { preferred: 'Jules' },
  ),
  visit(
    '09:45|Room 2|Haugen, Ingrid|27-Apr-1971 (55y)|Session 1 of 4 · forehead|M. Castellanos|2|dddddd|Numbing until 10:50',
  ),
  visit('10:00|Room 4|Bello, Aisha|17-Nov-1996 (29y)|PIH follow-up, day 90|Dr Okafor|4|--d---|With physician', {
    flag: 'openComplication',
  }),
  visit('10:15|Room 3|Reyes, Marisol|08-Aug-1983 (42y)|Session 4 of 4 · chin|J. Weir|3|dddddd|Numbing until 11:05', {
    preferred: 'Mari',
  }),
  visit('10:30|Here|Thibodeaux, Camille|14-Jun-1999 (27y)|Consultation|Dr Okafor|4|dd----|Ready'),
  visit(
    '10:45|Here|Kowalczyk, Ana|19-Jul-1994 (32y)|Session 2 of 4 · full face|L. Brook|1|dmdddl|Consent to sign now',
    { isAlike: true, tone: 'amber' },
  ),
  visit(
    '10:45|Expected|Kowalczyk, Eva|19-Jul-1994 (32y)|Session 2 of 4 · full face|M. Castellanos|2|tdtddl|Screening today, photos',
    { isAlike: true },
  ),
  visit(
    '11:00|Expected|Ferreira, Tomas|25-Oct-2003 (22y)|Session 1 of 4 · jawline|J. Weir|3|bdtddl|Blocked – isotretinoin, clearance',
    { tone: 'red' },
  ),
  visit(
    '11:15|Expected|Walker, Joanna|04-Mar-1984 (42y)|Session 2 of 3 · neck|Dr Brandt|4|tdtddl|Screening today, photos',
    { preferred: 'Jo', isAlike: true },
  ),
  visit('11:30|Expected|Osei, Nathaniel|02-Jul-1987 (39y)|Day-14 check|Dr Okafor|4|--t---|Photos', {
    preferred: 'Nate',
  }),
  visit(
    '12:00|Expected|Lindgren, Maja|12-Feb-1992 (34y)|Maintenance · cheeks|L. Brook|1|tdtddl|Screening today, photos',
  ),
  visit(
    '12:15|Expected|Adeyemi, Ruth|06-Jan-1981 (45y)|Same-day check, day 3|Dr Okafor|4|--t---|Red flag, physician today',
    { flag: 'redFlag', tone: 'red' },
  ),
  visit(
    '12:30|Expected|Santangelo, Bruno|21-May-1976 (50y)|Session 1 of 6 · scar site|Dr Brandt|2|tmtddl|Consent, screening, photos',
    { tone: 'amber' },
  ),
  visit(
    '13:15|Expected|Vance, Odette|30-Mar-1990 (36y)|Session 3 of 4 · lip, chin|L. Brook|1|tdtddl|Screening today, photos',
  ),
  visit(
    '13:15|Expected|Mbeki, Lindiwe|18-Dec-1985 (40y)|Session 2 of 4 · cheeks|M. Castellanos|2|tdtbdl|Blocked – order ended 31-Jul-2026',
    { tone: 'red' },
  ),
  visit(
    '13:30|Expected|Sørensen, Jakob|07-Sep-2001 (24y)|Session 1 of 4 · cheeks|J. Weir|3|tmtddl|Consent, screening, photos',
    { tone: 'amber' },
  ),
  visit('14:00|Expected|Delacroix, Marguerite|11-Nov-1962 (63y)|Consultation|Dr Okafor|4|tt----|Full screening form', {
    preferred: 'Margot',
  }),
  visit(
    '14:30|Expected|Ito, Haruka|26-Jun-1995 (31y)|Session 4 of 4 · full face|L. Brook|1|tdtddl|Screening today, photos',
  ),
  visit(
    '14:45|Expected|Whitlock, Deborah|15-Apr-1958 (68y)|Session 2 of 4 · neck|M. Castellanos|2|tdtddl|Screening today, photos',
    { preferred: 'Deb' },
  ),
  visit(
    '15:00|Expected|Nair, Priya|10-Apr-2008 (18y)|Session 2 of 4 · cheeks|Dr Brandt|4|tbtddl|Blocked – own consent, now 18',
    { tone: 'red' },
  ),
  visit(
    '15:15|Expected|Okonkwo-Hale, Chidi|01-Feb-1989 (37y)|Session 1 of 4 · forehead|J. Weir|3|tdtddl|Screening today, photos',
  ),
  visit(
    '15:45|Expected|Marshall, Greta|23-Aug-1974 (51y)|Outcome review|Dr Okafor|4|--t---|Photos, same light as baseline',
  ),
  visit(
    '16:00|Expected|Castellane, Étienne|09-Oct-1980 (45y)|Session 3 of 4 · cheeks|L. Brook|1|tdtdml|Licence: confirm renewal',
    { tone: 'amber' },
  ),
  visit(
    '16:15|Expected|Rahimi, Soraya|28-Feb-1997 (29y)|Session 2 of 4 · full face|M. Castellanos|2|tdtddl|Screening today, photos',
  ),
  visit('16:45|Expected|Byrne, Aoife|17-Jul-1991 (35y)|Day-3 check|Dr Brandt|4|--t---|Photos'),
]

const letters: Readonly<Record<string, ReadinessState>> = {
  d: 'done',
  t: 'toDo',
  m: 'missing',
  b: 'blocked',
  l: 'later',
  '-': 'notNeeded',
}

const columns: readonly Column<Visit>[] = [
  { key: 'time', header: 'Time', width: '66px', cell: (row) => row.time },
  { key: 'where', header: 'Where', width: '74px', cell: (row) => <Where text={row.where} /> },
  {
    key: 'flag',
    header: <span className="visually-hidden">Flag</span>,
    width: '20px',
    cell: (row) => row.flag && <StateGlyph state={row.flag} size={15} label={stateLooks[row.flag].words} />,
  },
  {
    key: 'name',
    header: 'Patient',
    width: '211px',
    isRowName: true,
    cell: (row) => (
      <>
        {row.name} {row.preferred && <span className="gallery-preferred">“{row.preferred}”</span>}{' '}
        {row.isAlike && <LookAlikeMark isShort />}
      </>
    ),
  },
  { key: 'born', header: 'Born', width: '138px', cell: (row) => <span className="text-2">{row.born}</span> },
  { key: 'service', header: 'Service', width: '166px', cell: (row) => row.service },
  { key: 'who', header: 'With', width: '104px', cell: (row) => <span className="text-2">{row.who}</span> },
  { key: 'room', header: 'Room', width: '38px', cell: (row) => row.room },
  ...readinessParts.map(
    (part, index): Column<Visit> => ({
      key: part,
      header: part === 'screening' ? 'Screen' : readinessLabels[part],
      width: '45px',
      align: 'center',
      cell: (row) => <ReadinessDot part={part} state={readinessOf(row)[index] ?? 'notNeeded'} />,
    }),
  ),
  {
    key: 'next',
    header: 'Next step',
    width: 'auto',
    cell: (row) => (
      <span data-tone={row.tone} className="state-line">
        {row.next}
      </span>
    ),
  },
]

export function TodayScene({ hasSearch = false }: { readonly hasSearch?: boolean }) {
  const [selected, setSelected] = useState<string | null>(null)
  return (
    <FrameScene current="today" {...(hasSearch && { search: { text: 'wal jo 3/4/84', outcome: searchOutcome } })}>
      <div className="gallery-today">
        <PageHeader
          title="Today"
          summary="30 patients · 5 done · 4 in rooms · 2 waiting"
          counters={
            <>
              <Counter count={4} lines={['consents', 'missing']} tone="amber" />
              <Counter count={3} lines={['blocked,', '1 awaits Dr Okafor']} tone="red" />
              <Counter count={5} lines={['follow-ups', 'due today']} />
              <Counter count={4} lines={['calls', 'to make']} />
            </>
          }
          action={<RegisterButton />}
        />
        <div className="gallery-table">
          <DataTable
            label="Patients of today"
            columns={columns}
            rows={visits}
            rowKey={(row) => row.name}
            selectedKey={selected}
            onSelect={(row) => setSelected(row.name)}
            rowTone={(row) => (row.where === 'Done' ? 'past' : undefined)}
            lineAboveKey="Kowalczyk, Ana"
          />
        </div>
        <div className="gallery-foot">
          <ReadinessLegend />
          <p>
            <KeyHint keys="C" /> check in <KeyHint keys="K" /> consent <KeyHint keys="F" /> follow-up
          </p>
        </div>
      </div>
    </FrameScene>
  )
}

function Where({ text }: { readonly text: string }) {
  if (text === 'Done') return <StateLine state="checked">Done</StateLine>
  if (text.startsWith('Room')) return <span className="gallery-where gallery-where--room">{text}</span>
  if (text === 'Here') return <span className="gallery-where">{text}</span>
  return <span className="text-3">{text}</span>
}

function readinessOf(row: Visit): readonly (Readiness[keyof Readiness] | undefined)[] {
  return [...row.ready].map((letter) => letters[letter])
}

function visit(line: string, extra: Partial<Visit> = {}): Visit {
  const [time = '', where = '', name = '', born = '', service = '', who = '', room = '', ready = '', next = ''] =
    line.split('|')
  return { time, where, name, born, service, who, room, ready, next, ...extra }
}
