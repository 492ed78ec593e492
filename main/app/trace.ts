import type { Reader } from '../../db/open.ts'
import { selectConsentSettings } from '../../db/queries/consent.ts'
import { selectStandingLinks } from '../../db/queries/patient-merge.ts'
import {
  type AffectedComplication,
  selectAffectedComplications,
  selectAffectedPatients,
  selectAffectedSessions,
} from '../../db/queries/recall.ts'
import {
  type StockLine,
  selectLineOfDevice,
  selectLinesByArticle,
  selectLinesByLot,
  selectLinesByUdi,
} from '../../db/queries/recall-stock.ts'
import { selectNotRuledOut, selectTraced, type TraceHit, type TraceTargets } from '../../db/queries/recall-trace.ts'
import { foldKey } from '../../db/queries/stock.ts'
import { mayInformGuardian } from '../../shared/domain/consent/consent-validity.ts'
import { readStockCode } from '../../shared/domain/gs1.ts'
import { normaliseLot } from '../../shared/domain/lot.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { foldRoom, mostTracedSessions, type RecallFinding, type TraceCriteria } from '../../shared/domain/recall.ts'
import type { CartridgeLotId, DeviceId, PatientId, ProductLotId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { QueryContext } from './context.ts'

export type Trace = {
  /** How a lot, code or article was read. */
  readonly readAs: string | null
  readonly stock: readonly StockLine[]
  readonly hits: readonly TraceHit[]
  /** True where there are more sessions than one trace shows. */
  readonly isCut: boolean
}

/** Resolves the criteria against the registers and finds both lists: what the records name and what they cannot rule out. */
export async function runTrace(reader: Reader, criteria: TraceCriteria, today: CalendarDate): Promise<Trace> {
  const { stock, targets, readAs } = await resolve(reader, criteria, today)
  const limit = mostTracedSessions
  const traced = await selectTraced(reader, targets, limit)
  const notRuledOut = await selectNotRuledOut(reader, targets, { traced, limit })
  return {
    readAs,
    stock,
    hits: [...traced.slice(0, limit), ...notRuledOut.slice(0, limit)],
    isCut: traced.length > limit || notRuledOut.length > limit,
  }
}

type Resolved = {
  readonly stock: readonly StockLine[]
  readonly targets: TraceTargets
  readonly readAs: string | null
}

async function resolve(reader: Reader, criteria: TraceCriteria, today: CalendarDate): Promise<Resolved> {
  const { from, to } = criteria
  const nothing: TraceTargets = { ...noTargets, from, to }
  switch (criteria.kind) {
    case 'LOT': {
      const code = readStockCode(criteria.lot, today)
      const lot = normaliseLot(code.kind === 'GS1' ? (code.lotRaw ?? '') : code.text)
      const stock = await selectLinesByLot(reader, lot)
      return { stock, readAs: lot, targets: { ...nothing, lot, ...targetsOf(stock) } }
    }
    case 'PRODUCT': {
      const key = foldKey(...criteria.article.split('|'))
      const stock = await selectLinesByArticle(reader, criteria.register, key)
      const named = targetsOf(stock)
      const productNames = criteria.register === 'PRODUCT_LOT' ? [lowerAscii(criteria.article.trim())] : []
      const names = [...new Set([...named.productNames, ...productNames])]
      return {
        stock,
        readAs: key,
        targets: { ...nothing, ...named, productNames: names, couldBe: [criteria.register] },
      }
    }
    case 'UDI': {
      const code = readStockCode(criteria.code, today)
      const identifier = code.kind === 'GS1' ? (code.gtin ?? '') : code.text
      const lot = code.kind === 'GS1' && code.lotRaw ? normaliseLot(code.lotRaw) : null
      const serial = code.kind === 'GS1' ? code.serial : null
      const lines =
        identifier === '' ? await selectLinesByLot(reader, lot ?? '') : await selectLinesByUdi(reader, identifier)
      const stock = lines.filter((line) =>
        line.register === 'DEVICE'
          ? serial === null || line.number.toUpperCase() === serial.toUpperCase()
          : lot === null || normaliseLot(line.number) === lot,
      )
      return {
        stock,
        readAs: [identifier, lot, serial].filter(Boolean).join(' '),
        targets: { ...nothing, lot, ...targetsOf(stock) },
      }
    }
    case 'DEVICE': {
      const line = await selectLineOfDevice(reader, criteria.deviceId)
      const stock = line ? [line] : []
      return { stock, readAs: null, targets: { ...nothing, ...targetsOf(stock), couldBe: ['DEVICE'] } }
    }
    case 'EXPOSURE': {
      const { practitionerId, deviceId, room } = criteria
      return {
        stock: [],
        readAs: null,
        targets: { ...nothing, exposure: { practitionerId, deviceId, roomKey: foldRoom(room) } },
      }
    }
  }
}

const noTargets: TraceTargets = {
  from: null,
  to: null,
  lot: null,
  cartridgeLotIds: [],
  productLotIds: [],
  productNames: [],
  deviceIds: [],
  exposure: null,
  couldBe: [],
}

/** A number that stands in no register may be a cartridge's: then no record without a lot is ruled out either. */
function targetsOf(stock: readonly StockLine[]) {
  const of = (register: StockLine['register']) => stock.filter((line) => line.register === register)
  const registers = new Set(stock.map((line) => line.register))
  return {
    cartridgeLotIds: of('CARTRIDGE_LOT').map(({ id }) => id as CartridgeLotId),
    productLotIds: of('PRODUCT_LOT').map(({ id }) => id as ProductLotId),
    deviceIds: of('DEVICE').map(({ id }) => id as DeviceId),
    productNames: [...new Set(of('PRODUCT_LOT').map(({ article }) => lowerAscii(article)))],
    couldBe: registers.size === 0 ? (['CARTRIDGE_LOT'] as const) : [...registers],
  }
}

/** As the store's `lower()` does it. */
function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Everybody the hits are about, those the records name first, then by name. Zones and complications only for clinicians. */
export async function affectedPatients(
  reader: Reader,
  hits: readonly Pick<TraceHit, 'sessionId' | 'patientId' | 'finding' | 'reason' | 'detail'>[],
  { seesChart, today }: Viewer,
) {
  const ids = hits.map(({ sessionId }) => sessionId)
  const sessionById = new Map(
    (await selectAffectedSessions(reader, ids)).map((session) => [session.sessionId, session]),
  )
  const complications = seesChart ? await selectAffectedComplications(reader, ids) : []
  const hitsByPatient = groupBy(hits, ({ patientId }) => patientId)
  const complicationsByPatient = groupBy(complications, ({ patientId }) => patientId)
  const patients = await selectAffectedPatients(reader, [...hitsByPatient.keys()])
  const links = await selectStandingLinks(reader, [...hitsByPatient.keys()])
  const kept = await selectAffectedPatients(reader, [...new Set([...links.values()].map(({ keptId }) => keptId))])
  const keptOf = ({ id }: PatientBody) => kept.find((chart) => chart.id === links.get(id)?.keptId) ?? null
  const { ageOfMajority } = await selectConsentSettings(reader, today)
  return patients
    .map((patient) => ({
      ...personOf(patient, {
        kept: keptOf(patient),
        isGuardianInformed: mayInformGuardian({ bornOn: patient.bornOn, today, ageOfMajority }),
      }),
      finding: findingOf(hitsByPatient.get(patient.id) ?? []),
      sessions: (hitsByPatient.get(patient.id) ?? []).flatMap(({ sessionId, finding, reason, detail }) => {
        const session = sessionById.get(sessionId)
        if (!session) return []
        const { sessionNo, performedOn, state, practitionerName, roomKey, zones } = session
        const facts = { sessionId, sessionNo, performedOn, state, practitionerName, room: roomKey }
        return [{ ...facts, finding, reason, detail, zones: seesChart ? [...zones] : null }]
      }),
      complications: seesChart ? unique(complicationsByPatient.get(patient.id) ?? []) : null,
    }))
    .sort((one, other) => Number(one.finding !== 'TRACED') - Number(other.finding !== 'TRACED'))
}

export type AffectedPatient = Awaited<ReturnType<typeof affectedPatients>>[number]

/** Under the name that the sessions stand under; a person whose chart was merged is reached as the kept chart says. */
function personOf(
  patient: PatientBody,
  { kept, isGuardianInformed }: { readonly kept: PatientBody | null; readonly isGuardianInformed: boolean },
) {
  const { id, family, given, middle, preferred, bornOn, bornText } = patient
  const { phones, email, address, preferredChannel, language, interpreterNeeded, guardian, status } = kept ?? patient
  const lines = [
    address.line1,
    address.line2,
    [address.postcode, address.locality].filter(Boolean).join(' '),
    address.region,
  ]
  return {
    patientId: id,
    chartNumber: kept ? `${patient.chartNumber} (now ${kept.chartNumber})` : patient.chartNumber,
    names: { family, given, middle, preferred },
    bornOn,
    bornText,
    archived: status.state === 'ARCHIVED' ? status.reason : null,
    contact: {
      phones: phones.map(({ kind, number }) => ({ kind, number })),
      email,
      address: lines.filter((line): line is string => Boolean(line)),
      preferredChannel,
      language,
      interpreterNeeded,
      guardian: guardian && isGuardianInformed ? { name: guardian.name, phone: guardian.phone } : null,
    },
  }
}

function findingOf(hits: readonly { readonly finding: RecallFinding }[]): RecallFinding {
  return hits.some(({ finding }) => finding === 'TRACED') ? 'TRACED' : 'NOT_RULED_OUT'
}

function unique(complications: readonly AffectedComplication[]) {
  const byId = new Map(complications.map((one) => [one.complicationId, one]))
  return [...byId.values()].map(({ complicationId, code, grade, state }) => ({ complicationId, code, grade, state }))
}

function groupBy<One>(all: readonly One[], key: (one: One) => PatientId): ReadonlyMap<PatientId, readonly One[]> {
  const groups = new Map<PatientId, One[]>()
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one])
  return groups
}

/** Who looks, and on which day: whom a patient's guardian may still hear of depends on it. */
export type Viewer = { readonly seesChart: boolean; readonly today: CalendarDate }

export function viewerOf(context: Pick<QueryContext, 'hasRole' | 'today'>): Viewer {
  return { seesChart: readsCharts(context), today: context.today }
}

/** Zones and complications belong to the chart, which the desk and the manager do not read (section 8, "Rights"). */
function readsCharts(context: Pick<QueryContext, 'hasRole'>): boolean {
  return context.hasRole('aesthetician') || context.hasRole('physician')
}
