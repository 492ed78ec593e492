import { z } from 'zod'
import { copyMethods } from '../domain/consent/consent.ts'
import { printedRecordKinds } from '../domain/copy-given.ts'
import { command, query } from './define.ts'
import { consentId, line, patientId, sessionId } from './scalars.ts'

/** A PDF for this window alone, by token through the blob route. Its name holds chart number and kind, never a name. */
const file = z.object({ token: z.string(), fileName: z.string() })

export const print = {
  session: query({
    may: 'chart.read',
    audited: true,
    input: z.strictObject({ patientId, sessionId }),
    output: file,
    refusals: ['NOTHING_TO_PRINT', 'RECORD_DAMAGED'],
  }),
  consent: query({
    may: 'consent.capture',
    audited: true,
    input: z.strictObject({ patientId, consentId }),
    output: file,
    refusals: ['NOTHING_TO_PRINT', 'RECORD_DAMAGED'],
  }),
  /** Somebody got the copy, or was offered it and declined. The desk gives copies of consents, not of sessions. */
  copyGiven: command({
    may: 'consent.capture',
    input: z.strictObject({
      patientId,
      kind: z.enum(printedRecordKinds),
      recordId: z.uuid(),
      method: z.enum(copyMethods),
      /** Empty where the patient got it. */
      recipient: line(),
    }),
    output: z.object({}),
    refusals: ['NOTHING_TO_PRINT'],
  }),
}
