import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { type ReadinessPart, readinessParts } from '../../../shared/domain/next-step.ts'
import type { VisitStatus } from '../../../shared/domain/visit.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { nextStepText, serviceText, shortStaffName, stepButtonWords } from '../../app/visits/visit-words.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { formatAge, formatDate, formatNameWithoutPreferred } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { ReadinessDot } from '../../parts/ReadinessDots.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'

export type DayTableProps = {
  readonly visits: readonly DayVisit[]
  readonly nowTime: string | null
  readonly today: CalendarDate
  readonly timeZone: string
  readonly selectedId: string | null
  readonly onSelect: (visit: DayVisit) => void
  readonly onOpen: (visit: DayVisit) => void
  /** Everybody in the list is with the same person. */
  readonly isMine: boolean
  /** With it every row has the one button that does the next step. */
  readonly onStep: ((visit: DayVisit) => void) | null
  readonly isBusy: boolean
}

/** The day in one view: 24 px rows, so that thirty patients fit on a screen. */
export function DayTable(props: DayTableProps) {
  const { visits, nowTime, today, timeZone, selectedId, onSelect, onOpen, isMine, onStep, isBusy } = props
  const hasCare = visits.some((visit) => visit.care !== null)
  // The one mark that never blocks a start: on a narrow screen the names need the room.
  const isWide = useMediaQuery('(min-width: 1360px)', true)
  const shownParts = readinessParts.filter((part) => isWide || part !== 'photos')
  const next = nowTime === null ? null : visits.find((visit) => visit.atTime > nowTime && visit.status !== 'CANCELLED')
  const columns: readonly Column<DayVisit>[] = [
    {
      key: 'time',
      header: 'Time',
      width: isWide ? '64px' : '60px',
      cell: (visit) => <span className="figures">{visit.atTime}</span>,
    },
    { key: 'where', header: 'Where', width: isWide ? '84px' : '74px', cell: (visit) => <Where visit={visit} /> },
    {
      key: 'alert',
      header: <span className="visually-hidden">Complication</span>,
      width: '22px',
      align: 'center',
      cell: (visit) => <Alert visit={visit} />,
    },
    {
      key: 'patient',
      header: 'Patient',
      width: 'auto',
      isRowName: true,
      cell: (visit) => <PatientCell visit={visit} />,
    },
    { key: 'born', header: 'Born', width: '131px', cell: (visit) => <Born visit={visit} today={today} /> },
    {
      key: 'service',
      header: 'Service',
      width: isWide ? '14%' : '114px',
      cell: (visit) => <span title={serviceText(visit)}>{serviceText(visit)}</span>,
    },
    ...(isMine ? [] : [withColumn(isWide)]),
    ...(isWide || isMine ? [roomColumn] : []),
    ...(hasCare ? shownParts.map((part) => readinessColumn(part, isWide)) : []),
    {
      key: 'next',
      header: 'Next step',
      width: onStep ? (isWide ? '290px' : '272px') : isWide ? '17%' : '198px',
      cell: (visit) => (
        <NextStep visit={visit} timeZone={timeZone} onStep={onStep && hasStep(visit) ? onStep : null} isBusy={isBusy} />
      ),
    },
  ]
  return (
    <DataTable
      label="Patients of the day"
      columns={columns}
      rows={visits}
      rowKey={(visit) => visit.visitId}
      density={onStep ? 'comfortable' : 'compact'}
      selectedKey={selectedId}
      onSelect={onSelect}
      onOpen={onOpen}
      rowTone={(visit) => (visit.status === 'DONE' || visit.status === 'CANCELLED' ? 'past' : undefined)}
      lineAboveKey={next?.visitId ?? null}
    />
  )
}

const shortHeads: Readonly<Record<ReadinessPart, string>> = {
  screening: 'Screen',
  consent: 'Consent',
  photos: 'Photos',
  order: 'Order',
  licence: 'Licence',
  lot: 'Lot',
}

const wideHeads: Readonly<Record<ReadinessPart, string>> = {
  screening: '46px',
  consent: '46px',
  photos: '46px',
  order: '46px',
  licence: '46px',
  lot: '34px',
}
const narrowHeads = { ...wideHeads, screening: '40px', order: '36px', licence: '44px', lot: '28px' }

