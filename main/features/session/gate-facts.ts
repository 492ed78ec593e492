import type { Reader } from '../../../db/open.ts'
import {
  blockingComplications,
  type StoredComplication,
  selectComplicationsOf,
} from '../../../db/queries/complication.ts'
import { selectKindsInForce } from '../../../db/queries/consent-template.ts'
import { orderEnd, selectOrders } from '../../../db/queries/order.ts'
import { hasMergedHold, selectLatestMergedSession, selectLinksInto } from '../../../db/queries/patient-merge.ts'
import { type PolicyInForce, policyRecord, selectPolicyInForce } from '../../../db/queries/policy.ts'
import { judgeScreening, selectScreeningFile } from '../../../db/queries/screening.ts'
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
import { selectTrainings } from '../../../db/queries/staff-practice.ts'
import { selectCartridgeLots, selectDevices, selectProductLots } from '../../../db/queries/stock.ts'
import { selectVersion } from '../../../db/records.ts'
import { blocksZones } from '../../../shared/domain/complication.ts'
import type { ConsentProcedure } from '../../../shared/domain/consent/template.ts'
import { isRf, procedureOf } from '../../../shared/domain/device.ts'
import { lotStatusOn } from '../../../shared/domain/lot.ts'
import { type OrderBody, orderStateOn, sessionsLeft } from '../../../shared/domain/order.ts'
import { type PolicyBody, shippedPolicy } from '../../../shared/domain/policy.ts'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import { cartridgeKey, type DeskToday, deskOnTheDay, type SessionDesk } from '../../../shared/domain/session-desk.ts'
import type { SessionOpening } from '../../../shared/domain/session-opening.ts'
import type { PhotoDesk } from '../../../shared/domain/session-photos.ts'
import { isSettled } from '../../../shared/domain/sign-off-scope.ts'
import { type StaffSnapshot, treatingRoleOf } from '../../../shared/domain/staff.ts'
import { ownTextKinds } from '../../../shared/domain/start-gate-patient.ts'
import type { PatientId, SeriesId, SessionId } from '../../../shared/kernel/ids.ts'
import { addMinutes, type CalendarDate } from '../../../shared/kernel/time.ts'
import { licenceOf } from '../../app/signer.ts'
import { loadConsent, zonesToJudge } from './consent-facts.ts'
import { loadPhotoDesk } from './photos.ts'

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
  const registers = {
    ...(await loadRegisters(reader, { session, draft, on, members })),
    // Photos belong to the day of the treatment, also where the record is corrected days later.
    ...(await loadPhotoDesk(reader, { session, draft, on: start?.basis?.on ?? on })),
  }
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
async function loadRegisters(
  reader: Reader,
  { session, draft, on, members }: Asked,
): Promise<Omit<DeskToday, keyof PhotoDesk>> {
  const { sessionId } = session
  const { series_id: seriesId, session_no: sessionNo, practitioner_id: practitionerId } = session.head
  const keys = (draft.cartridgeUses ?? []).map(cartridgeKey).filter((key) => key !== null)
  return {
    isSessionNoTaken: await isSessionNoTaken(reader, { seriesId, sessionNo, except: sessionId }),
    trainings: await selectTrainings(reader, practitionerId),
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
  const order = await loadOrder(reader, { patientId, seriesId, except: sessionId }, { on, policy })
  const complications = await selectComplicationsOfPerson(reader, patientId)
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
  const previous = await selectPrevious(reader, { patientId, seriesId, sessionId, on })
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
    consentTexts: await selectKindsInForce(reader, on),
    consent: await loadConsent(reader, {
      session,
      draft,
      on,
      policy,
      procedure: device === null ? 'MECHANICAL' : procedureOf(device.type),
      screeningFile,
      complications,
    }),
    order,
    series: {
      status: (await hasMergedHold(reader, patientId)) ? 'ON_HOLD' : series.body.status,
      lastPerformedOn: previous?.performed_on ?? null,
      isIntervalCleared: (await selectIntervalClearance(reader, sessionId)) !== null,
    },
    sessionsPlanned: series.body.sessionsPlanned,
    previousSession: previous
      ? { isSigned: isSettled({ state: previous.state, isSignOffRequired: previous.sign_off_required === 1 }) }
      : null,
    blockingComplications: blocksOf(complications),
    practitioner: practitionerOf(session, members),
    policy,
    policyVersionId: inForce?.versionId ?? null,
    blockedSubstances: screening.blockedSubstances,
  }
}

