import { type OutcomeScore, scoreOf } from '../../shared/domain/outcome.ts'
import type { OutcomeScaleCode } from '../../shared/domain/outcome-scales.ts'
import { anyProof, type SampleHouse } from './house.ts'
import type { Course } from './treat.ts'

/** The physician rates the scars before the first session. */
export async function rateBaseline(house: SampleHouse, { patientId, seriesId }: Course): Promise<void> {
  const okafor = await house.as('okafor')
  await okafor('outcome.rate', {
    patientId,
    seriesId,
    occasion: 'BASELINE',
    scores: [score('GB_QUAL', 3), score('GB_QUANT', 22)],
    photoIds: [],
    note: 'Rolling and shallow boxcar scars on both cheeks.',
    reason: null,
    reauth: anyProof,
  })
}

/** The last session of the course is signed: nothing more is planned. */
export async function completeCourse(house: SampleHouse, { patientId, seriesId }: Course): Promise<void> {
  const okafor = await house.as('okafor')
  const { series } = await okafor('series.list', { patientId })
  const version = series.find((one) => one.seriesId === seriesId)?.version
  if (version === undefined) throw new Error('sample: the course is gone')
  await okafor('series.setStatus', { patientId, seriesId, version, status: 'COMPLETED', reason: null })
}

/** Half a year later: the same physician, the same scales, and what the patient says of it. */
export async function reviewOutcome(house: SampleHouse, { patientId, seriesId }: Course): Promise<void> {
  const lena = await house.as('lena')
  await lena('outcome.takePatientScore', {
    patientId,
    seriesId,
    reportedOn: house.today,
    how: 'IN_PERSON',
    scores: [
      score('GAIS', 3),
      score('SATISFACTION', 4),
      score('WOULD_REPEAT', 1),
      score('PAIN_NRS', 3),
      score('DOWNTIME_DAYS', 2),
    ],
  })
  house.pass(5)
  const okafor = await house.as('okafor')
  await okafor('outcome.rate', {
    patientId,
    seriesId,
    occasion: 'OUTCOME',
    scores: [score('GB_QUAL', 2), score('GB_QUANT', 13), score('GAIS', 2)],
    photoIds: [],
    note: '',
    reason: null,
    reauth: anyProof,
  })
}

/** The contract's types are mutable where the domain's are not. */
function score(scale: OutcomeScaleCode, level: number): Omit<OutcomeScore, 'parts'> & { parts: [] } {
  return { ...scoreOf(scale, level), parts: [] }
}
