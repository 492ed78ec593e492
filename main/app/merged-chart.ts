import type { Trx } from '../../db/open.ts'
import { selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectStandingLink } from '../../db/queries/patient-merge.ts'
import { mayChangeMergedChart } from '../../shared/domain/patient-merge.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { refuse } from '../../shared/kernel/result.ts'

/**
 * New records of a merged chart belong to the kept one: MERGED, with its number. Asked at the door, for every command
 * that names its patient; the store's triggers ask again.
 */
export async function refuseOnMergedChart(trx: Trx, procedure: string, input: unknown) {
  if (typeof input !== 'object' || input === null || !('patientId' in input)) return null
  if (typeof input.patientId !== 'string' || mayChangeMergedChart(procedure)) return null
  const link = await selectStandingLink(trx, input.patientId as PatientId)
  if (!link) return null
  const kept = (await selectPatientSummaries(trx, [link.keptId])).get(link.keptId)
  return refuse('MERGED', { chartNumber: kept?.chartNumber ?? '' })
}
