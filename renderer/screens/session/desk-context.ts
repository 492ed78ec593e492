import { createContext, useContext } from 'react'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import type { SessionCheck } from '../../../shared/domain/session-check.ts'
import type { SessionDesk } from '../../../shared/domain/session-desk.ts'
import type { ReturnPointer, ReturnReply } from '../../../shared/domain/sign-off.ts'
import type { GateFailure, StartGateFacts } from '../../../shared/domain/start-gate-facts.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Person } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import type { SessionPart } from './field-names.ts'
import type { OpenMatter } from './left-to-do.ts'

export type OpenSession = Output<'session.open'>

/** What every part of the session's desk reads and does. */
export type SessionWork = {
  readonly opened: OpenSession
  readonly clinic: Clinic
  readonly person: Person
  readonly draft: SessionDraft
  readonly change: (update: (before: SessionDraft) => SessionDraft) => void
  readonly set: (part: Partial<SessionDraft>) => void
  /** What the physician asks for; empty where the record was not returned. */
  readonly points: readonly ReturnPointer[]
  /** Answers to these points. */
  readonly replies: readonly ReturnReply[]
  readonly setReplies: (replies: readonly ReturnReply[]) => void
  /** Saves what is left; the number of that save, or null where it could not be saved. */
  readonly flush: () => Promise<number | null>
  readonly desk: SessionDesk
  /** What limits are judged by. */
  readonly facts: StartGateFacts
  readonly failures: readonly GateFailure[]
  readonly check: SessionCheck
  /** What still refuses the submission; empty where the record may be signed. */
  readonly matters: readonly OpenMatter[]
  readonly isStarted: boolean
  readonly part: SessionPart
  readonly showPart: (part: SessionPart) => void
  /** Goes to the part where the field of this path stands, and to the field. */
  readonly jumpTo: (path: string) => void
}

const WorkContext = createContext<SessionWork | null>(null)
export const SessionWorkProvider = WorkContext.Provider

export function useSessionWork(): SessionWork {
  const work = useContext(WorkContext)
  if (!work) throw new Error('a part of the session stands outside its desk')
  return work
}
