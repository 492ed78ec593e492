import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Person } from '../../app/use-person.ts'

export type ChartProps = { readonly patientId: PatientId; readonly clinic: Clinic; readonly person: Person }
