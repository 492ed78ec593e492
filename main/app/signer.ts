import { licenceText, type StaffMember } from '../../db/queries/staff.ts'
import type { Signature, SignatureInput } from '../../db/signatures.ts'
import { isLicenceValidOn, type Licence, licenceLevels, type PhysicianSignature } from '../../shared/domain/staff.ts'
import type { PhysicianFacts } from '../../shared/domain/staff-practice.ts'
import type { SignatureId, VersionId } from '../../shared/kernel/ids.ts'
import { dateWords } from '../print/words.ts'
import type { CommandContext } from './context.ts'

/** The person's licence as a signed record shows it; a level that is no word of ours follows from the role. */
export function licenceOf(member: StaffMember): Licence | null {
  if (!member.licence) return null
  const byRole = member.roles.includes('physician') ? 'PHYSICIAN' : 'AESTHETICIAN'
  const level = licenceLevels.find((known) => known === member.licence?.level) ?? byRole
  return { ...member.licence, level }
}

export function hasValidLicence(member: StaffMember, on: string): boolean {
  return isLicenceValidOn(licenceOf(member), on)
}

/** The person as a supervisor or a deputy is judged. */
export function physicianFacts(member: StaffMember): PhysicianFacts {
  const { staffId, roles, status } = member
  return { staffId, roles, isActive: status !== 'DEACTIVATED', licence: licenceOf(member) }
}

/** What stands inside the signed bytes about the physician who signs them now. */
export function physicianSignature(context: CommandContext, member: StaffMember): PhysicianSignature {
  return {
    staffId: member.staffId,
    printedName: member.printedName,
    credential: member.credential,
    licence: licenceOf(member),
    signedAt: context.now,
    utcOffsetMin: context.offsetMin,
  }
}

/** The row beside the signed bytes. */
export function signatureRow(
  context: CommandContext,
  member: StaffMember,
  { versionId, meaning }: { versionId: VersionId; meaning: string },
): SignatureInput {
  return {
    signatureId: context.newId<SignatureId>(),
    versionId,
    signerId: member.staffId,
    signerName: member.printedName,
    credential: member.credential,
    licence: licenceText(member, context.today),
    meaning,
    signedAt: context.now,
    offsetMin: context.offsetMin,
    sealer: context.sealer,
  }
}

/** What stands over a printed signature: that its bytes changed, and that its key followed a reset by somebody else. */
export function printedStatement({ integrity, keyReset }: Signature, statement: string): string {
  const reset =
    keyReset && `Key made after ${keyReset.byName} had reset this access on ${dateWords(keyReset.at.slice(0, 10))}.`
  const damage = integrity === 'INTACT' ? null : 'DAMAGED: the signed bytes have changed.'
  return [damage, statement, reset].filter((part) => part !== null).join(' ')
}
