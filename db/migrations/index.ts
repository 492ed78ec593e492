import { core } from './0010-core.ts'
import { policy } from './0020-policy.ts'
import type { Migration } from './migration.ts'

/** Every step ever shipped, oldest first. */
export const migrations: readonly Migration[] = [core, policy]
