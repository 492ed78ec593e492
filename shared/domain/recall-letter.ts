import type { CalendarDate } from '../kernel/time.ts'

/** What a letter fills in for each patient. */
export const letterFields = ['patient_name', 'clinic_name', 'subject', 'session_dates', 'urgent_phone'] as const
export type LetterField = (typeof letterFields)[number]
export type LetterFacts = Readonly<Record<LetterField, string>>

/**
 * The letter a recall begins with; whoever opens the recall rewrites it for the case. It names no treatment on the
 * outside and promises nothing about the risk, which only the notice of the maker or the physician can tell.
 */
export const firstLetter = [
  'Dear {{patient_name}},',
  'we are writing to you because {{subject}} has been recalled or set aside. Our records show, or cannot rule out, that it was used at your visit on {{session_dates}}.',
  'Please call us at {{urgent_phone}}, so that we can tell you what is known, answer your questions, and arrange a visit if you wish one. Call at once if you notice spreading redness, heat, pus, fever, blisters, growing pain, or new lumps in the treated area.',
  'You need not do anything else until we have spoken.',
  '{{clinic_name}}',
].join('\n\n')

/** Fields in double braces that no letter knows: the text would reach a patient with a hole in it. */
export function unknownLetterFields(text: string): readonly string[] {
  const known: readonly string[] = letterFields
  return [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)]
    .map(([, field = '']) => field)
    .filter((field) => !known.includes(field))
}

export function fillLetter(text: string, facts: LetterFacts): string {
  return text.replaceAll(/\{\{\s*([a-z_]+)\s*\}\}/g, (whole, field: string) =>
    field in facts ? facts[field as LetterField] : whole,
  )
}

/** "03-Aug-2026 and 04-Sep-2026": days as a sentence names them. */
export function daysInWords(days: readonly CalendarDate[], format: (day: CalendarDate) => string): string {
  const words = [...new Set(days)].sort().map(format)
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
