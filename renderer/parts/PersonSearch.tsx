import './PersonSearch.css'
import { IconCalendarEvent, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { formatAge, formatDate, formatPlural, type PersonName } from './format.ts'
import { KeyHint } from './KeyHint.tsx'
import { LookAlikeMark } from './LookAlikeMark.tsx'
import { MarkedText, type TextMark } from './MarkedText.tsx'
import { PersonPhoto } from './PersonPhoto.tsx'

/** `/` and Ctrl K focus the field with this id. */
export const patientSearchId = 'patient-search'

export type PersonHit = {
  readonly patientId: PatientId
  readonly name: PersonName
  /** Matched letters of the family name, given name and of the birth date as it is printed. */
  readonly familyMarks: readonly TextMark[]
  readonly givenMarks: readonly TextMark[]
  readonly bornMarks: readonly TextMark[]
  readonly bornOn: CalendarDate | null
  /** Last digits of the phone, null where none is known. */
  readonly phoneTail: string | null
  readonly lastVisitOn: CalendarDate | null
  /** `Today 11:15`, where the patient stands in the list of the day. */
  readonly visitToday: string | null
  readonly isLookAlike: boolean
  /** Address of the small picture; null where none is kept. */
  readonly photoSrc: string | null
  /** Shown where another chart is close to this one. */
  readonly chartNumber: string
  /** Why this one is in the list: `Surname, given name, birth date`. */
  readonly why: string
  /** False for a secondary reason (sounds alike, other reading of the date): printed quieter. */
  readonly isExact: boolean
}

/** How typed digits were read as a date, and the other way they can be read. */
export type DateReading = {
  readonly typed: string
  readonly readAs: CalendarDate
  /** `month first, as set for this clinic`. */
  readonly how: string
  readonly otherReading: CalendarDate | null
}

export type SearchOutcome =
  | { readonly kind: 'idle' }
  | { readonly kind: 'tooShort' }
  | {
      readonly kind: 'found'
      readonly hits: readonly PersonHit[]
      readonly total: number
      /** There are more than `total`; typing on narrows them down. */
      readonly hasMore?: boolean
      readonly dateReading: DateReading | null
      /** What could not be read, in a sentence. */
      readonly notice?: string | null
    }
  | { readonly kind: 'refused'; readonly sentence: string }

export type PersonSearchProps = {
  readonly text: string
  readonly outcome: SearchOutcome
  /** True while `outcome` still answers an earlier text: Enter and digits then wait for the answer. */
  readonly isStale?: boolean
  readonly today: CalendarDate
  /** The typed text as a new patient, e.g. `“wal jo”, born 04-Mar-1984`; null where this person may not register. */
  readonly registerText: string | null
  readonly mayCheckIn: boolean
  readonly onTextChange: (text: string) => void
  readonly onOpen: (patientId: PatientId) => void
  readonly onCheckIn: (patientId: PatientId) => void
  readonly onReadOtherWay: () => void
  readonly onRegister: () => void
  /** Esc, a click beside the list, or a choice: the caller empties the text. */
  readonly onClose: () => void
}

export function PersonSearch(props: PersonSearchProps) {
  const { text, outcome, isStale = false, onTextChange, onOpen, onCheckIn, onReadOtherWay, onRegister, onClose } = props
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const cameFrom = useRef<Element | null>(null)
  const [active, setActive] = useState(0)
  const [isInList, setInList] = useState(false)
  const [waiting, setWaiting] = useState<'open' | 'checkIn' | 'register' | null>(null)
  const hits = outcome.kind === 'found' ? outcome.hits : []
  const isOpen = outcome.kind !== 'idle'
  const activeHit = hits[Math.min(active, hits.length - 1)]
  const canRegister = props.registerText !== null && outcome.kind === 'found'

  function close() {
    onClose()
    setInList(false)
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
    else input.current?.blur()
  }

  function choose(hit: PersonHit | undefined, isCheckIn: boolean) {
    if (!hit) return
    setInList(false)
    if (isCheckIn && props.mayCheckIn) onCheckIn(hit.patientId)
    else onOpen(hit.patientId)
  }

  // Enter was pressed before the answer to the last letter was there: who is chosen is who the answer names first.
  useEffect(() => {
    if (waiting === null || isStale) return
    setWaiting(null)
    const [first] = hits
    if (first && waiting !== 'register') choose(first, waiting === 'checkIn')
    else if (waiting === 'register' && canRegister) onRegister()
  })

  function onKeyDown(event: KeyboardEvent) {
    const isCombined = event.ctrlKey || event.metaKey
    const isDigit = isInList && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') {
      setActive((at) => (isInList ? Math.min(at + 1, hits.length - 1) : at))
      setInList(true)
    } else if (event.key === 'ArrowUp') {
      if (active === 0) setInList(false)
      setActive((at) => Math.max(at - 1, 0))
    } else if (event.key === 'Enter' && isStale) setWaiting(isCombined ? 'checkIn' : 'open')
    else if (event.key === 'Enter' && activeHit) choose(activeHit, isCombined)
    else if (event.key === 'Enter' && hits.length === 0 && canRegister) onRegister()
    else if (isDigit && !isStale) choose(hits[Number(event.key) - 1], false)
    else if (event.altKey && event.code === 'KeyD') onReadOtherWay()
    else if (event.altKey && event.code === 'KeyN' && isStale) setWaiting('register')
    else if (event.altKey && event.code === 'KeyN' && canRegister) onRegister()
    else return
    event.preventDefault()
  }

  return (
    <div className="person-search" data-open={isOpen}>
      {isOpen && <div className="person-search__scrim" aria-hidden="true" onMouseDown={close} />}
      <div className="person-search__field">
        <IconSearch size={16} stroke={1.7} aria-hidden="true" />
        <input
          ref={input}
          id={patientSearchId}
          role="combobox"
          aria-label="Find a patient"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && activeHit ? `${listId}-${activeHit.patientId}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Find a patient: name, birth date, phone or chart number"
          value={text}
          onFocus={(event) => {
            cameFrom.current = event.relatedTarget
          }}
          onChange={(event) => {
            setActive(0)
            setInList(false)
            setWaiting(null)
            onTextChange(event.currentTarget.value)
          }}
          onKeyDown={onKeyDown}
        />
        {isOpen ? (
          <>
            {outcome.kind === 'found' && (
              <span className="person-search__count" role="status">
                {outcome.hasMore ? `more than ${outcome.total} patients` : formatPlural(outcome.total, 'patient')}
              </span>
            )}
            <KeyHint keys="Esc" />
          </>
        ) : (
          <>
            <KeyHint keys="Ctrl K" />
            <KeyHint keys="/" />
          </>
        )}
      </div>
      {isOpen && (
        <div className="person-search__dropdown">
          {outcome.kind === 'tooShort' && (
            <p className="person-search__short" role="status">
              Type one more letter or a birth date
            </p>
          )}
          {outcome.kind === 'refused' && (
            <p className="person-search__short" role="alert">
              {outcome.sentence}
            </p>
          )}
          {outcome.kind === 'found' && outcome.notice && (
            <p className="person-search__short" role="status">
              {outcome.notice}
            </p>
          )}
          {outcome.kind === 'found' && outcome.dateReading && (
            <DateReadingStrip reading={outcome.dateReading} onReadOtherWay={onReadOtherWay} />
          )}
          {hits.length > 0 && (
            <div className="person-search__head" aria-hidden="true">
              <span className="person-search__head-name">Patient</span>
              <span>Born</span>
              <span>Phone</span>
              <span>Last visit</span>
              <span>Why it matched</span>
            </div>
          )}
          <div role="listbox" id={listId} aria-label="Patients found">
            {hits.map((hit, index) => (
              <HitRow
                key={hit.patientId}
                id={`${listId}-${hit.patientId}`}
                hit={hit}
                number={index + 1}
                today={props.today}
                isActive={hit === activeHit}
                onOpen={() => choose(hit, false)}
              />
            ))}
          </div>
          {outcome.kind === 'found' && (
            <SearchFoot
              registerText={props.registerText}
              hitCount={hits.length}
              mayCheckIn={props.mayCheckIn}
              onRegister={onRegister}
            />
          )}
        </div>
      )}
    </div>
  )
}

function DateReadingStrip({ reading, onReadOtherWay }: { reading: DateReading; onReadOtherWay: () => void }) {
  return (
    <div className="person-search__reading">
      <IconCalendarEvent size={15} stroke={1.7} aria-hidden="true" />
      <p role="status">
        <strong>{reading.typed}</strong> was read as <strong>{formatDate(reading.readAs)}</strong>{' '}
        <span className="text-2">({reading.how}).</span>
      </p>
      {reading.otherReading !== null && (
        <button type="button" className="person-search__link" onClick={onReadOtherWay}>
          Read it as {formatDate(reading.otherReading)}
          <KeyHint keys="Alt D" />
        </button>
      )}
    </div>
  )
}

type HitRowProps = {
  readonly id: string
  readonly hit: PersonHit
  readonly number: number
  readonly today: CalendarDate
  readonly isActive: boolean
  readonly onOpen: () => void
}

function HitRow({ id, hit, number, today, isActive, onOpen }: HitRowProps) {
  const { familyName, givenName, preferredName } = hit.name
  return (
    // The field keeps the focus; keys reach the list through it.
    <div
      role="option"
      tabIndex={-1}
      id={id}
      aria-selected={isActive}
      className="person-search__hit"
      onMouseDown={(event) => {
        event.preventDefault()
        onOpen()
      }}
    >
      <span className="person-search__number">{number <= 9 && <KeyHint keys={String(number)} />}</span>
      <PersonPhoto src={hit.photoSrc} size={30} alt={hit.photoSrc === null ? null : 'Photo of the patient'} />
      <span className="person-search__name">
        <MarkedText
          text={familyName ?? givenName ?? 'Name unknown'}
          marks={familyName ? hit.familyMarks : hit.givenMarks}
        />
        {familyName && givenName && (
          <>
            , <MarkedText text={givenName} marks={hit.givenMarks} />
          </>
        )}
        {preferredName && <span className="person-search__preferred">“{preferredName}”</span>}
        {hit.isLookAlike && (
          <>
            <LookAlikeMark /> <span className="mono">{hit.chartNumber}</span>
          </>
        )}
      </span>
      <span className="person-search__born">
        {hit.bornOn === null ? (
          'birth date unknown'
        ) : (
          <>
            <MarkedText text={formatDate(hit.bornOn)} marks={hit.bornMarks} /> ({formatAge(hit.bornOn, today)})
          </>
        )}
      </span>
      <span>{hit.phoneTail === null ? 'none' : `··· ${hit.phoneTail}`}</span>
      <span className="person-search__visit" data-today={hit.visitToday !== null}>
        {hit.visitToday ?? (hit.lastVisitOn === null ? 'no visit yet' : formatDate(hit.lastVisitOn))}
      </span>
      <span className="person-search__why" data-exact={hit.isExact}>
        {hit.why}
      </span>
    </div>
  )
}

type SearchFootProps = {
  readonly registerText: string | null
  readonly hitCount: number
  readonly mayCheckIn: boolean
  readonly onRegister: () => void
}

function SearchFoot({ registerText, hitCount, mayCheckIn, onRegister }: SearchFootProps) {
  return (
    <div className="person-search__foot">
      {registerText === null ? (
        <span>{hitCount === 0 ? 'Nobody with this name or date.' : ''}</span>
      ) : (
        <button type="button" className="person-search__link" onClick={onRegister}>
          <IconUserPlus size={15} stroke={1.7} aria-hidden="true" />
          Register {registerText}
          <KeyHint keys={hitCount === 0 ? 'Enter' : 'Alt N'} />
        </button>
      )}
      <span className="person-search__keys" aria-hidden="true">
        {hitCount > 0 && (
          <>
            <KeyHint keys="↓" /> then <KeyHint keys="1" />–<KeyHint keys={String(Math.min(9, hitCount))} /> choose
            <span className="person-search__keys-gap" />
            <KeyHint keys="Enter" /> open
            <span className="person-search__keys-gap" />
            {mayCheckIn && (
              <>
                <KeyHint keys="Ctrl Enter" /> check in
                <span className="person-search__keys-gap" />
              </>
            )}
          </>
        )}
        <KeyHint keys="Esc" /> back
      </span>
    </div>
  )
}
