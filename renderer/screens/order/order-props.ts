import type { OrderId, PatientId } from '../../../shared/kernel/ids.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Person } from '../../app/use-person.ts'

/** What every part of the order's screen is about. */
export type OrderProps = {
  readonly patientId: PatientId
  readonly orderId: OrderId
  readonly clinic: Clinic
  readonly person: Person
}
