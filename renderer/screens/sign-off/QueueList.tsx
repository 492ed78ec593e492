import { Button } from '@mantine/core'
import { formatCount, formatDayMonthTime, formatName, formatPlural } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { type GlyphState, StateGlyph } from '../../parts/StateGlyph.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { ageWords, firstLine, type QueuedAddendum, type QueuedSession, sessionOf, shortName } from './sign-off-words.ts'

/** One line of the queue, whatever it is about. */
export type QueueItem =
  | { readonly id: string; readonly kind: 'SESSION'; readonly entry: QueuedSession }
  | { readonly id: string; readonly kind: 'ADDENDUM'; readonly entry: QueuedAddendum }

export type QueueListProps = {
  readonly oneByOne: readonly QueueItem[]
  readonly clean: readonly QueuedSession[]
  /** How many of the clean ones the caller may sign at once. */
  readonly batchSize: number
  readonly selectedId: string | null
  readonly openedIds: ReadonlySet<string>
  readonly timeZone: string
  readonly onSelect: (id: string) => void
  readonly onBatch: () => void
  /** Null where there is no further page. */
  readonly onMore: (() => void) | null
}

export function QueueList(props: QueueListProps) {
  const { oneByOne, clean, batchSize, selectedId, openedIds, timeZone, onSelect, onBatch, onMore } = props
  const opened = clean.filter((entry) => openedIds.has(entry.sessionId))
  return (
    <>
      <div className="sign-off__lists">
        <section aria-label="Needs you, one by one">
          <h2 className="sign-off__group">
            <strong>Needs you</strong> {formatCount(oneByOne.length)}, one by one
          </h2>
          <ul>
            {oneByOne.map((item) => (
              <li key={item.id}>
                <Exception item={item} isSelected={item.id === selectedId} timeZone={timeZone} onSelect={onSelect} />
              </li>
            ))}
          </ul>
        </section>
        <section aria-label="Clean">
          <h2 className="sign-off__group">
            <strong>Clean</strong> {formatCount(clean.length)}, no deviation, warning or complication
            <span className="sign-off__group-end">due</span>
          </h2>
          <ul>
            {clean.map((entry) => (
              <li key={entry.sessionId}>
                <Clean
                  entry={entry}
                  isOpened={openedIds.has(entry.sessionId)}
                  isSelected={entry.sessionId === selectedId}
                  timeZone={timeZone}
                  onSelect={onSelect}
                />
              </li>
            ))}
          </ul>
        </section>
        {onMore && (
          <div className="sign-off__more">
            <Button onClick={onMore}>Show the next ones</Button>
          </div>
        )}
      </div>
      <div className="sign-off__batch">
        <span className="sign-off__opened">
          <StateGlyph state="opened" label={null} /> {opened.length} of {clean.length} opened
        </span>
        <Button disabled={batchSize === 0} rightSection={<KeyHint keys="B" />} onClick={onBatch}>
          {batchSize === 0 ? 'Sign the opened' : `Sign the ${formatCount(batchSize)} opened`}
        </Button>
      </div>
    </>
  )
}

function Exception({
  item,
  isSelected,
  timeZone,
  onSelect,
}: {
  readonly item: QueueItem
  readonly isSelected: boolean
  readonly timeZone: string
  readonly onSelect: (id: string) => void
}) {
  const { entry } = item
  const mark = item.kind === 'ADDENDUM' ? addendumMark : markOf(item.entry)
  return (
    <button
      type="button"
      className="sign-off__row"
      aria-current={isSelected}
      data-queue-id={item.id}
      onClick={() => onSelect(item.id)}
    >
      <span className="sign-off__line">
        <strong>{formatName(entry.patient)}</strong>
        {entry.patient.isLookAlike && <LookAlikeMark />}
        <StateTag state={mark.state}>{mark.words}</StateTag>
      </span>
      <span className="sign-off__line">
        {item.kind === 'ADDENDUM' ? addendumLine(item.entry) : firstLine(item.entry)}
      </span>
      <span className="sign-off__line sign-off__line--small">
        <span>
          {item.kind === 'ADDENDUM' ? 'Addendum' : `Session ${sessionOf(item.entry)}`} ·{' '}
          {shortName(entry.author.printedName)}
          {entry.isOfAnother && entry.supervisor && ` · for ${entry.supervisor.printedName}`}
          {entry.standsIn && ', who is away'}
        </span>
        <span>
          {ageWords(entry.ageHours)} old · <Due entry={entry} timeZone={timeZone} />
        </span>
      </span>
    </button>
  )
}

function Clean({
  entry,
  isOpened,
  isSelected,
  timeZone,
  onSelect,
}: {
  readonly entry: QueuedSession
  readonly isOpened: boolean
  readonly isSelected: boolean
  readonly timeZone: string
  readonly onSelect: (id: string) => void
}) {
  return (
    <button
      type="button"
      className="sign-off__clean"
      aria-current={isSelected}
      data-queue-id={entry.sessionId}
      onClick={() => onSelect(entry.sessionId)}
    >
      <StateGlyph state={isOpened ? 'opened' : 'notOpened'} label={isOpened ? 'opened' : 'not opened'} />
      <strong>
        {formatName(entry.patient)}
        {entry.patient.isLookAlike && <LookAlikeMark />}
      </strong>
      <span>{sessionOf(entry)}</span>
      <span>
        {entry.isOfAnother && entry.supervisor
          ? `for ${shortName(entry.supervisor.printedName)}`
          : shortName(entry.author.printedName)}
      </span>
      <span>
        <Due entry={entry} timeZone={timeZone} isShort />
      </span>
    </button>
  )
}

function Due({
  entry,
  timeZone,
  isShort = false,
}: {
  readonly entry: Pick<QueuedSession, 'dueAt' | 'lateness'>
  readonly timeZone: string
  readonly isShort?: boolean
}) {
  const text = formatDayMonthTime(entry.dueAt, timeZone)
  if (entry.lateness === 'NOT_REQUIRED') return <>not required</>
  if (entry.lateness === 'ON_TIME') return <>{isShort ? text : `due ${text}`}</>
  return (
    <span className="sign-off__late">
      {entry.lateness === 'ESCALATED' ? 'escalated' : 'overdue'} {text}
    </span>
  )
}

const addendumMark = { state: 'addendum', words: 'Addendum' } as const satisfies { state: GlyphState; words: string }

function markOf(entry: QueuedSession): { readonly state: GlyphState; readonly words: string } {
  if (entry.redFlags > 0) return { state: 'redFlag', words: 'Red flag' }
  if (entry.deviations > 0) return { state: 'deviation', words: formatPlural(entry.deviations, 'deviation') }
  if (entry.complications > 0)
    return { state: 'openComplication', words: formatPlural(entry.complications, 'complication') }
  if (entry.warnings > 0) return { state: 'warning', words: formatPlural(entry.warnings, 'warning') }
  return { state: 'corrected', words: 'Corrected' }
}

function addendumLine(entry: QueuedAddendum): string {
  const marks = [entry.isLateEntry ? 'Late entry' : null, entry.asksAcceptance ? 'Acceptance asked again' : null]
  return [...marks.filter((mark) => mark !== null), entry.reason].join(': ')
}
