import type { RefusalFact } from '../../shared/kernel/result.ts'
import type { RefusalText } from './refusal-text.ts'

export const sessionTexts: Readonly<Record<string, RefusalText>> = {
  SESSION_PATIENT_ARCHIVED: () =>
    'This chart is archived, so no session was begun. Take the chart back into use first.',
  SESSION_NOT_TREATING: () => 'Your account does not treat patients, so no session was begun.',
  CONSENT_TEXT_MISSING: ({ procedures }) =>
    `No session was begun: the order asks for ${textKinds(procedures)}, and the clinic has no consent text for it that a physician has approved.`,
  NOT_THE_AUTHOR: () => 'This record is written by somebody else. Nothing was changed; only its author can do that.',
  SESSION_MOVE_NOT_ALLOWED: ({ state }) =>
    `The session is ${stateWord(state)} by now, so nothing was changed. Open it again to see how it stands.`,
  SESSION_STARTED: () => 'The session has started already, so nothing was changed. Open it again and go on logging.',
  SESSION_NOT_STARTED: () =>
    'The session has not started, so there is nothing to sign. Start it, or record that it took place already.',
  GATE_FAILED: ({ codes }) =>
    `The session did not start: ${countOf(codes)} of the gate ${countOf(codes) === '1 condition' ? 'is' : 'are'} not met. The start gate lists each with what lifts it.`,
  SESSION_INCOMPLETE: ({ missing, problems }) =>
    `The session was not submitted: ${[openWords(missing), problemWords(problems)].filter(Boolean).join(' and ') || 'something is still open'}. The check lists each.`,
  REPLY_MISSING: () =>
    'The correction was not submitted: a point of the physician has no answer yet. Answer each one, then submit again.',
  DEVIATION_NOT_DISPOSED: () => 'The session was not signed: decide on every deviation first.',
  DISPOSITION_WITHOUT_DEVIATION: () =>
    'Nothing was signed: a decision is about a deviation that the record no longer has. Read it again and decide once more.',
  OPENED_BY_PHYSICIAN: () =>
    'A physician has opened the record, so it cannot be taken back. Ask for it to be returned, or write an addendum once it is signed.',
}

function textKinds(procedures: RefusalFact | undefined): string {
  const asked = Array.isArray(procedures) ? procedures : []
  const words = [
    ...(asked.includes('RF') ? ['radiofrequency needling'] : []),
    ...(asked.includes('ADDON') ? ['an add-on'] : []),
  ]
  return words.join(' and ') || 'a treatment of its own kind'
}

const stateWords: Readonly<Record<string, string>> = {
  DRAFT: 'a draft',
  SUBMITTED: 'submitted',
  RETURNED: 'returned',
  SIGNED: 'signed',
  VOIDED: 'marked entered in error',
  CANCELLED: 'discarded',
}

function stateWord(state: RefusalFact | undefined): string {
  return stateWords[String(state)] ?? 'in another state'
}

function countOf(codes: RefusalFact | undefined): string {
  const count = Array.isArray(codes) ? codes.length : 0
  return count === 1 ? '1 condition' : `${count} conditions`
}

function openWords(missing: RefusalFact | undefined): string {
  const count = Array.isArray(missing) ? missing.length : 0
  return count === 0 ? '' : count === 1 ? 'one field is open' : `${count} fields are open`
}

function problemWords(problems: RefusalFact | undefined): string {
  const count = Array.isArray(problems) ? problems.length : 0
  return count === 0 ? '' : count === 1 ? 'one value or reason is missing' : `${count} values or reasons are missing`
}
