import type { Handlers } from '../app/context.ts'
import type { contract } from '../../shared/contract/index.ts'

export const clearanceHandlers = {} satisfies Handlers<typeof contract.clearance>
