import { z } from 'zod'
import { command, query } from './define.ts'
import { copy } from './restore.ts'
import { filledLine, nothing } from './scalars.ts'

/** What could be read of a damaged store, and what not. */
const salvaged = z.object({
  /** Tables that hold or held rows; `lost` null where nobody can say how many. */
  tables: z.array(z.object({ name: z.string(), read: z.int(), lost: z.int().nullable() })),
  signaturesSound: z.int(),
  signaturesBroken: z.int(),
  /** Rows whose parent could not be read. */
  orphans: z.int(),
  files: z.int(),
  missingFiles: z.int(),
})
export type Salvaged = z.output<typeof salvaged>

/** Ways on where records cannot be opened, or lost their place. Nobody can be signed in then. */
export const recovery = {
  /** The newest verified backup in the places that are known, and whether a salvage can be tried. */
  state: query({
    reach: 'ALWAYS',
    may: 'ANYONE',
    input: nothing,
    output: z.object({ newest: copy.nullable(), canSalvage: z.boolean(), salvaged: salvaged.nullable() }),
  }),
  /** Copies what can be read into new records beside the damaged ones, which stay as they are. */
  salvage: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: nothing,
    output: salvaged,
    refusals: ['NOTHING_TO_SALVAGE', 'NOTHING_READABLE', 'WORK_RUNNING'],
  }),
  /** Puts the salvaged records in the place of the damaged ones, which are kept whole in a folder beside them. */
  openSalvaged: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: nothing,
    output: z.object({}),
    refusals: ['NOT_SALVAGED', 'RESTORE_FAILED'],
  }),
  /** Copies the records as they are, encrypted, without their key: for support, or before their last open handle closes. */
  keepCopy: command({
    reach: 'ALWAYS',
    may: 'ANYONE',
    keyed: false,
    input: z.strictObject({ folder: filledLine(1000) }),
    output: z.object({ folder: z.string() }),
    refusals: ['NOTHING_TO_KEEP', 'FOLDER_NOT_ABSOLUTE', 'FOLDER_MISSING'],
  }),
}
