import type { Role } from '../../../shared/domain/roles.ts'
import { type LicenceLevel, licenceLevels } from '../../../shared/domain/staff.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Input, Output } from '../../client/client.ts'

export type Member = Output<'staff.list'>['members'][number]
export type MemberFacts = Omit<Input<'staff.edit'>, 'staffId' | 'version'>

/** What the form holds while it is typed: every field as text, nothing missing. */
export type MemberDraft = {
  readonly printedName: string
  readonly credential: string
  readonly boardCertification: string
  readonly hasLicence: boolean
  readonly licenceNumber: string
  readonly licenceState: string | null
  readonly licenceLevel: LicenceLevel | null
  readonly licenceExpiresOn: CalendarDate | null
  readonly examinerKind: 'PHYSICIAN' | 'NP' | 'PA' | null
  /** The first supervisor of a newcomer; later ones are named in the person's record. */
  readonly supervisorId: StaffId | null
  readonly supervisedFrom: CalendarDate | null
  readonly supervisedUntil: CalendarDate | null
}

export function emptyMemberDraft(roles: readonly Role[], state: string | null): MemberDraft {
  return {
    printedName: '',
    credential: '',
    boardCertification: '',
    hasLicence: needsLicence(roles),
    licenceNumber: '',
    licenceState: state,
    licenceLevel: roles.includes('physician') ? 'PHYSICIAN' : 'AESTHETICIAN',
    licenceExpiresOn: null,
    examinerKind: roles.includes('physician') ? 'PHYSICIAN' : null,
    supervisorId: null,
    supervisedFrom: null,
    supervisedUntil: null,
  }
}

export function memberToDraft(member: Member): MemberDraft {
  return {
    printedName: member.printedName,
    credential: member.credential,
    boardCertification: member.boardCertification ?? '',
    hasLicence: member.licence !== null,
    licenceNumber: member.licence?.number ?? '',
    licenceState: member.licence?.state ?? null,
    licenceLevel: licenceLevels.find((level) => level === member.licence?.level) ?? null,
    licenceExpiresOn: member.licence?.expiresOn ?? null,
    examinerKind: member.examinerKind,
    supervisorId: null,
    supervisedFrom: null,
    supervisedUntil: null,
  }
}

/** The facts to send, or null while something that belongs to them is missing. */
export function draftToFacts(draft: MemberDraft): MemberFacts | null {
  const { licenceNumber, licenceState, licenceExpiresOn, supervisorId, supervisedFrom } = draft
  if (draft.printedName.trim() === '') return null
  const isLicenceWhole = licenceNumber.trim() !== '' && licenceState !== null && licenceExpiresOn !== null
  if (draft.hasLicence && !isLicenceWhole) return null
  if (supervisorId !== null && supervisedFrom === null) return null
  return {
    printedName: draft.printedName.trim(),
    credential: draft.credential.trim(),
    boardCertification: draft.boardCertification.trim() || null,
    licence:
      draft.hasLicence && isLicenceWhole
        ? { number: licenceNumber.trim(), state: licenceState, level: draft.licenceLevel, expiresOn: licenceExpiresOn }
        : null,
    examinerKind: draft.examinerKind,
  }
}

export function draftToSupervisor({
  supervisorId,
  supervisedFrom,
  supervisedUntil,
}: MemberDraft): Input<'staff.invite'>['supervisor'] {
  if (supervisorId === null || supervisedFrom === null) return null
  return { staffId: supervisorId, from: supervisedFrom, until: supervisedUntil }
}

/** What the facts still lack, in the words of the fields; empty when they can be sent. */
export function missingFacts(draft: MemberDraft): readonly string[] {
  const checks: readonly (readonly [isThere: boolean, name: string])[] = [
    [draft.printedName.trim() !== '', 'the printed name'],
    [!draft.hasLicence || draft.licenceNumber.trim() !== '', 'the licence number'],
    [!draft.hasLicence || draft.licenceState !== null, 'the state of the licence'],
    [!draft.hasLicence || draft.licenceExpiresOn !== null, 'the last day of the licence'],
    [draft.supervisorId === null || draft.supervisedFrom !== null, 'the first day of supervision'],
  ]
  return checks.filter(([isThere]) => !isThere).map(([, name]) => name)
}

/** Who treats or signs does so under a licence. */
export function needsLicence(roles: readonly Role[]): boolean {
  return roles.includes('aesthetician') || roles.includes('physician')
}

/** `lena.brook` from `Lena Brook`: a proposal, which the manager may change. */
export function proposeSignInName(printedName: string): string {
  return printedName
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^(?:dr|prof|mr|mrs|ms)\.?\s+/i, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.|\.$/g, '')
}
