import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../app/context.ts'

export const addendumHandlers = {} satisfies Handlers<typeof contract.addendum>
