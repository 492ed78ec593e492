import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../app/context.ts'

export const todayHandlers = {} satisfies Handlers<typeof contract.today>
