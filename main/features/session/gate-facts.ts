import type { Reader } from '../../../db/open.ts'
import {
  blockingComplications,
  type StoredComplication,
  selectComplicationsOf,
} from '../../../db/queries/complication.ts'
import {
  type ConsentFile,
  consentFactsOf,
  consentSettingsOf,
  judgeConsent,
  selectConsentGround,
} from '../../../db/queries/consent.ts'
import { orderEnd, selectOrders } from '../../../db/queries/order.ts'
import { type PolicyInForce, policyRecord, selectPolicyInForce } from '../../../db/queries/policy.ts'
import {
  judgeScreening,
  type ScreeningFile,
  selectFormsBefore,
  selectScreeningFile,
} from '../../../db/queries/screening.ts'
import { selectSeries } from '../../../db/queries/series.ts'
import type { StoredSession } from '../../../db/queries/session.ts'
import {
  countSessionsUsed,
  isSessionNoTaken,
  selectPerformedBefore,
  selectUsedCartridges,
} from '../../../db/queries/session-course.ts'
import { selectIntervalClearance } from '../../../db/queries/session-return.ts'
import { type StaffMember, selectStaff } from '../../../db/queries/staff.ts'
import { selectCartridgeLots, selectDevices, selectProductLots } from '../../../db/queries/stock.ts'
import { selectVersion } from '../../../db/records.ts'
import { blocksZones, needsNewConsent } from '../../../shared/domain/complication.ts'
import { isRf } from '../../../shared/domain/device.ts'
import { lotStatusOn } from '../../../shared/domain/lot.ts'
import { type OrderBody, orderStateOn, sessionsLeft } from '../../../shared/domain/order.ts'
import { type PolicyBody, shippedPolicy } from '../../../shared/domain/policy.ts'
import { screeningFacts } from '../../../shared/domain/screening/screening-facts.ts'
import { screeningSettingsOf } from '../../../shared/domain/screening/settings.ts'
import { readPlan, type SessionDraft } from '../../../shared/domain/session.ts'
import { newSinceConsent } from '../../../shared/domain/session-consent.ts'
import { cartridgeKey, type DeskToday, deskOnTheDay, type SessionDesk } from '../../../shared/domain/session-desk.ts'
import type { SessionOpening } from '../../../shared/domain/session-opening.ts'
import { type StaffSnapshot, treatingRoleOf } from '../../../shared/domain/staff.ts'
import type { ConsentFacts } from '../../../shared/domain/start-gate-facts.ts'
import { addMinutes, type CalendarDate } from '../../../shared/kernel/time.ts'
import { licenceOf } from '../../app/signer.ts'

type DeskQuestion = {
  readonly session: StoredSession
  readonly draft: SessionDraft
  readonly today: CalendarDate
  /** The opening at which the session passed the gate: `selectStart`. */
  readonly start: SessionOpening | null
}

/**
 * Everything gate, limits and check read for this session. A started one is judged by what the gate read that day; the
 * rest (a second cartridge, a physician named later) by what is known now. A record-only entry is judged as of the day
 * it names, `today` while it names none.
 */
export async function loadDesk(reader: Reader, { session, draft, today, start }: DeskQuestion): Promise<SessionDesk> {
  const on = dayOf(draft, today)
  const members = await selectStaff(reader)
  const registers = await loadRegisters(reader, { session, draft, on, members })
  if (!start?.basis) return loadCurrentDesk(reader, { session, draft, on, members, registers })
  return deskOnTheDay(start.basis, registers, await policyOfVersion(reader, start.policyVersionId))
}

/** The clinic's day on which the session took place, as far as the draft tells. */
function dayOf({ recordOnly, startedAt, utcOffsetMin }: SessionDraft, today: CalendarDate): CalendarDate {
  return recordOnly === true && startedAt ? addMinutes(startedAt, utcOffsetMin ?? 0).slice(0, 10) : today
}

