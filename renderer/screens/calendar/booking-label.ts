import type { DayVisit } from '../../../shared/contract/visit.ts'
import { isTreatment } from '../../../shared/domain/visit.ts'
import { blockText, cancelReasonWords, serviceText } from '../../app/visits/visit-words.ts'
import { formatName } from '../../parts/format.ts'
import type { GlyphState } from '../../parts/StateGlyph.tsx'

/** What a booking says for itself: `10:00 to 11:15, Lindqvist, Mara, Session 1 of 4, blocked: order ended`. */
export function bookingLabel(visit: DayVisit): string {
  const state = bookingState(visit)
  return [
    `${visit.atTime} to ${visit.untilTime}`,
    formatName(visit),
    ...(visit.isLookAlike ? ['look-alike'] : []),
    serviceText(visit),
    state.words,
  ].join(', ')
}

export type BookingState = { readonly glyph: GlyphState; readonly words: string; readonly isBlocked: boolean }

/** The one mark of a booking: what blocks it, what is missing, or that all is there. */
export function bookingState({ status, service, care, cancelReason, isCancelledLate }: DayVisit): BookingState {
  if (status === 'CANCELLED') {
    const words = `${cancelReasonWords[cancelReason ?? 'MISTAKE']}${isCancelledLate ? ', late' : ''}`
    return { glyph: 'notNeeded', words, isBlocked: false }
  }
  if (status === 'DONE') return { glyph: 'done', words: 'Done', isBlocked: false }
  const place = status === 'IN_ROOM' ? 'In the room' : status === 'HERE' ? 'Here' : null
  if (care === null) return { glyph: 'toDo', words: place ?? 'Expected', isBlocked: false }
  const { step, toDo, blocks } = care.next
  if (step === 'LOG' || step === 'SUBMIT') return { glyph: 'done', words: 'In treatment', isBlocked: false }
  const [block] = blocks
  // A talk is what a red flag asks for: it is marked and not held.
  if (block && !isTreatment(service))
    return { glyph: 'redFlag', words: sentenceCase(blockText(block)), isBlocked: false }
  if (block) return { glyph: 'blocked', words: `Held: ${blockText(block)}`, isBlocked: true }
  if (toDo.includes('CONSENT')) return { glyph: 'missing', words: 'Consent missing', isBlocked: false }
  if (place !== null) return { glyph: 'toDo', words: place, isBlocked: false }
  return toDo.length > 0
    ? { glyph: 'toDo', words: 'Screening on the day', isBlocked: false }
    : { glyph: 'done', words: 'Ready', isBlocked: false }
}

/** Treatments that stand in the calendar and could not start as things are. */
export function isHeld(visit: DayVisit): boolean {
  return visit.status === 'EXPECTED' && bookingState(visit).isBlocked
}

function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
