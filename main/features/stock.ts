import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../app/context.ts'

export const stockHandlers = {} satisfies Handlers<typeof contract.stock>