type Asked = {
  readonly session: StoredSession
  readonly draft: SessionDraft
  readonly on: CalendarDate
  readonly members: readonly StaffMember[]
}

/** People, devices, lots and numbers as the clinic's registers have them now. */
async function loadRegisters(reader: Reader, { session, draft, on, members }: Asked): Promise<DeskToday> {
  const { sessionId } = session
  const { series_id: seriesId, session_no: sessionNo, practitioner_id: practitionerId } = session.head
  const keys = (draft.cartridgeUses ?? []).map(cartridgeKey).filter((key) => key !== null)
  return {
    isSessionNoTaken: await isSessionNoTaken(reader, { seriesId, sessionNo, except: sessionId }),
    physicians: members.flatMap((member) => {
      const isOther = member.staffId !== practitionerId
      const snapshot = isOther && member.status === 'ACTIVE' ? snapshotOf(member) : null
      return snapshot?.treatingRole === 'physician' ? [snapshot] : []
    }),
    devices: (await selectDevices(reader)).map(({ deviceId, body }) => ({
      deviceId,
      manufacturer: body.manufacturer,
      model: body.model,
      type: body.type,
      udiDi: body.udiDi,
      serial: body.serial,
      clearanceNumber: body.clearanceNumber,
      maxDepthUm: body.maxDepthUm,
      depthStepUm: body.depthStepUm,
      speed: body.speed,
      status: body.status,
      calibrationDueOn: body.calibrationDueOn,
    })),
    cartridgeLots: (await selectCartridgeLots(reader)).map(({ cartridgeLotId, body }) => ({
      cartridgeLotId,
      manufacturer: body.manufacturer,
      model: body.model,
      lotRaw: body.lotRaw,
      expiresOn: body.expiresOn,
      needleCount: body.needleCount,
      maxLengthUm: body.maxLengthUm,
      status: lotStatusOn(body, on),
    })),
    productLots: (await selectProductLots(reader)).map(({ productLotId, body }) => ({
      productLotId,
      kind: body.kind,
      name: body.name,
      productClass: body.productClass,
      ingredientsOfConcern: body.ingredientsOfConcern,
      agents: body.agents,
      lotRaw: body.lotRaw,
      expiresOn: body.expiresOn,
      status: lotStatusOn(body, on),
    })),
    usedCartridges: await selectUsedCartridges(reader, keys, sessionId),
  }
}

async function loadCurrentDesk(
  reader: Reader,
  { session, draft, on, members, registers }: Asked & { readonly registers: DeskToday },
): Promise<SessionDesk> {
  const { patientId, sessionId } = session
  const { series_id: seriesId } = session.head
  const screeningFile = await selectScreeningFile(reader, patientId)
  const series = await selectSeries(reader, patientId, seriesId)
  const { patient } = screeningFile
  if (!patient || !series) throw new Error(`session ${sessionId} lost its patient or series`)

  const inForce = await selectPolicyInForce(reader, on)
  const policy = inForce?.body ?? null
  const order = await loadOrder(reader, session, on, policy)
  const complications = await selectComplicationsOf(reader, patientId)
  const device = registers.devices.find(({ deviceId }) => deviceId === draft.deviceId) ?? null

  const screening = judgeScreening(screeningFile, {
    today: on,
    plannedZones: zonesToJudge(draft).map(({ zone, side }) => ({ zone, side })),
    deviceType: device?.type ?? null,
    fst: draft.fst ?? patient.fst,
    seriesId,
    policy,
    orderProphylaxis: order?.body.prophylaxis ?? null,
  })
  const [previous] = await selectPerformedBefore(reader, { seriesId, on, except: sessionId })
  return {
    ...registers,
    on,
    fst: patient.fst,
    screening: {
      fullAnsweredOn: screening.fullAnsweredOn,
      shortAnsweredOn: screening.shortAnsweredOn,
      stops: screening.stops,
      uncleared: screening.uncleared,
    },
    screeningIds: screening.screeningIds,
    clearances: screening.clearances,
    clearanceIds: screening.clearanceIds,
    consent: await loadConsent(reader, {
      session,
      draft,
      on,
      policy,
      isRfDevice: device !== null && isRf(device.type),
      screeningFile,
      complications,
    }),
    order,
    series: {
      status: series.body.status,
      lastPerformedOn: previous?.performed_on ?? null,
      isIntervalCleared: (await selectIntervalClearance(reader, sessionId)) !== null,
    },
    sessionsPlanned: series.body.sessionsPlanned,
    previousSession: previous ? { isSigned: previous.state === 'SIGNED' } : null,
    blockingComplications: blocksOf(complications),
    practitioner: practitionerOf(session, members),
    policy,
    policyVersionId: inForce?.versionId ?? null,
    blockedSubstances: screening.blockedSubstances,
  }
}

