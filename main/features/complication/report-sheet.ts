import type { Reader } from '../../../db/open.ts'
import { selectComplication } from '../../../db/queries/complication.ts'
import { selectPatient } from '../../../db/queries/patient.ts'
import { selectPhoto } from '../../../db/queries/photo.ts'
import type { StoredSession } from '../../../db/queries/session.ts'
import { selectStaffMember } from '../../../db/queries/staff.ts'
import { selectCartridgeLot } from '../../../db/queries/stock.ts'
import { fingerprintOf } from '../../../db/signing/ed25519.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { ComplicationBody } from '../../../shared/domain/complication.ts'
import { complicationTable, gradeAnchor } from '../../../shared/domain/complication-codes.ts'
import { patientCodeOf } from '../../../shared/domain/complication-report.ts'
import type { PatientBody } from '../../../shared/domain/patient.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import { ageOn, type CalendarDate, dateInZone } from '../../../shared/kernel/time.ts'
import type { QueryContext, QueryHandler } from '../../app/context.ts'
import { givePdf } from '../../app/pdf.ts'
import type { ComplicationReportPrint, SuspectRow } from '../../print/complication-report-document.ts'
import type { SheetFacts } from '../../print/sheet.ts'
import { codeWords, dateWords, placeWords, timeWords, viewWords } from '../../print/words.ts'
import { firstDayOf, productsOf, sessionsOf } from './causes.ts'
import { operatorsOf } from './read.ts'

type Contract = typeof contract.complication

export const reportSheet: QueryHandler<Contract['reportSheet']> = async (context, { patientId, complicationId }) => {
  const record = await selectComplication(context.reader, patientId, complicationId)
  const patient = await selectPatient(context.reader, patientId)
  if (!record || !patient) return refuse('NOT_FOUND')
  if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
  const { body, versionId, sha256 } = record
  const sessions = (await sessionsOf(context.reader, patientId, body.sessionIds)) ?? []
  const print: ComplicationReportPrint = {
    sheet: sheetOf(context, body, sha256),
    ...(await factsOf(context, { body, sessions, patient: patient.body })),
    suspects: await suspectsOf(context, sessions),
  }
  context.audit({
    action: 'complication.reportSheet',
    subject: 'complication',
    subjectId: complicationId,
    versionId,
    patientId,
  })
  const fileName = `${patientCodeOf(complicationId)}-form-3500.pdf`
  return accept(await givePdf(context, fileName, { kind: 'COMPLICATION_REPORT', print }))
}

/** The page says the code where other prints say who the patient is. */
function sheetOf(context: QueryContext, body: ComplicationBody, sha256: string): SheetFacts {
  const { facts, clinicPublicKey } = context.services.storeLife.open
  return {
    clinicName: facts.clinicName,
    isSample: facts.isSample,
    patient: {
      name: patientCodeOf(body.complicationId),
      bornOn: null,
      bornText: 'not stated',
      chartNumber: 'not stated',
    },
    title: 'Data for MedWatch form 3500',
    unsigned: null,
    isVoided: false,
    version: body.version,
    sha256,
    keyFingerprint: fingerprintOf(clinicPublicKey),
    printedAt: context.now,
    printedBy: context.caller.printedName,
    utcOffsetMin: context.offsetMin,
  }
}

type About = {
  readonly body: ComplicationBody
  readonly sessions: readonly StoredSession[]
  readonly patient: PatientBody
}

