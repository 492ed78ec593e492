import { type StaffMember, selectStaffMember } from '../../db/queries/staff.ts'
import type { SignOffBody } from '../../shared/domain/sign-off.ts'
import type { CommandContext } from './context.ts'
import { hasValidLicence, licenceOf } from './signer.ts'

/** The physician who signs now; null where their own licence has run out. */
export async function findSigner({ trx, caller, today }: CommandContext): Promise<StaffMember | null> {
  const member = await selectStaffMember(trx, caller.staffId)
  return member && hasValidLicence(member, today) ? member : null
}

/** What the named physician wrote there says nothing; only another one takes a record over. */
export function takeoverOf(supervisorId: string | null, signer: StaffMember, reason: string | null): string | null {
  return supervisorId === signer.staffId ? null : (reason?.trim() ?? null)
}

export function signerOf(member: StaffMember): SignOffBody['signer'] {
  return {
    staffId: member.staffId,
    printedName: member.printedName,
    credential: member.credential,
    licence: licenceOf(member),
  }
}