/** Complications that keep the next session away, from some zones or, where none is named, from all. */
function blocksOf(stored: readonly StoredComplication[]): SessionDesk['blockingComplications'] {
  return blockingComplications(stored).flatMap(({ body }) => {
    const block = blocksZones(body)
    if (block.kind === 'NONE') return []
    const zones = block.kind === 'ZONES' ? block.zones.map(({ zone, side }) => ({ zone, side })) : []
    return [{ complicationId: body.complicationId, code: body.code ?? 'NOT_CODED', zones }]
  })
}

/** Before the start what is planned; in a record of what happened what was done. */
function zonesToJudge(draft: SessionDraft) {
  if (draft.recordOnly !== true) return readPlan(draft.plan).plan.zones
  return readPlan({ zones: draft.zoneRows ?? [] }).plan.zones
}

type OrderFacts = NonNullable<SessionDesk['order']>

/**
 * The order the session would stand on: the newest that is active with sessions left. Where there is none, the newest
 * that stands at all, so that the gate can say what is wrong with it.
 */
async function loadOrder(
  reader: Reader,
  session: StoredSession,
  on: CalendarDate,
  policy: PolicyBody | null,
): Promise<OrderFacts | null> {
  const rules = policy ?? shippedPolicy(on)
  const orders: OrderFacts[] = []
  for (const record of await selectOrders(reader, session.patientId)) {
    const isOther = record.body.seriesId !== null && record.body.seriesId !== session.head.series_id
    if (isOther || record.integrity !== 'INTACT' || orderEnd(record) !== null) continue
    const orderId = record.id as OrderFacts['orderId']
    const sessionsUsed = await countSessionsUsed(reader, { orderId, except: session.sessionId })
    orders.push({ orderId, body: record.body, sessionsUsed })
  }
  const newestFirst = orders.sort((a, b) => (signedAt(a.body) < signedAt(b.body) ? 1 : -1))
  const usable = newestFirst.find(
    ({ body, sessionsUsed }) => orderStateOn(body, on, rules) === 'ACTIVE' && sessionsLeft(body, sessionsUsed) > 0,
  )
  return usable ?? newestFirst[0] ?? null
}

function signedAt({ signature }: OrderBody): string {
  return signature?.signedAt ?? ''
}

type ConsentQuestion = {
  readonly session: StoredSession
  readonly draft: SessionDraft
  readonly on: CalendarDate
  readonly policy: PolicyBody | null
  readonly isRfDevice: boolean
  readonly screeningFile: ScreeningFile
  /** Every report about the patient. */
  readonly complications: readonly StoredComplication[]
}

