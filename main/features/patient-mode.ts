import type { Handlers } from '../app/context.ts'
import type { contract } from '../../shared/contract/index.ts'

export const patientModeHandlers = {} satisfies Handlers<typeof contract.patientMode>
