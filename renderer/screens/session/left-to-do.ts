import { pathOf } from '../../../shared/domain/field-pointer.ts'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import type { SessionCheck } from '../../../shared/domain/session-check.ts'
import type { ReturnPointer } from '../../../shared/domain/sign-off.ts'
import { fieldName, hardSentence, openGroups } from './field-names.ts'

/** One thing without which the record cannot be submitted, and the field where it is settled. */
export type OpenMatter = {
  readonly path: string
  readonly name: string
  /** Why a value is refused; null where something is only missing, then `fields` says what. */
  readonly sentence: string | null
  readonly fields: readonly string[]
}

/** Where the reason of a warning is written; the warning's own path leads to the value it is about. */
export function warningPath(code: string, path: string): string {
  return `warnings.${code}.${path}`
}

/** Where a point of the physician is answered. */
export function replyPath(pointer: string): string {
  return `replies.${pointer}`
}

/** Where a whole group is pointed at, its first field stands for it. */
const firstFieldByGroup: Readonly<Record<string, string>> = {
  anaesthetic: 'anaesthetic.kind',
  postProducts: 'postProducts.kind',
  immediateReactions: 'immediateReactions.kind',
  aftercareGiven: 'aftercareGiven.templateVersion',
}

/** The field on the desk that a point of the physician is about. */
export function pointedPath(pointer: string): string {
  const path = pathOf(pointer)
  return firstFieldByGroup[path] ?? path
}

/** Everything that refuses the submission: the physician's open points, refused values, reasons, open fields. */
export function openMatters(
  check: SessionCheck,
  draft: SessionDraft,
  unanswered: readonly ReturnPointer[],
): readonly OpenMatter[] {
  return [
    ...unanswered.map(({ path }) => ({
      path: replyPath(path),
      name: `Answer: ${fieldName(pathOf(path), draft)}`,
      sentence: 'The physician waits for your answer.',
      fields: [],
    })),
    ...check.hard.map(({ code, path, facts }) => ({
      path: code === 'WARNING_REASON_MISSING' ? warningPath(String(facts['warning']), path) : path,
      name: code === 'WARNING_REASON_MISSING' ? `${fieldName(path, draft)}, reason` : fieldName(path, draft),
      sentence: hardSentence(code, facts),
      fields: [],
    })),
    ...openGroups(check.missing, draft).map(({ group, fields, path }) => ({
      path,
      name: group,
      sentence: null,
      fields,
    })),
  ]
}