async function factsOf(context: QueryContext, { body, sessions, patient }: About) {
  const { facts } = context.services.storeLife.open
  const member = await selectStaffMember(context.reader, context.caller.staffId)
  const reportedOn = dateInZone(body.reportedAt, context.timeZone)
  const treatedOn = firstDayOf(sessions)
  const { bornOn, sex } = patient
  const device = sessions.find((session) => session.body?.deviceId === body.deviceId)?.body?.device
  return {
    patient: [
      ['Patient code', patientCodeOf(body.complicationId)],
      ['Age at the event', bornOn === null ? 'Not known' : `${ageOn(bornOn, body.onsetOn ?? reportedOn)} years`],
      ['Sex', sex === null ? 'Not stated' : codeWords(sex)],
    ],
    event: [
      ['Event', body.code === null ? 'Not named yet' : `${codeWords(body.code)}: ${complicationTable[body.code].term}`],
      ['Date of the event', dateOr(body.onsetOn)],
      ['Date of the treatment', dateOr(treatedOn)],
      ['Date of this report', timeWords(body.reportedAt, context.offsetMin)],
      ['Worst grade', gradeText(body)],
      ['Outcome', codeWords(body.outcome) + (body.resolvedOn === null ? '' : `, ${dateWords(body.resolvedOn)}`)],
      ['Permanent change', yesNo(body.isPermanentChange)],
      ['Intervention needed', yesNo(body.neededIntervention)],
      ['Causality', body.causality === null ? 'Not judged' : codeWords(body.causality)],
      ['Where', body.zones.map(placeWords).join('; ') || 'Not named'],
      ['Photographs', await photosText(context.reader, body)],
    ],
    description: body.description,
    course:
      [body.actionTaken, ...body.gradeHistory.map(({ grade, note }) => `Grade ${grade}${note && `: ${note}`}`)]
        .filter((part) => part !== '')
        .join('\n') || 'Nothing written',
    device: [
      ['Brand', device?.manufacturer ?? 'Not known'],
      ['Model', device?.model ?? 'Not known'],
      ['Serial number', device?.serial ?? 'Not known'],
      ['UDI', device?.udiDi ?? 'Not known'],
      ['Clearance', device?.clearanceNumber ?? 'Not known'],
      ['Operator', operatorsOf(sessions).join('; ') || 'Not known'],
    ],
    reporter: [
      ['Name', context.caller.printedName],
      ['Credential', member?.credential ?? ''],
      ['Clinic', facts.clinicName],
    ],
    decision: decisionText(body, context.offsetMin),
  } as const satisfies Omit<ComplicationReportPrint, 'sheet' | 'suspects'>
}

async function suspectsOf(context: QueryContext, sessions: readonly StoredSession[]): Promise<readonly SuspectRow[]> {
  const rows: SuspectRow[] = []
  for (const { body } of sessions) {
    if (body === null) continue
    for (const use of body.cartridgeUses) {
      const lot = use.cartridgeLotId && (await selectCartridgeLot(context.reader, use.cartridgeLotId))
      const brand = lot ? `${lot.body.manufacturer} ${lot.body.model}` : 'Not known'
      rows.push({ what: 'Cartridge', brand, lot: use.lotRaw, expires: dateWords(use.expiresOn) })
    }
    for (const { name, lotRaw } of productsOf(body))
      rows.push({ what: 'Product', brand: name, lot: lotRaw ?? 'None', expires: '' })
  }
  return rows
}

function gradeText({ code, worstGrade }: ComplicationBody): string {
  if (worstGrade === null) return 'Not graded'
  const anchor = code === null ? null : gradeAnchor(code, worstGrade)
  return anchor === null ? `${worstGrade}` : `${worstGrade}: ${anchor}`
}

function decisionText({ reportDecision }: ComplicationBody, offsetMin: number): string {
  if (reportDecision === null) return 'No physician has decided yet whether this is reported.'
  const { report, reason, at } = reportDecision
  return `${report ? 'To be reported' : 'Not reported'}, decided ${timeWords(at, offsetMin)}: ${reason}`
}

function dateOr(date: CalendarDate | null): string {
  return date === null ? 'Not known' : dateWords(date)
}

function yesNo(holds: boolean): string {
  return holds ? 'Yes' : 'No'
}

/** Which pictures the report names; the pictures themselves leave the chart only by the patient's permission. */
async function photosText(reader: Reader, { patientId, photoIds }: ComplicationBody): Promise<string> {
  const named: string[] = []
  for (const photoId of photoIds) {
    const photo = await selectPhoto(reader, patientId, photoId)
    if (photo && photo.voided === null) named.push(`${viewWords[photo.view]} of ${dateWords(photo.takenOn)}`)
  }
  return named.length === 0 ? 'None' : `In the chart: ${named.join('; ')}`
}
