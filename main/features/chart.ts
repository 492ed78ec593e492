import type { Handlers } from '../app/context.ts'
import type { contract } from '../../shared/contract/index.ts'

export const chartHandlers = {} satisfies Handlers<typeof contract.chart>
