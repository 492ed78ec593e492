import { Button } from '@mantine/core'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { mayMoveVisit } from '../../../shared/domain/visit.ts'
import { blockSentence } from '../../app/visits/visit-words.ts'
import { formatName } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import type { VisitActions } from './use-visit-actions.ts'

export type SelectedVisitProps = {
  readonly visit: DayVisit
  readonly actions: VisitActions
  readonly isToday: boolean
  readonly mayWrite: boolean
  readonly onConsent: () => void
  readonly onFollowUp: () => void
  readonly onEdit: () => void
}

/** What can be done with the chosen line, and, where it is blocked, why and what lifts it. */
export function SelectedVisit(props: SelectedVisitProps) {
  const { visit, actions, isToday, mayWrite, onConsent, onFollowUp, onEdit } = props
  const { status, care } = visit
  const blocks = care?.next.blocks ?? []
  return (
    <section className="selected-visit" aria-label={`Chosen: ${formatName(visit)}`}>
      <div className="selected-visit__line">
        <strong>{formatName(visit)}</strong>
        <span className="mono text-2">{visit.chartNumber}</span>
        {mayWrite && (
          <span className="selected-visit__actions">
            {status === 'EXPECTED' && (
              <Act isOff={!isToday || actions.isRunning} keys="C" onClick={() => actions.checkIn(visit)}>
                Check in
              </Act>
            )}
            {mayMoveVisit(status, 'IN_ROOM') && (
              <Act isOff={actions.isRunning} onClick={() => actions.toRoom(visit)}>
                {visit.room === null ? 'To a room' : `To room ${visit.room}`}
              </Act>
            )}
            {status === 'IN_ROOM' && (
              <Act isOff={actions.isRunning} onClick={() => actions.move(visit, 'HERE')}>
                Back to waiting
              </Act>
            )}
            {mayMoveVisit(status, 'DONE') && (
              <Act isOff={actions.isRunning} onClick={() => actions.move(visit, 'DONE')}>
                Done
              </Act>
            )}
            {status === 'DONE' && (
              <Act isOff={actions.isRunning} onClick={() => actions.move(visit, 'HERE')}>
                Still here
              </Act>
            )}
            {(status === 'HERE' || status === 'CANCELLED') && (
              <Act isOff={actions.isRunning} onClick={() => actions.move(visit, 'EXPECTED')}>
                {status === 'HERE' ? 'Not here yet' : 'Take back'}
              </Act>
            )}
            {status !== 'CANCELLED' && care !== null && (
              <Act keys="K" onClick={onConsent}>
                Consent
              </Act>
            )}
            <Act keys="F" onClick={onFollowUp}>
              Follow-up
            </Act>
            {status !== 'DONE' && status !== 'CANCELLED' && <Act onClick={onEdit}>Change</Act>}
            {mayMoveVisit(status, 'CANCELLED') && <Act onClick={() => actions.askCancel(visit)}>Cancel</Act>}
          </span>
        )}
      </div>
      {blocks.length > 0 && (
        <ul className="selected-visit__blocks" aria-label="Why it is blocked">
          {blocks.map((block) => (
            <li key={block.code}>{blockSentence(block)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Act({
  keys,
  isOff = false,
  onClick,
  children,
}: {
  readonly keys?: string
  readonly isOff?: boolean
  readonly onClick: () => void
  readonly children: string
}) {
  return (
    <Button
      size="compact-sm"
      disabled={isOff}
      onClick={onClick}
      {...(keys !== undefined && { rightSection: <KeyHint keys={keys} /> })}
    >
      {children}
    </Button>
  )
}
