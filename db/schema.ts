import type { CoreTables } from './tables/core.ts'
import type { PatientTables } from './tables/patient.ts'
import type { PolicyTables } from './tables/policy.ts'
import type { ScreeningTables } from './tables/screening.ts'

/** Every table of the store. Row types are written by hand and held true by a drift test. */
export type Database = CoreTables & PolicyTables & PatientTables & ScreeningTables
