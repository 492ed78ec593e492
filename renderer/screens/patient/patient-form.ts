import type { ChartFacts, PatientForm } from '../../../shared/contract/patient.ts'
import type { RegistrationStart } from '../../../shared/contract/patient-search.ts'
import type { Allergies, AllergyKind, PatientDetails } from '../../../shared/domain/patient.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'

export const emptyForm: PatientForm = {
  family: '',
  given: '',
  middle: '',
  preferred: '',
  formerNames: [],
  bornOn: null,
  sex: null,
  gender: '',
  phones: [{ kind: 'MOBILE', number: '' }],
  email: '',
  line1: '',
  line2: '',
  locality: '',
  postcode: '',
  region: '',
  preferredChannel: null,
  language: '',
  interpreterNeeded: false,
  allergyState: 'NOT_ASKED',
  allergiesAskedOn: null,
  allergies: [],
  hasGuardian: false,
  guardianName: '',
  guardianRelationship: '',
  guardianPhone: '',
  guardianProof: '',
  emergencyName: '',
  emergencyRelationship: '',
  emergencyPhone: '',
  deskNotes: '',
  nameChange: null,
}

/** A form that begins with what somebody typed into the search. */
export function formFromSearch({ family, given, bornOn, phone }: RegistrationStart): PatientForm {
  return {
    ...emptyForm,
    family: family ?? '',
    given: given ?? '',
    bornOn,
    phones: [{ kind: 'MOBILE', number: phone ?? '' }],
  }
}

/** A form with everything that the chart says. */
export function formFromChart({ details, allergies }: ChartFacts): PatientForm {
  return {
    ...emptyForm,
    family: details.family ?? '',
    given: details.given ?? '',
    middle: details.middle ?? '',
    preferred: details.preferred ?? '',
    formerNames: details.formerNames.map(({ family, given }) => ({ family: family ?? '', given: given ?? '' })),
    bornOn: details.bornOn,
    sex: details.sex,
    gender: details.gender ?? '',
    phones: details.phones.length === 0 ? emptyForm.phones : details.phones,
    email: details.email ?? '',
    line1: details.address.line1 ?? '',
    line2: details.address.line2 ?? '',
    locality: details.address.locality ?? '',
    postcode: details.address.postcode ?? '',
    region: details.address.region ?? '',
    preferredChannel: details.preferredChannel,
    language: details.language ?? '',
    interpreterNeeded: details.interpreterNeeded,
    allergyState: allergies?.state ?? 'NOT_ASKED',
    allergiesAskedOn: allergies?.state === 'NONE_KNOWN' ? allergies.askedOn : null,
    allergies:
      allergies?.state === 'LISTED'
        ? allergies.entries.map((entry) => ({ ...entry, reaction: entry.reaction ?? '' }))
        : [],
    hasGuardian: details.guardian !== null,
    guardianName: details.guardian?.name ?? '',
    guardianRelationship: details.guardian?.relationship ?? '',
    guardianPhone: details.guardian?.phone ?? '',
    guardianProof: details.guardian?.proofSeen ?? '',
    emergencyName: details.emergencyContact?.name ?? '',
    emergencyRelationship: details.emergencyContact?.relationship ?? '',
    emergencyPhone: details.emergencyContact?.phone ?? '',
    deskNotes: details.deskNotes ?? '',
  }
}

/**
 * What the form says, as main keeps it: trimmed, and null where nothing was typed. `before` lends what the form does
 * not show: periods of former names, and the text of a birth date that does not exist.
 */
export function formToDetails(
  form: PatientForm,
  { today, before = null }: { readonly today: CalendarDate; readonly before?: ChartFacts['details'] | null },
): PatientDetails {
  return {
    family: filled(form.family),
    given: filled(form.given),
    middle: filled(form.middle),
    preferred: filled(form.preferred),
    formerNames: form.formerNames
      .map(({ family, given }) => ({ family: filled(family), given: filled(given) }))
      .filter(({ family, given }) => family !== null || given !== null)
      .map(({ family, given }) => {
        const known = before?.formerNames.find((name) => name.family === family && name.given === given)
        return { family, given, from: known?.from ?? null, until: known?.until ?? null }
      }),
    bornOn: form.bornOn,
    bornText: form.bornOn === null ? (before?.bornText ?? null) : null,
    sex: form.sex,
    gender: filled(form.gender),
    phones: form.phones
      .filter(({ number }) => number.trim() !== '')
      .map(({ kind, number }) => ({ kind, number: number.trim() })),
    email: filled(form.email),
    address: {
      line1: filled(form.line1),
      line2: filled(form.line2),
      locality: filled(form.locality),
      postcode: filled(form.postcode),
      region: filled(form.region),
    },
    preferredChannel: form.preferredChannel,
    language: filled(form.language),
    interpreterNeeded: form.interpreterNeeded,
    allergies: allergiesOf(form, today),
    guardian: form.hasGuardian
      ? {
          name: form.guardianName.trim(),
          relationship: form.guardianRelationship.trim(),
          phone: filled(form.guardianPhone),
          proofSeen: filled(form.guardianProof),
        }
      : null,
    emergencyContact:
      form.emergencyName.trim() === '' && form.emergencyPhone.trim() === ''
        ? null
        : {
            name: form.emergencyName.trim(),
            relationship: filled(form.emergencyRelationship),
            phone: form.emergencyPhone.trim(),
          },
    deskNotes: form.deskNotes.trim() === '' ? null : form.deskNotes,
  }
}

/** The newer form with everything on it that this person changed since `began`: what both changed stays theirs. */
export function mergedForm(began: PatientForm, mine: PatientForm, newest: PatientForm): PatientForm {
  const fields = Object.keys(mine) as (keyof PatientForm)[]
  const changed = fields.filter((field) => JSON.stringify(mine[field]) !== JSON.stringify(began[field]))
  return { ...newest, ...Object.fromEntries(changed.map((field) => [field, mine[field]])) }
}

/** What speaks for one person or another, as the advice beside the form asks about it. */
export function identityFactsOf(details: PatientDetails) {
  const { family, given, middle, preferred, formerNames, bornOn, bornText, address, phones } = details
  return {
    family,
    given,
    middle,
    preferred,
    formerNames: [...formerNames],
    bornOn,
    bornText,
    address,
    // A number on its way is none yet.
    phones: phones.filter(({ number }) => hasPhoneDigits(number)),
  }
}

export function hasPhoneDigits(number: string): boolean {
  return (number.match(/\d/g) ?? []).length >= 4
}

function allergiesOf(form: PatientForm, today: CalendarDate): Allergies {
  if (form.allergyState === 'NOT_ASKED') return { state: 'NOT_ASKED' }
  if (form.allergyState === 'NONE_KNOWN') return { state: 'NONE_KNOWN', askedOn: form.allergiesAskedOn ?? today }
  return {
    state: 'LISTED',
    entries: form.allergies
      .filter(({ substance }) => substance.trim() !== '')
      .map(({ substance, reaction, kind }) => ({
        substance: substance.trim(),
        reaction: filled(reaction),
        // A missing kind is a problem of the form and never sent.
        kind: kind ?? ('OTHER' satisfies AllergyKind),
      })),
  }
}

function filled(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}
