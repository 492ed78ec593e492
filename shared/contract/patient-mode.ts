import { z } from 'zod'
import { command } from './define.ts'
import { consentId, nothing, patientId, screeningId } from './scalars.ts'

export const patientMode = {
  /** Gives this window to the patient: from now on it reaches this one form and nothing else, until a staff PIN. */
  begin: command({
    may: 'screening.handOver',
    keyed: false,
    input: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('SCREENING'), patientId, formId: screeningId }),
      z.strictObject({ kind: z.literal('CONSENT'), patientId, formId: consentId }),
    ]),
    output: nothing,
    refusals: ['PATIENT_FORM_NOT_OPEN', 'PIN_OFF', 'PIN_NOT_SET'],
  }),
  /**
   * Takes the window back by the PIN of the person who handed it over, or of somebody else who is signed in on this PC
   * and may hand over. The fifth miss locks the window: then only a password opens it.
   */
  end: command({
    reach: 'PATIENT_FORM',
    may: 'self',
    keyed: false,
    input: z.strictObject({ pin: z.string().regex(/^\d{6}$/, 'six digits') }),
    output: nothing,
    refusals: ['SIGN_IN_WRONG', 'PIN_OFF', 'PIN_NOT_SET', 'NOT_IN_PATIENT_MODE'],
  }),
}
