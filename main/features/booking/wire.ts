import type { Reader } from '../../../db/open.ts'
import type { Absence } from '../../../db/queries/booking.ts'
import type { BookingCheck } from '../../../db/queries/booking-check.ts'
import { selectStaff } from '../../../db/queries/staff.ts'
import { type BookingProblem, mayAgreeTo } from '../../../shared/domain/booking.ts'
import { treatingRoleOf } from '../../../shared/domain/staff.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'

export function checkToWire({ problems, clock, readiness, next }: BookingCheck) {
  return {
    problems: problems.map(problemToWire),
    ...clock,
    readiness,
    next: { step: next.step, toDo: [...next.toDo], blocks: [...next.blocks] },
  }
}

export function problemToWire(problem: BookingProblem) {
  return { ...problem, mayAgree: mayAgreeTo(problem.code) }
}

export function absenceToWire(absence: Absence, nameOf: (staffId: StaffId | null) => string | null) {
  return { ...absence, staffName: nameOf(absence.staffId) }
}

/** Who may be booked, and everybody's printed name. */
export async function treatingStaff(reader: Reader) {
  const everybody = await selectStaff(reader)
  const treating = everybody.filter((member) => member.status === 'ACTIVE' && treatingRoleOf(member.roles) !== null)
  const nameById = new Map(everybody.map((member) => [member.staffId, member.printedName]))
  return {
    staff: treating.map(({ staffId, printedName, roles }) => ({
      staffId,
      printedName,
      isPhysician: treatingRoleOf(roles) === 'physician',
    })),
    nameOf: (staffId: StaffId | null) => (staffId === null ? null : (nameById.get(staffId) ?? null)),
    isTreating: (staffId: StaffId) => treating.some((member) => member.staffId === staffId),
  }
}
