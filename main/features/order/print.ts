import { type OrderEnd, orderEnd, selectOrder } from '../../../db/queries/order.ts'
import { selectPatient } from '../../../db/queries/patient.ts'
import { selectStaff } from '../../../db/queries/staff.ts'
import { type Signature, selectSignatures } from '../../../db/signatures.ts'
import type { OrderBody } from '../../../shared/domain/order.ts'
import { orderOffLabel } from '../../../shared/domain/order-draft.ts'
import type { OrderId, PatientId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import { ageOn } from '../../../shared/kernel/time.ts'
import type { QueryContext } from '../../app/context.ts'
import { givePdf } from '../../app/pdf.ts'
import { recordFileName, recordSheet } from '../../app/record-sheet.ts'
import { printedStatement } from '../../app/signer.ts'
import type { PrintedSignature } from '../../print/sheet.ts'
import { codeWords, dateWords } from '../../print/words.ts'

/** The order as it was signed, with how it ended if it did. A damaged one is never set on paper. */
export async function printOrder(
  context: QueryContext,
  { patientId, orderId }: { readonly patientId: PatientId; readonly orderId: OrderId },
) {
  const { reader } = context
  const record = await selectOrder(reader, patientId, orderId)
  const patient = await selectPatient(reader, patientId)
  if (!record || !patient) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const { body, versionId, sha256, number: version } = record
  const { bornOn } = patient.body
  const signatures = await selectSignatures(reader, 'order', orderId)
  const end = orderEnd(record)
  const print = {
    sheet: await recordSheet(context, patient.body, {
      title: `Treatment order of ${dateWords(body.examinedOn)}`,
      unsigned: null,
      isVoided: false,
      version,
      sha256,
    }),
    body,
    offLabel: orderOffLabel(body, bornOn === null ? null : ageOn(bornOn, body.examinedOn)),
    signatures: signatures.map((signature) => physicianMark(signature, { body, version })),
    end: end && (await endWords(context, end)),
  }
  context.audit({ action: 'order.print', subject: 'order', subjectId: orderId, versionId, patientId })
  return accept(await givePdf(context, recordFileName(patient.body, 'order'), { kind: 'ORDER', print }))
}

function physicianMark(
  signature: Signature,
  { body, version }: { readonly body: OrderBody; readonly version: number },
): PrintedSignature {
  const statement = `Orders the treatment above, until ${dateWords(body.expiresOn)} at the latest.`
  return {
    name: signature.signerName,
    credential: signature.credential,
    licence: signature.licence,
    meaning: codeWords(signature.meaning),
    statement: printedStatement(signature, statement),
    signedAt: signature.signedAt,
    utcOffsetMin: signature.offsetMin,
    sha256: signature.sha256,
    version,
    pictureSvg: null,
  }
}

async function endWords({ reader }: QueryContext, end: OrderEnd): Promise<string> {
  const name = (await selectStaff(reader)).find(({ staffId }) => staffId === end.staffId)?.printedName ?? ''
  const day = dateWords(end.at.slice(0, 10))
  return end.kind === 'REVOKED' ? `Revoked ${day} by ${name}: ${end.reason}` : `Superseded ${day} by ${name}`
}
