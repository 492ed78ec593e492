import { core } from './0010-core.ts'
import { policy } from './0020-policy.ts'
import { patient } from './0030-patient.ts'
import { screening } from './0040-screening.ts'
import type { Migration } from './migration.ts'

/** Every step ever shipped, oldest first. */
export const migrations: readonly Migration[] = [core, policy, patient, screening]
