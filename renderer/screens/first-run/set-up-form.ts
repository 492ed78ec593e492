import type { DateOrder } from '../../../shared/domain/patient-birth-date.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Input } from '../../client/client.ts'
import { isNewPinReady, type NewPin } from '../../parts/NewPinFields.tsx'
import { readSecretStrength } from '../../parts/secret-strength.ts'

/** What is typed before there are records; kept in this window's memory only. */
export type SetUpDraft = {
  readonly clinicName: string
  readonly state: string | null
  readonly timeZone: string
  readonly dateOrder: DateOrder
  readonly urgentPhone: string
  readonly printedName: string
  readonly credential: string
  readonly signInName: string | null
  readonly password: string
  readonly newPin: NewPin
  readonly alsoPhysician: boolean
  readonly licenceNumber: string
  readonly licenceState: string | null
  readonly licenceExpiresOn: CalendarDate | null
  readonly passphrase: string
  readonly passphraseAgain: string
}

export function emptySetUpDraft(timeZone: string): SetUpDraft {
  return {
    clinicName: '',
    state: null,
    timeZone,
    dateOrder: 'MDY',
    urgentPhone: '',
    printedName: '',
    credential: '',
    signInName: null,
    password: '',
    newPin: { pin: '', again: '' },
    alsoPhysician: false,
    licenceNumber: '',
    licenceState: null,
    licenceExpiresOn: null,
    passphrase: '',
    passphraseAgain: '',
  }
}

/** What the page still lacks, in the words of its fields; empty when it is ready. */
export function missingOnClinicPage(draft: SetUpDraft): readonly string[] {
  return listMissing([
    [draft.clinicName.trim() !== '', 'the name'],
    [draft.state !== null, 'the state'],
    [draft.urgentPhone.trim() !== '', 'the phone'],
  ])
}

/** Names that a password should not repeat. */
export function namesOf(draft: SetUpDraft): readonly string[] {
  return [draft.signInName ?? '', draft.clinicName, ...draft.printedName.split(' ')]
}

export function missingOnAccountPage(draft: SetUpDraft, signInName: string): readonly string[] {
  return listMissing([
    [draft.printedName.trim() !== '', 'your name'],
    [draft.credential.trim() !== '', 'your credential or function'],
    [!draft.alsoPhysician || licenceOf(draft) !== null, 'your licence'],
    [signInName.trim() !== '', 'a sign-in name'],
    [readSecretStrength(draft.password, namesOf(draft)).isEnough, 'a long enough password'],
    [isNewPinReady(draft.newPin), 'the PIN, twice'],
  ])
}

export function missingOnPassphrasePage(draft: SetUpDraft): readonly string[] {
  return listMissing([
    [readSecretStrength(draft.passphrase, [draft.clinicName]).isEnough, 'a long enough passphrase'],
    [draft.passphrase === draft.passphraseAgain, 'the same once more'],
  ])
}

function listMissing(checks: readonly (readonly [isThere: boolean, name: string])[]): readonly string[] {
  return checks.filter(([isThere]) => !isThere).map(([, name]) => name)
}

/** The whole set-up as it is sent; null while a page is not ready. */
export function toSetUpInput(
  draft: SetUpDraft,
  { signInName, needsPassphrase }: { readonly signInName: string; readonly needsPassphrase: boolean },
): Input<'clinic.setUp'> | null {
  const { state } = draft
  const missing = [
    ...missingOnClinicPage(draft),
    ...missingOnAccountPage(draft, signInName),
    ...(needsPassphrase ? missingOnPassphrasePage(draft) : []),
  ]
  if (state === null || missing.length > 0) return null
  return {
    clinicName: draft.clinicName.trim(),
    state,
    timeZone: draft.timeZone,
    dateOrder: draft.dateOrder,
    urgentPhone: draft.urgentPhone.trim(),
    owner: {
      printedName: draft.printedName.trim(),
      credential: draft.credential.trim(),
      signInName: signInName.trim(),
      password: draft.password,
      pin: draft.newPin.pin,
      alsoPhysician: draft.alsoPhysician,
      licence: draft.alsoPhysician ? licenceOf(draft) : null,
    },
    passphrase: needsPassphrase ? draft.passphrase : null,
  }
}

function licenceOf({ licenceNumber, licenceState, licenceExpiresOn }: SetUpDraft) {
  if (licenceNumber.trim() === '' || licenceState === null || licenceExpiresOn === null) return null
  return { number: licenceNumber.trim(), state: licenceState, expiresOn: licenceExpiresOn }
}
