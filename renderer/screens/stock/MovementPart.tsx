import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CartridgeLotRow } from '../../../shared/contract/stock.ts'
import {
  type NotedMovementKind,
  notedMovementKinds,
  type StockMovementKind,
} from '../../../shared/domain/stock-movement.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatCount, formatDate, formatDateTime, formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'

const movementWords: Readonly<Record<StockMovementKind, string>> = {
  RECEIVED: 'received',
  DISCARDED: 'thrown away',
  QUARANTINED: 'set aside',
  RELEASED: 'back in use',
  EXPIRED: 'expired',
  CORRECTED: 'by a new count',
}
const notedWords: Readonly<Record<NotedMovementKind, string>> = {
  RECEIVED: 'Received',
  DISCARDED: 'Thrown away',
  CORRECTED: 'Counted anew',
}

/** What came in, went out and was used, and the form for the next movement. */
export function MovementPart({
  register,
  id,
  count,
  mayWrite,
  timeZone,
}: {
  readonly register: 'CARTRIDGE_LOT' | 'PRODUCT_LOT'
  readonly id: string
  readonly count: CartridgeLotRow['count']
  readonly mayWrite: boolean
  readonly timeZone: string
}) {
  const [isNoting, setNoting] = useState(false)
  const { value } = useQuery('stock.movements', { register, id }, { dependsOn: ['session', 'recall'] })
  return (
    <section className="status-part" aria-label="Pieces">
      <div className="status-part__line">
        <CountLine register={register} count={count} />
        {mayWrite && !isNoting && (
          <Button size="compact-sm" onClick={() => setNoting(true)}>
            Note a movement
          </Button>
        )}
      </div>
      {isNoting && <MovementForm register={register} id={id} onClose={() => setNoting(false)} />}
      {(value?.uses ?? []).slice(0, 10).map(({ on, pieces }) => (
        <p key={on ?? 'open'} className="text-12 text-2">
          {on === null ? 'Day not entered yet' : formatDate(on)}: {formatCount(pieces)} used in sessions
        </p>
      ))}
      {(value?.movements ?? []).map(({ kind, pieces, reason, at, byName }) => (
        <p key={`${at} ${kind} ${pieces}`} className="text-12 text-2">
          {formatDateTime(at, timeZone)}, {byName}: {kind === 'CORRECTED' && pieces > 0 ? '+' : ''}
          {formatCount(pieces)} {movementWords[kind]}.{reason && ` ${reason}`}
        </p>
      ))}
    </section>
  )
}

function CountLine({
  register,
  count,
}: {
  readonly register: 'CARTRIDGE_LOT' | 'PRODUCT_LOT'
  readonly count: CartridgeLotRow['count']
}) {
  if (count.left < 0)
    return <StateLine state="warning">{`${formatPlural(-count.left, 'piece')} more used than received`}</StateLine>
  if (register === 'PRODUCT_LOT' && count.received === 0) return <span>Packs are not counted</span>
  return (
    <span>
      <strong>{formatCount(count.left)} left</strong>
      {register === 'CARTRIDGE_LOT' ? ` of ${formatCount(count.received)}, ${formatCount(count.used)} used` : ''}
    </span>
  )
}

function MovementForm({
  register,
  id,
  onClose,
}: {
  readonly register: 'CARTRIDGE_LOT' | 'PRODUCT_LOT'
  readonly id: string
  readonly onClose: () => void
}) {
  const note = useCommand('stock.noteMovement')
  const [kind, setKind] = useState<NotedMovementKind>('RECEIVED')
  const [pieces, setPieces] = useState<number | null>(null)
  const [reason, setReason] = useState('')

  async function save() {
    if (pieces === null || note.isRunning) return
    const reply = await note.run({ register, id, kind, pieces, reason: reason.trim() })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="movement-form"
      aria-label="Movement"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <SegmentedChoice
        label="What happened"
        labelPlace="hidden"
        size="compact"
        segments={notedMovementKinds.map((value) => ({ value, label: notedWords[value] }))}
        value={kind}
        onChange={setKind}
      />
      <NumberInput
        label={kind === 'CORRECTED' ? 'Pieces more, or fewer with a minus' : 'Pieces'}
        min={kind === 'CORRECTED' ? -100_000 : 1}
        max={100_000}
        allowDecimal={false}
        hideControls
        required
        value={pieces ?? ''}
        onChange={(next) => setPieces(typeof next === 'number' ? next : null)}
      />
      <TextInput
        label="Reason"
        required={kind !== 'RECEIVED'}
        maxLength={500}
        autoComplete="off"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <RefusalText>{note.refusal ? sentenceFor(note.refusal) : null}</RefusalText>
      <div className="stock-form__foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={pieces === null || note.isRunning}>
          Note it
        </Button>
      </div>
    </form>
  )
}
