import type { DraftAnaesthetic, DraftZoneRow, SessionDraft } from './session.ts'
import { missingOfPhotos } from './session-photos.ts'
import type { TreatingRole } from './staff.ts'
import { requiresSite } from './zones.ts'

/**
 * Paths of every required field that is still open (clinical reference, section 5, column "Req"). Order, consent,
 * screening and clearance are not among them: their absence is a deviation, so that what happened can be stored.
 */
export function missingFields(
  draft: SessionDraft,
  facts: { readonly treatingRole: TreatingRole; readonly hasSpeed: boolean },
): readonly string[] {
  const always = openFields(draft, [
    'patientId',
    'seriesId',
    'sessionNo',
    'clinic',
    'room',
    'practitionerId',
    'stillAgreesToday',
    'fst',
    'deviceId',
    'startedAt',
    'endedAt',
    'utcOffsetMin',
    'painMax',
    'endedEarly',
    'needlestickInjury',
    'recordOnly',
  ])
  return [
    ...always,
    ...(facts.treatingRole === 'physician'
      ? []
      : openFields(draft, ['supervisingPhysicianId', 'supervisionModeActual'])),
    ...inside('identityCheck', draft.identityCheck, ['identifiers', 'checkedBy', 'checkedAt']),
    ...missingOfPhotos('prePhotos', draft.prePhotos),
    ...(draft.postPhotos ? missingOfPhotos('postPhotos', draft.postPhotos) : []),
    ...inside('skinPrep', draft.skinPrep, ['name']),
    ...missingOfAnaesthetic(draft.anaesthetic),
    ...(facts.hasSpeed ? openFields(draft, ['speed']) : []),
    ...rows('cartridgeUses', draft.cartridgeUses, (path, use) =>
      inside(path, use, [
        'label',
        'lotRaw',
        'expiresOn',
        'isSealIntact',
        'openedAt',
        'isDiscarded',
        'isSharpsDisposed',
      ]),
    ),
    ...rows('zoneRows', draft.zoneRows, missingOfZoneRow),
    ...(draft.addons ?? []).flatMap((addon, index) => inside(`addons[${index}]`, addon, ['kind', 'name'])),
    ...missingOfPostProducts(draft),
    ...missingOfReactions(draft),
    ...inside('aftercareGiven', draft.aftercareGiven, ['templateVersion', 'channel', 'language', 'hasTaughtBack']),
  ]
}

function missingOfAnaesthetic(anaesthetic: DraftAnaesthetic | null | undefined): readonly string[] {
  if (!anaesthetic?.kind) return ['anaesthetic.kind']
  if (anaesthetic.kind === 'NONE') return []
  return [
    ...inside('anaesthetic', anaesthetic, ['name', 'onAt', 'isOccluded', 'isRemoved']),
    ...rows('anaesthetic.agents', anaesthetic.agents, (path, agent) => inside(path, agent, ['agent', 'percent'])),
    ...rows('anaesthetic.area', anaesthetic.area, (path, place) => inside(path, place, ['zone', 'side'])),
  ]
}

function missingOfZoneRow(path: string, row: DraftZoneRow): readonly string[] {
  return [
    ...inside(path, row, ['zone', 'side', 'indication', 'depthUm', 'technique', 'cartridge', 'stopReason']),
    ...(row.zone && requiresSite(row.zone) ? inside(path, row, ['site']) : []),
    // Copied values are nobody's word for what was done until somebody says so.
    ...(row.copiedFrom ? [`${path}.copiedFrom`] : []),
    ...rows(`${path}.passes`, row.passes, (passPath, pass) => [
      ...inside(passPath, pass, ['no', 'endpointAfter']),
      ...rows(`${passPath}.directions`, pass.directions, () => []),
    ]),
  ]
}

function missingOfPostProducts({ postProducts }: SessionDraft): readonly string[] {
  if (!postProducts?.kind) return ['postProducts.kind']
  if (postProducts.kind === 'NONE') return []
  return rows('postProducts.products', postProducts.products, (path, product) =>
    inside(path, product, ['name', 'productClass', 'moment']),
  )
}

function missingOfReactions({ immediateReactions }: SessionDraft): readonly string[] {
  if (!immediateReactions?.kind) return ['immediateReactions.kind']
  if (immediateReactions.kind === 'NONE') return []
  return rows('immediateReactions.reactions', immediateReactions.reactions, (path, reaction) =>
    inside(path, reaction, ['code', 'grade']),
  )
}

/** A list that must have at least one row, each judged by `missingOf`. */
function rows<Row>(
  path: string,
  list: readonly Row[] | null | undefined,
  missingOf: (path: string, row: Row) => readonly string[],
): readonly string[] {
  if (!list || list.length === 0) return [path]
  return list.flatMap((row, index) => missingOf(`${path}[${index}]`, row))
}

function inside<Part extends object>(
  path: string,
  part: Part | null | undefined,
  fields: readonly (keyof Part & string)[],
): readonly string[] {
  if (!part) return [path]
  return openFields(part, fields).map((field) => `${path}.${field}`)
}

function openFields<Part extends object>(part: Part, fields: readonly (keyof Part & string)[]): readonly string[] {
  return fields.filter((field) => isOpen(part[field]))
}

function isOpen(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}
