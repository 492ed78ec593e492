import type { JudgedFinding } from '../../../shared/contract/screening.ts'
import { questionIds } from '../../../shared/domain/screening/question.ts'
import { questionOf } from '../../../shared/domain/screening/questionnaire.ts'
import type { GlyphState, Tone } from '../../parts/StateGlyph.tsx'

type FindingLook = { readonly state: GlyphState; readonly tone: Tone; readonly words: string }

/** The tag of a finding: what it means for today, in two or three words. */
export function findingLook({ standing, outcome }: Pick<JudgedFinding, 'standing' | 'outcome'>): FindingLook {
  switch (standing) {
    case 'STANDS':
      return { state: 'blocked', tone: 'red', words: 'Stop' }
    case 'NEEDS_CLEARANCE':
      return outcome === 'STOP'
        ? { state: 'blocked', tone: 'red', words: 'Stop, physician may lift' }
        : { state: 'missing', tone: 'amber', words: 'Physician decides' }
    case 'CLEARED':
      return { state: 'done', tone: 'green', words: 'Cleared' }
    case 'ACKNOWLEDGE':
      return { state: 'warning', tone: 'amber', words: 'Caution' }
    case 'NOTE':
      return { state: 'later', tone: 'plain', words: 'Note' }
  }
}

export const earlierWords: Readonly<Record<JudgedFinding['earlier'], string | null>> = {
  NONE: null,
  EXPIRED: 'An earlier clearance has expired.',
  REFUSED: 'A physician refused this.',
  OTHER_FACTS: 'An earlier decision was about other facts.',
}

/** `Filler in the area?`; an id of another version is shown as it stands. */
export function questionWords(id: string): string {
  const known = questionIds.find((one) => one === id)
  return known ? questionOf(known).short : id
}

/** One finding among others. */
export function findingKey({ questionId, rule }: Pick<JudgedFinding, 'questionId' | 'rule'>): string {
  return `${questionId} ${rule}`
}
