import type { TaskChannel } from '../../../shared/contract/recall.ts'
import type { AffectedPatient } from '../../../shared/contract/schemas/trace.ts'
import type { ContactChannel } from '../../../shared/domain/patient.ts'
import type { RecallFinding, RecallSource, TaskState, TraceReason } from '../../../shared/domain/recall.ts'
import { formatDate, formatName } from '../../parts/format.ts'
import type { GlyphState } from '../../parts/StateGlyph.tsx'

export const sourceWords: Readonly<Record<RecallSource, string>> = {
  MANUFACTURER: 'The maker',
  AUTHORITY: 'An authority',
  CLINIC: 'The clinic itself',
}

export const findingWords: Readonly<Record<RecallFinding, string>> = {
  TRACED: 'Named in the record',
  NOT_RULED_OUT: 'Not ruled out',
}
export const findingGlyphs: Readonly<Record<RecallFinding, GlyphState>> = {
  TRACED: 'checked',
  NOT_RULED_OUT: 'missing',
}

export const reasonWords: Readonly<Record<TraceReason, string>> = {
  LOT_NAMED: 'lot named',
  ARTICLE_NAMED: 'article named',
  DEVICE_NAMED: 'device named',
  EXPOSED: 'treated there',
  LOT_MISSING: 'lot missing',
  LOT_ILLEGIBLE: 'lot cannot be read',
  NO_CARTRIDGE_ENTERED: 'no cartridge entered',
  DEVICE_MISSING: 'no device entered',
  ROOM_MISSING: 'no room entered',
}

export const taskLooks: Readonly<Record<TaskState, { readonly words: string; readonly state: GlyphState }>> = {
  DUE: { words: 'To be told', state: 'due' },
  SENT: { words: 'Letter sent', state: 'submitted' },
  REACHED: { words: 'Reached', state: 'done' },
  DECLINED: { words: 'Declined', state: 'notNeeded' },
  UNREACHABLE: { words: 'Not to be found', state: 'blocked' },
}

/** What a button says that leads there. */
export const taskActs: Readonly<Record<TaskState, string>> = {
  DUE: 'Take back',
  SENT: 'Message sent',
  REACHED: 'Reached',
  DECLINED: 'Declined',
  UNREACHABLE: 'Not to be found',
}

export const taskChannelWords: Readonly<Record<TaskChannel, string>> = {
  PHONE: 'Phone',
  SMS: 'Text',
  EMAIL: 'E-mail',
  POST: 'Letter',
  IN_PERSON: 'In person',
}

export const preferredWords: Readonly<Record<ContactChannel, string>> = {
  PHONE: 'phone',
  SMS: 'text message',
  EMAIL: 'e-mail',
  POST: 'letter',
}

const statusWords: Readonly<Record<string, string>> = {
  AVAILABLE: 'Available',
  ACTIVE: 'In use',
  QUARANTINED: 'In quarantine',
  RECALLED: 'Recalled',
  EXPIRED: 'Expired',
  RETIRED: 'Retired',
}
export function stockStatusWord(status: string): string {
  return statusWords[status] ?? status
}

export function patientName({ names }: Pick<AffectedPatient, 'names'>): string {
  return formatName({ familyName: names.family, givenName: names.given, preferredName: names.preferred })
}

/** "03-Aug-2026, lot named". */
export function visitText({ performedOn, reason }: AffectedPatient['sessions'][number]): string {
  return `${performedOn === null ? 'day not entered' : formatDate(performedOn)}, ${reasonWords[reason]}`
}

/** How to reach the patient, the way they prefer first. */
export function contactText({ contact }: Pick<AffectedPatient, 'contact'>): string {
  const phone = contact.phones[0]?.number
  const first = contact.preferredChannel === 'EMAIL' ? [contact.email, phone] : [phone, contact.email]
  return first.filter(Boolean).join(', ') || contact.address.join(', ') || 'no contact entered'
}

const languages = new Intl.DisplayNames(['en'], { type: 'language' })

/** "Polish, interpreter needed". */
export function languageText({ contact }: Pick<AffectedPatient, 'contact'>): string {
  const name = contact.language === null ? 'language not asked' : languages.of(contact.language)
  return [name, contact.interpreterNeeded && 'interpreter needed'].filter(Boolean).join(', ')
}
