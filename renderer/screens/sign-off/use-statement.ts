import { useState } from 'react'
import type { NextSessionDecision } from '../../../shared/domain/sign-off.ts'
import type { Disposition, Dispositions } from './DeviationCards.tsx'
import type { SessionBody } from './sign-off-words.ts'

/** What the physician states about one record until it is signed; gone with the record. */
export type Statement = {
  readonly dispositions: Dispositions
  /** Null while nothing is decided; a clean record goes on as planned. */
  readonly decision: NextSessionDecision | null
  readonly comment: string
  /** Null until said: nobody answers it for the physician. */
  readonly patientSeen: boolean | null
  readonly isSupervisionConfirmed: boolean
  readonly supervisionNote: string
  readonly takeoverReason: string
}

export type StatementState = {
  readonly value: Statement
  change(change: Partial<Statement>): void
  decideOn(deviationId: string, disposition: Disposition): void
}

export function useStatement(body: SessionBody, takeoverReason: string): StatementState {
  const [value, setValue] = useState<Statement>({
    dispositions: {},
    decision: body.deviations.length + body.warnings.length === 0 ? 'PROCEED' : null,
    comment: '',
    patientSeen: null,
    isSupervisionConfirmed: true,
    supervisionNote: '',
    takeoverReason,
  })
  return {
    value,
    change: (change) => setValue((now) => ({ ...now, ...change })),
    decideOn: (deviationId, disposition) =>
      setValue((now) => ({ ...now, dispositions: { ...now.dispositions, [deviationId]: disposition } })),
  }
}

/** What still stands between the physician and the signature, in the order of the screen; empty when nothing does. */
export function openPoints(statement: Statement, body: SessionBody, isOfAnother: boolean): readonly string[] {
  const open = body.deviations.filter(({ deviationId }) => !statement.dispositions[deviationId]).length
  const needsWords = statement.decision === 'HOLD' || statement.decision === 'STOP'
  return [
    ...(open > 0 ? [`${open} deviation${open === 1 ? '' : 's'} to decide on`] : []),
    ...(statement.decision === null ? ['the next session'] : []),
    ...(needsWords && statement.comment.trim() === '' ? ['a comment for Hold or Stop'] : []),
    ...(statement.patientSeen === null ? ['whether you saw the patient'] : []),
    ...(!statement.isSupervisionConfirmed && statement.supervisionNote.trim() === ''
      ? ['how the supervision really was']
      : []),
    ...(isOfAnother && statement.takeoverReason.trim() === '' ? ['why you take it over'] : []),
  ]
}
