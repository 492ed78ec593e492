import type { VersionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/time.ts'
import type { DeviceSnapshot } from './device.ts'
import { normaliseLot } from './lot.ts'
import type {
  Anaesthetic,
  DraftOf,
  ImmediateReactions,
  PostProducts,
  ProductUse,
  SessionBody,
  SessionDraft,
  SessionWarning,
  ZoneRow,
} from './session.ts'
import { readPlan } from './session.ts'
import type { SessionCheck } from './session-check.ts'
import { maySubmit } from './session-check.ts'
import { closePhotos } from './session-photos.ts'
import type { StaffSnapshot } from './staff.ts'
import type { ZoneSide } from './zones.ts'
import { requiresSite } from './zones.ts'

/**
 * The body to sign, from a draft in which `checkSession` found nothing missing and nothing refused. Lots get their
 * search spelling here, so that no client decides it. Throws where the check was not passed: a bug, not a refusal.
 */
export function closeSession(
  draft: SessionDraft,
  check: SessionCheck,
  known: {
    readonly practitioner: StaffSnapshot
    readonly supervisingPhysician: StaffSnapshot | null
    readonly device: DeviceSnapshot
    readonly policyVersionId: VersionId | null
    readonly gatePassedAt: Instant | null
  },
): SessionBody {
  if (!maySubmit(check)) throw new Error('a session that does not pass its check cannot be closed')
  const isPhysician = known.practitioner.treatingRole === 'physician'
  return {
    schema: 'session/1',
    patientId: given(draft.patientId),
    seriesId: given(draft.seriesId),
    sessionNo: given(draft.sessionNo),
    clinic: given(draft.clinic),
    room: given(draft.room),
    practitioner: known.practitioner,
    supervisingPhysician: isPhysician ? null : known.supervisingPhysician,
    supervisionModeActual: isPhysician ? null : given(draft.supervisionModeActual),
    policyVersionId: known.policyVersionId,
    orderId: draft.orderId ?? null,
    consentId: draft.consentId ?? null,
    addonConsentIds: (draft.addons ?? []).length > 0 ? (draft.addonConsentIds ?? []) : [],
    screeningIds: draft.screeningIds ?? [],
    clearanceIds: draft.clearanceIds ?? [],
    stillAgreesToday: given(draft.stillAgreesToday),
    identityCheck: {
      identifiers: given(draft.identityCheck?.identifiers),
      photoMatches: draft.identityCheck?.photoMatches ?? null,
      checkedBy: given(draft.identityCheck?.checkedBy),
      checkedAt: given(draft.identityCheck?.checkedAt),
    },
    fst: given(draft.fst),
    plan: draft.plan ? readPlan(draft.plan).plan : null,
    gatePassedAt: draft.recordOnly === true ? null : known.gatePassedAt,
    recordOnly: given(draft.recordOnly),
    prePhotos: closePhotos(given(draft.prePhotos)),
    preObservations: { seen: draft.preObservations?.seen ?? [], text: text(draft.preObservations?.text) },
    skinPrep: closeProduct(given(draft.skinPrep)),
    anaesthetic: closeAnaesthetic(draft),
    deviceId: given(draft.deviceId),
    device: known.device,
    speed: draft.speed ?? null,
    cartridgeUses: given(draft.cartridgeUses).map((use) => ({
      label: given(use.label),
      cartridgeLotId: use.cartridgeLotId ?? null,
      lotRaw: given(use.lotRaw),
      lotNormalised: normaliseLot(given(use.lotRaw)),
      serial: text(use.serial),
      expiresOn: given(use.expiresOn),
      maxLengthUm: use.maxLengthUm ?? null,
      isSealIntact: given(use.isSealIntact),
      openedAt: given(use.openedAt),
      isDiscarded: given(use.isDiscarded),
      isSharpsDisposed: given(use.isSharpsDisposed),
    })),
    startedAt: given(draft.startedAt),
    endedAt: given(draft.endedAt),
    utcOffsetMin: given(draft.utcOffsetMin),
    zoneRows: given(draft.zoneRows).map(closeZoneRow),
    addons: (draft.addons ?? []).map((addon) => ({
      ...closeProduct(addon),
      kind: given(addon.kind),
      orderId: addon.orderId ?? null,
      hasConsentClause: addon.hasConsentClause ?? false,
    })),
    postProducts: closePostProducts(draft),
    immediateReactions: closeReactions(draft),
    painMax: given(draft.painMax),
    haemostasisMin: draft.haemostasisMin ?? null,
    postPhotos: draft.postPhotos ? closePhotos(draft.postPhotos) : null,
    aftercareGiven: {
      templateVersion: given(draft.aftercareGiven?.templateVersion),
      channel: given(draft.aftercareGiven?.channel),
      language: given(draft.aftercareGiven?.language),
      hasTaughtBack: given(draft.aftercareGiven?.hasTaughtBack),
    },
    endedEarly: given(draft.endedEarly),
    endedEarlyReason: draft.endedEarly === true ? given(draft.endedEarlyReason) : null,
    deviations: check.deviations,
    warnings: check.soft.map(({ code, path, reason }): SessionWarning => ({ code, path, reason })),
    needlestickInjury: given(draft.needlestickInjury),
    nextSessionSuggestedOn: draft.nextSessionSuggestedOn ?? null,
    notes: text(draft.notes),
    lateEntry: check.isLateEntry,
  }
}

/** The draft to correct a returned session from: the whole body as it was submitted, its reasons included. */
export function reopenSession(body: SessionBody): SessionDraft {
  const { practitioner, supervisingPhysician, device, policyVersionId, gatePassedAt, lateEntry, deviations, ...kept } =
    body
  return {
    ...kept,
    practitionerId: practitioner.staffId,
    supervisingPhysicianId: supervisingPhysician?.staffId ?? null,
    deviations: deviations.map(({ detail, ...deviation }) => {
      const { text: written } = detail
      return { ...deviation, text: typeof written === 'string' ? written : null }
    }),
  }
}

function closeZoneRow(row: DraftOf<ZoneRow>): ZoneRow {
  const zone = given(row.zone)
  return {
    zone,
    side: given(row.side),
    site: requiresSite(zone) ? given(row.site).trim() : null,
    indication: given(row.indication),
    depthUm: given(row.depthUm),
    technique: given(row.technique),
    passes: given(row.passes).map((pass) => ({
      no: given(pass.no),
      directions: given(pass.directions),
      endpointAfter: given(pass.endpointAfter),
    })),
    cartridge: given(row.cartridge),
    speedOverride: row.speedOverride ?? null,
    stopReason: given(row.stopReason),
    skippedSubareas: text(row.skippedSubareas),
    note: text(row.note),
  }
}

function closeAnaesthetic({ anaesthetic }: SessionDraft): Anaesthetic {
  if (anaesthetic?.kind !== 'APPLIED') return { kind: 'NONE' }
  return {
    ...closeProduct(anaesthetic),
    kind: 'APPLIED',
    agents: given(anaesthetic.agents).map(({ agent, percent }) => ({ agent: given(agent), percent: given(percent) })),
    grams: anaesthetic.grams ?? null,
    area: given(anaesthetic.area).map(closeZoneSide),
    onAt: given(anaesthetic.onAt),
    offAt: anaesthetic.offAt ?? null,
    isOccluded: given(anaesthetic.isOccluded),
    isRemoved: given(anaesthetic.isRemoved),
    orderId: anaesthetic.orderId ?? null,
  }
}

function closePostProducts({ postProducts }: SessionDraft): PostProducts {
  if (postProducts?.kind !== 'APPLIED') return { kind: 'NONE' }
  const products = given(postProducts.products).map((use) => ({
    ...closeProduct(use),
    productClass: given(use.productClass),
    moment: given(use.moment),
  }))
  return { kind: 'APPLIED', products }
}

function closeReactions({ immediateReactions }: SessionDraft): ImmediateReactions {
  if (immediateReactions?.kind !== 'SEEN') return { kind: 'NONE' }
  const reactions = given(immediateReactions.reactions).map(({ code, grade, zones }) => ({
    code: given(code),
    grade: given(grade),
    zones: (zones ?? []).map(closeZoneSide),
  }))
  return { kind: 'SEEN', reactions }
}

function closeProduct(use: DraftOf<ProductUse>): ProductUse {
  const lotRaw = text(use.lotRaw)
  return {
    productLotId: use.productLotId ?? null,
    name: given(use.name),
    lotRaw,
    lotNormalised: lotRaw === null ? null : normaliseLot(lotRaw),
  }
}

function closeZoneSide({ zone, side }: DraftOf<ZoneSide>): ZoneSide {
  return { zone: given(zone), side: given(side) }
}

function text(value: string | null | undefined): string | null {
  return value?.trim() ? value : null
}

function given<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('a required field of a checked session is missing')
  return value
}
