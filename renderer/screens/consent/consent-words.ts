import type {
  CopyMethod,
  IdentityDocument,
  InterpreterMode,
  SignerRole,
  WithdrawalScope,
} from '../../../shared/domain/consent/consent.ts'
import type { ConsentState } from '../../../shared/domain/consent/consent-state.ts'
import {
  expandPreset,
  type Indication,
  includesPlace,
  requiresSite,
  type ZonePlace,
} from '../../../shared/domain/zones.ts'
import { languageName } from '../../parts/language-name.ts'

export { languageName }

import type { GlyphState, Tone } from '../../parts/StateGlyph.tsx'
import { zoneName, zoneSideName } from '../../parts/zone-names.ts'

export const stateWords: Readonly<
  Record<ConsentState, { readonly words: string; readonly glyph: GlyphState; readonly tone?: Tone }>
> = {
  DRAFT: { words: 'Being prepared', glyph: 'draft' },
  PRESENTED: { words: 'Shown, not signed', glyph: 'missing' },
  SIGNED: { words: 'Signed, in date', glyph: 'signed', tone: 'green' },
  SUPERSEDED: { words: 'Replaced by a newer one', glyph: 'notNeeded' },
  EXPIRED: { words: 'Lapsed', glyph: 'retake' },
  WITHDRAWN: { words: 'Withdrawn', glyph: 'blocked' },
  VOIDED: { words: 'Void: signed in error', glyph: 'enteredInError' },
}

export const indicationWords: Readonly<Record<Indication, string>> = {
  ACNE_SCAR: 'Acne scars',
  OTHER_SCAR: 'Other scars',
  DYSCHROMIA: 'Uneven pigment',
  RHYTIDES_FINE: 'Fine lines',
  RHYTIDES_DEEP: 'Deeper lines',
  PORES: 'Enlarged pores',
  TEXTURE: 'Skin texture',
  LAXITY: 'Loose skin',
  TONE: 'Uneven tone',
  STRIAE: 'Stretch marks',
  PHOTOAGING: 'Sun damage',
}

export const signerWords: Readonly<Record<SignerRole, string>> = {
  PATIENT: 'The patient',
  GUARDIAN: 'Parent or guardian',
  REPRESENTATIVE: 'Representative',
}

export const identityWords: Readonly<Record<IdentityDocument, string>> = {
  PASSPORT: 'Passport',
  DRIVING_LICENCE: 'Driving licence',
  STATE_ID: 'State identity card',
  OTHER: 'Another document',
  KNOWN_TO_STAFF: 'Known to the staff',
}

export const interpreterWords: Readonly<Record<InterpreterMode, string>> = {
  IN_PERSON: 'In person',
  VIDEO: 'By video',
  PHONE: 'By phone',
}

export const copyWords: Readonly<Record<CopyMethod, string>> = {
  PAPER: 'On paper',
  EMAIL: 'By e-mail',
  PORTAL: 'In the portal',
  DECLINED: 'Offered and declined',
}

export const scopeWords: Readonly<Record<WithdrawalScope, string>> = {
  ALL: 'Everything: treatment and photographs',
  SERIES: 'This course of treatment',
  PHOTO_OWN_RECORD: 'Photos for the patient’s own record',
  PHOTO_TEACHING: 'Photos for staff teaching',
  PHOTO_MARKETING: 'Photos on the website or in advertising',
}

/** What stands against a signed form today, and what lifts it. */
export const problemWords: Readonly<Record<string, { readonly title: string; readonly sentence: string }>> = {
  WITHDRAWN: {
    title: 'Withdrawn',
    sentence: 'No session starts on this form. A new consent is needed if the patient comes back.',
  },
  TOO_OLD: { title: 'Too old', sentence: 'Its time is over. Prepare a new form and have it signed.' },
  NEW_MAJOR_VERSION: {
    title: 'The text has changed in substance',
    sentence: 'A new major version is in force. Prepare a new form and have it signed.',
  },
  BIRTH_DATE_UNKNOWN: { title: 'Birth date unknown', sentence: 'Complete the chart: nobody can say who may sign.' },
  GUARDIAN_NEEDED: { title: 'Signed by a minor alone', sentence: 'A parent or guardian signs a new form.' },
  GUARDIAN_CONSENT_EXPIRED: {
    title: 'The patient is of age now',
    sentence: 'The guardian’s signature has lapsed. The patient signs a new form in person.',
  },
  GUARDIAN_CHANGED: {
    title: 'Another guardian is on the chart',
    sentence: 'The guardian named today signs a new form.',
  },
  LANGUAGE_DIFFERS: {
    title: 'Signed in another language',
    sentence: 'The patient is spoken to in another language than the form was explained in. Take it again.',
  },
}

/** `Full face`, `Cheek, front, both sides`, `Temple, patient’s left`; a named scar by its name. */
export function placeNames(places: readonly ZonePlace[]): readonly string[] {
  const fullFace = expandPreset('FULL_FACE').map((place) => ({ ...place, site: null }))
  const isFullFace = fullFace.every((place) => includesPlace(places, place))
  const rest = isFullFace ? places.filter((place) => !includesPlace(fullFace, place)) : places
  const names = [...new Set(rest.map(({ zone }) => zone))].flatMap((zone) => {
    const own = rest.filter((place) => place.zone === zone)
    if (requiresSite(zone)) return own.map((place) => `${zoneSideName(place)}: ${place.site ?? ''}`)
    return own.length === 2 ? [`${zoneName(zone)}, both sides`] : own.map(zoneSideName)
  })
  return isFullFace ? ['Full face', ...names] : names
}

/** The languages that a form is explained in most often; any other can be added by the chart. */
export function languageOptions(...more: readonly string[]) {
  const tags = new Set(['en', 'es', 'zh', 'vi', 'ar', 'tl', 'ko', 'ru', 'fr', 'pt', 'pl', 'ht', 'hi', 'ur', ...more])
  return [...tags]
    .filter((tag) => tag !== '')
    .map((value) => ({ value, label: languageName(value) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'))
}
