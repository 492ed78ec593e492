import { z } from 'zod'
import { command } from './define.ts'
import { reauth, reauthRefusals } from './reauth.ts'
import { nothing } from './scalars.ts'

export const anchor = {
  /**
   * A manager who read how many entries are missing goes on without them. `missing` is what the page said, null where
   * nobody can count them.
   */
  accept: command({
    may: 'backup.restore',
    reauth: true,
    keyed: false,
    input: z.strictObject({ missing: z.int().min(0).nullable(), reauth }),
    output: nothing,
    refusals: [...reauthRefusals, 'NOTHING_HELD', 'COUNT_DIFFERS'],
  }),
}
