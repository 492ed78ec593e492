import type { Handlers } from '../app/context.ts'
import type { contract } from '../../shared/contract/index.ts'

export const signOffHandlers = {} satisfies Handlers<typeof contract.signOff>