async function loadConsent(reader: Reader, question: ConsentQuestion): Promise<ConsentFacts | null> {
  const { session, draft, on } = question
  const zones = zonesToJudge(draft)
  const practitionerId = session.head.practitioner_id
  const isPhysician = session.head.author_is_physician === 1
  const ground = await selectConsentGround(reader, {
    patientId: session.patientId,
    today: on,
    settings: consentSettingsOf(question.policy ?? shippedPolicy(on)),
  })
  const judge = (file: ConsentFile | null, since: ReturnType<typeof newSinceConsent>) => {
    // Nobody is named yet, or a physician treats and needs nobody: then that line of the consent is no question.
    const consented = file?.reacknowledgements.at(-1)?.supervisingPhysicianId ?? file?.body.supervisingPhysician.staffId
    const supervising = isPhysician ? null : draft.supervisingPhysicianId
    return judgeConsent(ground, {
      seriesId: session.head.series_id,
      zones,
      indications: [...new Set(zones.map((zone) => zone.indication))],
      maxDepthUm: Math.max(0, ...zones.map((zone) => zone.depthUm)),
      procedure: question.isRfDevice ? 'RF' : 'MECHANICAL',
      addons: readPlan(draft.plan).plan.addons,
      practitionerId,
      supervisingPhysicianId: supervising ?? consented ?? practitionerId,
      ...since,
      complicationsSince: file === null ? [] : complicationsSince(question.complications, file),
      agreesToday: draft.stillAgreesToday ?? null,
    })
  }
  const first = judge(null, { hasNewClearFinding: false, hasNewDiagnosisOrMedicine: false })
  if (!first) return null
  return consentFactsOf(judge(first.file, await changesSince(reader, question, first.file)) ?? first)
}

/** Complications reported after the signature that ask for a new consent. */
function complicationsSince(stored: readonly StoredComplication[], { body }: ConsentFile) {
  const signedAt = body.signature?.signedAt ?? ''
  return stored.flatMap(({ body: report }) =>
    report.reportedAt > signedAt && needsNewConsent(report) ? [report.code ?? 'NOT_CODED'] : [],
  )
}

/** The questionnaire as it stood when the form was signed, held against the one of the day. */
async function changesSince(
  reader: Reader,
  { session, draft, on, policy, screeningFile }: ConsentQuestion,
  file: ConsentFile,
) {
  const { signature } = file.body
  const { patient, clearances } = screeningFile
  if (!signature || !patient) return { hasNewClearFinding: false, hasNewDiagnosisOrMedicine: false }
  const plannedZones = zonesToJudge(draft).map(({ zone, side }) => ({ zone, side }))
  const now = judgeScreening(screeningFile, { today: on, plannedZones, deviceType: null, seriesId: null, policy })
  // A moment later: a questionnaire signed in the same minute was on the table when the form was signed.
  const before = screeningFacts({
    forms: await selectFormsBefore(reader, session.patientId, addMinutes(signature.signedAt, 1)),
    clearances,
    today: addMinutes(signature.signedAt, signature.utcOffsetMin).slice(0, 10),
    bornOn: patient.bornOn,
    fst: patient.fst,
    plannedZones,
    deviceType: null,
    seriesId: null,
    settings: screeningSettingsOf(policy ?? shippedPolicy(on)),
    orderProphylaxis: null,
  })
  return newSinceConsent(before.findings, now.findings)
}

/** As the person stands now; as they stood when the session was begun, where they treat nobody any more. */
function practitionerOf({ head, opening, body }: StoredSession, members: readonly StaffMember[]): StaffSnapshot {
  const member = members.find(({ staffId }) => staffId === head.practitioner_id)
  const snapshot = (member && snapshotOf(member)) ?? opening?.practitioner ?? body?.practitioner
  if (!snapshot) throw new Error(`session ${head.id} has no practitioner`)
  return snapshot
}

/** Null where the person treats nobody. */
export function snapshotOf(member: StaffMember): StaffSnapshot | null {
  const treatingRole = treatingRoleOf(member.roles)
  if (treatingRole === null) return null
  const { staffId, printedName, credential, boardCertification } = member
  return { staffId, printedName, credential, boardCertification, treatingRole, licence: licenceOf(member) }
}

async function policyOfVersion(
  reader: Reader,
  versionId: PolicyInForce['versionId'] | null,
): Promise<PolicyBody | null> {
  if (versionId === null) return null
  const version = await selectVersion(reader, policyRecord, versionId)
  return version?.integrity === 'INTACT' ? version.body : null
}
