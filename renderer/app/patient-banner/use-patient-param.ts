import { useParams } from '@tanstack/react-router'
import type { PatientId } from '../../../shared/kernel/ids.ts'

/** The patient of the address. Main refuses what is no id of a patient. */
export function usePatientParam(): PatientId {
  const { patientId } = useParams({ strict: false })
  // The address was written by `pathTo`, or by a person whose text the contract refuses.
  return (patientId ?? '') as PatientId
}