/** Of this chart and of those that were merged into it. */
async function selectComplicationsOfPerson(
  reader: Reader,
  patientId: PatientId,
): Promise<readonly StoredComplication[]> {
  const ids = [patientId, ...(await selectLinksInto(reader, patientId)).map(({ mergedId }) => mergedId)]
  return (await Promise.all(ids.map((id) => selectComplicationsOf(reader, id)))).flat()
}

/** The session of the course that took place last; a later one under another chart of the person comes before it. */
async function selectPrevious(
  reader: Reader,
  {
    patientId,
    seriesId,
    sessionId,
    on,
  }: {
    readonly patientId: PatientId
    readonly seriesId: SeriesId
    readonly sessionId: SessionId
    readonly on: CalendarDate
  },
) {
  const [own] = await selectPerformedBefore(reader, { seriesId, on, except: sessionId })
  const other = await selectLatestMergedSession(reader, patientId, on)
  return other && other.performed_on >= (own?.performed_on ?? '') ? other : own
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

type OrderFacts = NonNullable<SessionDesk['order']>

/**
 * The order the session would stand on: the newest that is active with sessions left. Where there is none, the newest
 * that stands at all, so that the gate can say what is wrong with it.
 */
export async function loadOrder(
  reader: Reader,
  {
    patientId,
    seriesId,
    except,
  }: { readonly patientId: PatientId; readonly seriesId: SeriesId; readonly except: SessionId | null },
  { on, policy }: { readonly on: CalendarDate; readonly policy: PolicyBody | null },
): Promise<OrderFacts | null> {
  const rules = policy ?? shippedPolicy(on)
  const orders: OrderFacts[] = []
  for (const record of await selectOrders(reader, patientId)) {
    const isOther = record.body.seriesId !== null && record.body.seriesId !== seriesId
    if (isOther || record.integrity !== 'INTACT' || orderEnd(record) !== null) continue
    const orderId = record.id as OrderFacts['orderId']
    const sessionsUsed = await countSessionsUsed(reader, { orderId, except })
    orders.push({ orderId, body: record.body, sessionsUsed })
  }
  const newestFirst = orders.sort((a, b) => (signedAt(a.body) < signedAt(b.body) ? 1 : -1))
  const usable = newestFirst.find(
    ({ body, sessionsUsed }) => orderStateOn(body, on, rules) === 'ACTIVE' && sessionsLeft(body, sessionsUsed) > 0,
  )
  return usable ?? newestFirst[0] ?? null
}

/** The texts of their own that the course's order calls for and no physician has approved yet. */
export async function selectMissingTexts(
  reader: Reader,
  { on, ...course }: { readonly patientId: PatientId; readonly seriesId: SeriesId; readonly on: CalendarDate },
): Promise<readonly ConsentProcedure[]> {
  const policy = (await selectPolicyInForce(reader, on))?.body ?? null
  const order = await loadOrder(reader, { ...course, except: null }, { on, policy })
  if (order === null) return []
  const inForce = await selectKindsInForce(reader, on)
  const { deviceType, addons } = order.body
  return ownTextKinds({ isRf: isRf(deviceType), addons }).filter((procedure) => !inForce.includes(procedure))
}

function signedAt({ signature }: OrderBody): string {
  return signature?.signedAt ?? ''
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
