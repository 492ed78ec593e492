import { selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectLinksInto, selectStandingLink } from '../../db/queries/patient-merge.ts'
import { fingerprintOf } from '../../db/signing/ed25519.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { SheetFacts } from '../print/sheet.ts'
import { dateWords, nameWords } from '../print/words.ts'
import type { QueryContext } from './context.ts'

/**
 * Head and foot of a record's paper: whose it is, of which clinic, who prints it when. A person with merged charts is
 * named under every one of them.
 */
export async function recordSheet(
  context: QueryContext,
  patient: PatientBody,
  record: Pick<SheetFacts, 'title' | 'unsigned' | 'isVoided' | 'version' | 'sha256'>,
): Promise<SheetFacts> {
  const { facts, clinicPublicKey } = context.services.storeLife.open
  const { family, given, middle, preferred, bornOn, bornText, chartNumber } = patient
  return {
    clinicName: facts.clinicName,
    isSample: facts.isSample,
    patient: { name: nameWords({ family, given, middle, preferred }), bornOn, bornText, chartNumber },
    otherCharts: await selectOtherCharts(context, patient.id),
    keyFingerprint: fingerprintOf(clinicPublicKey),
    printedAt: context.now,
    printedBy: context.caller.printedName,
    utcOffsetMin: context.offsetMin,
    ...record,
  }
}

/** `Merged into chart MR-00012, Noor Haddad, on 03-Aug-2026`, or the charts that were merged into this one. */
async function selectOtherCharts({ reader }: QueryContext, patientId: PatientId): Promise<readonly string[]> {
  const own = await selectStandingLink(reader, patientId)
  const links = own ? [own] : await selectLinksInto(reader, patientId)
  const charts = await selectPatientSummaries(
    reader,
    links.flatMap(({ keptId, mergedId }) => [keptId, mergedId]),
  )
  return links.flatMap(({ keptId, mergedId, mergedOn }) => {
    const other = charts.get(own ? keptId : mergedId)
    if (!other) return []
    const { chartNumber, family, given, middle, preferred } = other
    const chart = `${chartNumber}, ${nameWords({ family, given, middle, preferred })}`
    return [
      own
        ? `Merged into chart ${chart}, on ${dateWords(mergedOn)}`
        : `Also chart ${chart}, merged on ${dateWords(mergedOn)}`,
    ]
  })
}

/** Chart number and kind: a file name is read in places where a name does not belong. */
export function recordFileName({ chartNumber }: PatientBody, kind: string): string {
  return `${chartNumber.replaceAll(/[^A-Za-z0-9-]/g, '-')}-${kind}.pdf`
}
