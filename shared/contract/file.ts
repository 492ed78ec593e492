import { z } from 'zod'
import { command } from './define.ts'
import { nothing } from './scalars.ts'

/** A file on its way in: begun, sent in parts of at most 512 KiB, then named by its token where it is used. */
export const file = {
  begin: command({
    reach: 'PATIENT_FORM',
    may: 'self',
    keyed: false,
    draft: true,
    input: nothing,
    output: z.object({ token: z.uuid() }),
  }),
  append: command({
    reach: 'PATIENT_FORM',
    may: 'self',
    keyed: false,
    draft: true,
    input: z.strictObject({ token: z.uuid(), base64: z.base64().max(700_000) }),
    output: z.object({ bytes: z.int() }),
    refusals: ['FILE_TOO_LARGE'],
  }),
}
