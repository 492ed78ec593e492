import { Button } from '@mantine/core'
import { useState } from 'react'
import type { StockRegister } from '../../../shared/domain/stock-status.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { useQuery } from '../../client/use-query.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { formatDateTime } from '../../parts/format.ts'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { statusGlyphs, statusWords } from './stock-words.ts'

export type StatusPartProps<Status extends keyof typeof statusGlyphs> = {
  readonly register: StockRegister
  readonly id: string
  readonly status: Status
  /** What the person may set it to. */
  readonly choices: readonly Status[]
  readonly mayWrite: boolean
  readonly timeZone: string
  readonly isBusy: boolean
  readonly refusal: Refusal | null
  /** Resolves to true once it is saved. */
  readonly onMove: (status: Status, reason: string) => Promise<boolean>
  readonly onReset: () => void
}

/** The status with its reasons: who took it out of use, or put it back, when and why. */
export function StatusPart<Status extends keyof typeof statusGlyphs>(props: StatusPartProps<Status>) {
  const { register, id, status, choices, mayWrite, timeZone, isBusy, refusal, onMove, onReset } = props
  const [asking, setAsking] = useState<Status | null>(null)
  const log = useQuery('stock.statusChanges', { register, id })
  return (
    <section className="status-part" aria-label="Status">
      <div className="status-part__line">
        <StateLine state={statusGlyphs[status]}>{statusWords[status]}</StateLine>
        {mayWrite &&
          choices.map((to) => (
            <Button key={to} size="compact-sm" onClick={() => setAsking(to)}>
              {moveWords[to]}
            </Button>
          ))}
      </div>
      {(log.value?.changes ?? []).map((change) => (
        <p key={`${change.at} ${change.to}`} className="text-12 text-2">
          {formatDateTime(change.at, timeZone)}, {change.byName}: {statusWords[change.to] ?? change.to}. {change.reason}
        </p>
      ))}
      <ConfirmDialog
        isOpen={asking !== null}
        title={asking === null ? '' : moveWords[asking]}
        confirmText={asking === null ? '' : moveWords[asking]}
        reasonLabel="Reason"
        isBusy={isBusy}
        refusal={refusal ? sentenceFor(refusal) : null}
        onConfirm={(reason) => {
          if (asking !== null) void onMove(asking, reason).then((isSaved) => isSaved && setAsking(null))
        }}
        onCancel={() => {
          setAsking(null)
          onReset()
        }}
      >
        The reason stays with the record.
      </ConfirmDialog>
    </section>
  )
}

const moveWords: Readonly<Record<keyof typeof statusGlyphs, string>> = {
  ACTIVE: 'Put back in use',
  AVAILABLE: 'Make available again',
  QUARANTINED: 'Put in quarantine',
  RETIRED: 'Retire',
  RECALLED: 'Mark as recalled',
  EXPIRED: 'Write off as expired',
}
