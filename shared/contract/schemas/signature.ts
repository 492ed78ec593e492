import { z } from 'zod'
import { instant } from '../scalars.ts'

/** Who had reset the signer's access before the key pair of this signature was made, and when; null for a first pair. */
export const keyReset = z.object({ byName: z.string(), at: instant }).nullable()
export type ShownKeyReset = z.output<typeof keyReset>