function readinessColumn(part: ReadinessPart, isWide: boolean): Column<DayVisit> {
  return {
    key: part,
    header: shortHeads[part],
    width: (isWide ? wideHeads : narrowHeads)[part],
    align: 'center',
    cell: ({ care, status }) =>
      care && status !== 'CANCELLED' ? <ReadinessDot part={part} state={care.readiness[part]} /> : null,
  }
}

const roomColumn: Column<DayVisit> = {
  key: 'room',
  header: 'Room',
  width: '46px',
  cell: (visit) => visit.room ?? <span className="text-3">–</span>,
}

/** On a narrow screen the room stands beside the name. */
function withColumn(isWide: boolean): Column<DayVisit> {
  return {
    key: 'with',
    header: isWide ? 'With' : 'With · room',
    width: isWide ? '104px' : '122px',
    cell: ({ practitionerName, room }) => (
      <span className="text-2" title={practitionerName ?? undefined}>
        {shortStaffName(practitionerName)}
        {!isWide && room !== null && ` · ${room}`}
      </span>
    ),
  }
}

function hasStep({ care, status }: DayVisit): boolean {
  return care !== null && status !== 'CANCELLED'
}

/** Inked is what is yours to do now: the patient is here, and something can be done. */
function isActed({ status, care }: DayVisit): boolean {
  const step = care?.next.step ?? 'NONE'
  return (status === 'HERE' || status === 'IN_ROOM') && !['NONE', 'TALK', 'WAITS_FOR_SIGN_OFF', 'SIGNED'].includes(step)
}

const whereWords: Readonly<Record<VisitStatus, string>> = {
  EXPECTED: 'Expected',
  HERE: 'Here',
  IN_ROOM: 'Room',
  DONE: 'Done',
  CANCELLED: 'Cancelled',
}

function Where({ visit: { status, room } }: { readonly visit: DayVisit }) {
  return (
    <span className="day-table__where" data-status={status}>
      {status === 'DONE' && <StateGlyph state="checked" size={13} label={null} />}
      {(status === 'HERE' || status === 'IN_ROOM') && <span className="day-table__place" aria-hidden="true" />}
      {status === 'IN_ROOM' ? `Room ${room ?? ''}` : whereWords[status]}
    </span>
  )
}

function Alert({ visit: { care } }: { readonly visit: DayVisit }) {
  if (care?.hasRedFlag) return <StateGlyph state="redFlag" label="Red flag" />
  return care?.hasOpenComplication ? <StateGlyph state="openComplication" label="Open complication" /> : null
}

function PatientCell({ visit }: { readonly visit: DayVisit }) {
  const name = formatNameWithoutPreferred(visit)
  return (
    <span className="day-table__patient">
      <a href={hrefTo(pathTo.chart(visit.patientId))} tabIndex={-1} title={name}>
        {name}
      </a>
      {visit.preferredName && <span className="day-table__preferred">“{visit.preferredName}”</span>}
      {visit.isLookAlike && <LookAlikeMark isShort />}
    </span>
  )
}

function Born({ visit, today }: { readonly visit: DayVisit; readonly today: CalendarDate }) {
  if (visit.bornOn === null) return <span className="text-2">{visit.bornText ?? 'unknown'}</span>
  return (
    <span className="text-2">
      {formatDate(visit.bornOn)} ({formatAge(visit.bornOn, today)})
    </span>
  )
}

function NextStep({
  visit,
  timeZone,
  onStep,
  isBusy,
}: {
  readonly visit: DayVisit
  readonly timeZone: string
  readonly onStep: ((visit: DayVisit) => void) | null
  readonly isBusy: boolean
}) {
  const { text, tone } = nextStepText(visit, timeZone)
  const step = visit.care?.next.step ?? 'NONE'
  return (
    <span className="day-table__next" data-tone={tone} title={text}>
      {onStep && (
        <Button
          size="compact-sm"
          className="day-table__step"
          variant={isActed(visit) ? 'filled' : 'default'}
          disabled={isBusy}
          aria-label={`${stepButtonWords[step]}: ${formatNameWithoutPreferred(visit)}`}
          onClick={(event) => {
            event.stopPropagation()
            onStep(visit)
          }}
        >
          {stepButtonWords[step]}
        </Button>
      )}
      <span className="day-table__words">{text}</span>
    </span>
  )
}
