import type { SeriesSummary } from '../../../shared/contract/series.ts'

/** The course that is edited; null for a new one. */
export type SeriesForm = { readonly series: SeriesSummary | null }
