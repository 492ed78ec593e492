import type { Store } from '../../db/open.ts'
import { PatientVocabulary } from '../../db/queries/patient-vocabulary.ts'
import type { PatientNames } from '../../shared/domain/patient.ts'
import { nameTokens } from '../../shared/domain/patient-name.ts'
import type { Services } from './services.ts'

const vocabularyByStore = new WeakMap<Store, PatientVocabulary>()

/** The words of the open store's names, for misspelt searches: one per store, gone with it. */
export function vocabularyOf(services: Services): PatientVocabulary {
  const { store } = services.storeLife.open
  const known = vocabularyByStore.get(store)
  if (known) return known
  const vocabulary = new PatientVocabulary()
  vocabularyByStore.set(store, vocabulary)
  return vocabulary
}

/** Makes the words of a chart findable although misspelt. Called once the chart is on disk. */
export function learnNames(services: Services, names: PatientNames): void {
  vocabularyOf(services).add(
    nameTokens([names.family, names.given, names.middle].filter((name) => name !== null).join(' ')),
  )
}
