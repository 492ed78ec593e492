import { fingerprintOf } from '../../db/signing/ed25519.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { SheetFacts } from '../print/sheet.ts'
import { nameWords } from '../print/words.ts'
import type { QueryContext } from './context.ts'

/** Head and foot of a record's paper: whose it is, of which clinic, who prints it when. */
export function recordSheet(
  context: QueryContext,
  patient: PatientBody,
  record: Pick<SheetFacts, 'title' | 'unsigned' | 'isVoided' | 'version' | 'sha256'>,
): SheetFacts {
  const { facts, clinicPublicKey } = context.services.storeLife.open
  const { family, given, middle, preferred, bornOn, bornText, chartNumber } = patient
  return {
    clinicName: facts.clinicName,
    isSample: facts.isSample,
    patient: { name: nameWords({ family, given, middle, preferred }), bornOn, bornText, chartNumber },
    keyFingerprint: fingerprintOf(clinicPublicKey),
    printedAt: context.now,
    printedBy: context.caller.printedName,
    utcOffsetMin: context.offsetMin,
    ...record,
  }
}

/** Chart number and kind: a file name is read in places where a name does not belong. */
export function recordFileName({ chartNumber }: PatientBody, kind: string): string {
  return `${chartNumber.replaceAll(/[^A-Za-z0-9-]/g, '-')}-${kind}.pdf`
}
