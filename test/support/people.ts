import type { InputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import { emptyPatientDetails, type PatientDetails } from '../../shared/domain/patient.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { DefinitionOf } from '../../shared/rpc/client.ts'
import type { Window } from './clinic.ts'

/** What a registration form sends; invented people only. */
type Sent = InputOf<DefinitionOf<Api, 'patient.register'>>

export function registerInput(details: Sent['details']): Sent {
  return { details, acknowledgedDuplicates: [], draftId: null }
}

export function detailsOf(overrides: Partial<PatientDetails>): Sent['details'] {
  // Lists of a body are readonly, those of an input are not.
  return structuredClone({ ...emptyPatientDetails, ...overrides }) as Sent['details']
}

/** Registers a person through the door. */
export async function register(window: Window, overrides: Partial<PatientDetails>): Promise<PatientId> {
  const { patientId } = await window.must('patient.register', registerInput(detailsOf(overrides)))
  return patientId
}
