import { z } from 'zod'
import { command, query } from './define.ts'
import { filledLine, nothing, patientId } from './scalars.ts'

export const packet = {
  /** Of the clinic's signing key: shown, printed and compared; no secret. */
  clinicKey: query({ may: 'self', input: nothing, output: z.object({ fingerprint: z.string() }) }),
  /** One patient's signed packet as a JSON file for this window alone, and the note of who gets it and what for. */
  make: command({
    may: 'packet.make',
    input: z.strictObject({ patientId, recipient: filledLine(200), purpose: filledLine(200) }),
    output: z.object({ token: z.string(), fileName: z.string(), signatures: z.int(), sha256: z.string() }),
  }),
}
