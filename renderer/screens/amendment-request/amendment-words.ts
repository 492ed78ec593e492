import type { AmendableRecordLine, ShownAmendmentRequest } from '../../../shared/contract/amendment-request.ts'
import type { AmendedRecordKind } from '../../../shared/domain/addendum.ts'
import type { DenialGround } from '../../../shared/domain/amendment-request.ts'
import type { ComplicationId, ConsentId, PatientId, ScreeningId, SessionId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { formatDate } from '../../parts/format.ts'
import type { GlyphState } from '../../parts/StateGlyph.tsx'

export const groundWords: Readonly<Record<DenialGround, string>> = {
  ACCURATE_AND_COMPLETE: 'The record is accurate and complete',
  NOT_CREATED_HERE: 'The clinic did not create it',
  NOT_IN_THE_SET: 'It is no part of the patient’s record',
  NOT_OPEN_TO_ACCESS: 'The patient has no right of access to it',
}

type Line = {
  readonly kind: AmendedRecordKind
  readonly on: string | null
  readonly no: number | null
}

/** `Session 2, 09-Jun-2026`. */
export function recordName({ kind, on, no }: Line): string {
  const name = kind === 'SESSION' && no !== null ? `Session ${no}` : kindWords[kind]
  return on === null ? name : `${name}, ${formatDate(on)}`
}

export function recordHref(
  patientId: PatientId,
  { kind, recordId }: { readonly kind: AmendedRecordKind; readonly recordId: string },
): string {
  switch (kind) {
    case 'SESSION':
      return hrefTo(pathTo.session(patientId, recordId as SessionId))
    case 'CONSENT':
      return hrefTo(pathTo.consent(patientId, recordId as ConsentId))
    case 'SCREENING':
      return hrefTo(pathTo.screening(patientId, recordId as ScreeningId))
    case 'COMPLICATION':
      return hrefTo(pathTo.complication(patientId, recordId as ComplicationId))
  }
}

/** Where the request stands now. */
export function requestLook(request: ShownAmendmentRequest): { readonly state: GlyphState; readonly words: string } {
  if (request.isOverdue) return { state: 'due', words: 'Overdue' }
  if (request.state === 'DENIED') return { state: 'notNeeded', words: 'Denied' }
  if (request.state === 'OPEN') return { state: 'toDo', words: 'Not answered yet' }
  if (request.addendum?.state === 'SIGNED') return { state: 'signed', words: 'Accepted, addendum signed' }
  if (request.addendum?.state === null) return { state: 'missing', words: 'Accepted, addendum thrown away' }
  return { state: 'draft', words: 'Accepted, addendum being written' }
}

const kindWords: Readonly<Record<AmendedRecordKind, string>> = {
  SESSION: 'Session',
  COMPLICATION: 'Complication',
  CONSENT: 'Consent',
  SCREENING: 'Questionnaire',
}

/** One request and the records it could be about. */
export type RequestProps = {
  readonly patientId: PatientId
  readonly request: ShownAmendmentRequest
  readonly records: readonly AmendableRecordLine[]
}
