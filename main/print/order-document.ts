import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { OffLabelItem } from '../../shared/domain/consent/off-label.ts'
import type { OrderBody } from '../../shared/domain/order.ts'
import {
  factsTable,
  gridTable,
  type PrintedSignature,
  type SheetFacts,
  sectionHead,
  sheet,
  signatureBlock,
} from './sheet.ts'
import { codeWords, dateWords, depthWords, placeWords } from './words.ts'

export type OrderPrint = {
  readonly sheet: SheetFacts
  readonly body: OrderBody
  /** What of it lay outside the devices' authorised use at the patient's age on the day of the exam. */
  readonly offLabel: readonly OffLabelItem[]
  readonly signatures: readonly PrintedSignature[]
  /** How it ended before its time, in one sentence; null while it stands. */
  readonly end: string | null
}

/** A treatment order on paper: everything that the clinical reference lists for it (section 8). */
export function orderDocument({ sheet: facts, body, offLabel, signatures, end }: OrderPrint): TDocumentDefinitions {
  return sheet(facts, [
    ...(end === null ? [] : [{ text: end, bold: true, color: '#AE2318' }]),
    sectionHead('Examination'),
    factsTable([
      ['Examined by', `${body.examiner.printedName}, ${codeWords(body.examiner.kind)}`],
      ['On', `${dateWords(body.examinedOn)}, ${codeWords(body.examMode).toLowerCase()}`],
      ['History', body.isHistoryReviewed ? 'Reviewed' : 'Not reviewed'],
      ['Skin type', `${body.fst}, ${dateWords(body.examinedOn)}`],
      ['Diagnosis', body.diagnosis === '' ? 'None written' : body.diagnosis],
      ['Scar grade', body.scarGrade === null ? 'None recorded' : body.scarGrade],
    ]),
    factsTable([['Findings', body.findings]], 1),
    sectionHead('Plan'),
    factsTable([
      ['Treated', body.indications.map(codeWords).join(', ')],
      ['Sessions', String(body.sessions)],
      ['Interval', body.intervalMonths === 1 ? '1 month' : `${body.intervalMonths} months`],
      ['Device', codeWords(body.deviceType)],
      ['Add-ons', body.addons.length === 0 ? 'None' : body.addons.map(codeWords).join(', ')],
      ['Last day', dateWords(body.expiresOn)],
    ]),
    factsTable(
      [
        ['Anaesthetic', body.anaestheticOrder ?? 'None ordered'],
        ['Prophylaxis', prophylaxisWords(body.prophylaxis)],
        ['Conditions', body.conditions ?? 'None'],
        ['Outside the authorised use', offLabel.length === 0 ? 'Nothing' : offLabel.map(offLabelWords).join('; ')],
      ],
      1,
    ),
    sectionHead('Zones and the deepest setting allowed'),
    gridTable(
      ['Zone', 'At most'],
      body.zones.map((zone) => [placeWords(zone), depthWords(zone.maxDepthUm)]),
      ['*', 90],
    ),
    ...(signatures.length > 0 ? [signatureBlock('Signature', signatures)] : []),
  ])
}

function prophylaxisWords(prophylaxis: OrderBody['prophylaxis']): string {
  if (prophylaxis === null) return 'None ordered'
  const zones = prophylaxis.zones.map((zone) => placeWords({ ...zone, site: null })).join('; ')
  return `${prophylaxis.order} (${zones})`
}

function offLabelWords(item: OffLabelItem): string {
  if (item.kind === 'AGE') return `younger than ${item.authorisedFrom}`
  return `${codeWords(item.indication).toLowerCase()} on ${placeWords({ zone: item.zone, side: 'M', site: null }).toLowerCase()}`
}
