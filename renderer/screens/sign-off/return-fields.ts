import { formatMmUnit } from '../../parts/format.ts'
import { codeWords, placeName, type SessionBody } from './sign-off-words.ts'

/** A field of the record that a return can point at; `path` is a JSON pointer into the body. */
export type ReturnField = { readonly path: string; readonly label: string; readonly value: string }

/** What a physician asks about, in the order of the record. */
export function returnFields(body: SessionBody): readonly ReturnField[] {
  const { anaesthetic, postProducts, immediateReactions } = body
  return [
    ...body.zoneRows.flatMap((row, index) => [
      field(`/zoneRows/${index}/depthUm`, `Depth, ${placeName(row)}`, formatMmUnit(row.depthUm)),
      field(`/zoneRows/${index}/passes`, `Passes, ${placeName(row)}`, String(row.passes.length)),
      field(`/zoneRows/${index}/stopReason`, `Stopped at, ${placeName(row)}`, codeWords(row.stopReason)),
    ]),
    ...body.deviations.map((deviation, index) =>
      field(`/deviations/${index}/reason`, `Reason of deviation ${index + 1}`, deviation.reason),
    ),
    ...body.cartridgeUses.flatMap((use, index) => [
      field(`/cartridgeUses/${index}/lotRaw`, `Cartridge lot, ${use.label}`, use.lotRaw),
      field(`/cartridgeUses/${index}/isDiscarded`, `Cartridge discarded, ${use.label}`, yesNo(use.isDiscarded)),
    ]),
    field('/anaesthetic', 'Numbing', anaesthetic.kind === 'NONE' ? 'None' : anaesthetic.name),
    ...(anaesthetic.kind === 'APPLIED'
      ? [
          field('/anaesthetic/lotRaw', 'Numbing, lot', anaesthetic.lotRaw ?? 'not stated'),
          field('/anaesthetic/offAt', 'Numbing, time off', anaesthetic.offAt ?? 'not noted'),
          field(
            '/anaesthetic/grams',
            'Numbing, amount',
            anaesthetic.grams === null ? 'not stated' : `${anaesthetic.grams} g`,
          ),
        ]
      : []),
    field('/skinPrep', 'Skin preparation', body.skinPrep.name),
    field('/prePhotos', 'Photos before', codeWords(body.prePhotos.kind)),
    field('/preObservations', 'Seen before', body.preObservations.seen.map(codeWords).join(', ')),
    field('/speed', 'Speed', body.speed === null ? 'none' : String(body.speed)),
    field(
      '/postProducts',
      'Products afterwards',
      postProducts.kind === 'NONE' ? 'None' : postProducts.products.map(({ name }) => name).join(', '),
    ),
    field(
      '/immediateReactions',
      'Reactions',
      immediateReactions.kind === 'NONE'
        ? 'None'
        : immediateReactions.reactions.map(({ code }) => codeWords(code)).join(', '),
    ),
    field('/painMax', 'Pain', `${body.painMax} of 10`),
    field(
      '/haemostasisMin',
      'Bleeding time',
      body.haemostasisMin === null ? 'not noted' : `${body.haemostasisMin} min`,
    ),
    field('/aftercareGiven', 'Aftercare', codeWords(body.aftercareGiven.channel)),
    field('/startedAt', 'Needling began', body.startedAt.slice(11, 16)),
    field('/endedAt', 'Needling ended', body.endedAt.slice(11, 16)),
    field('/nextSessionSuggestedOn', 'Next session suggested', body.nextSessionSuggestedOn ?? 'none'),
    field('/notes', 'Notes', body.notes ?? 'none'),
  ]
}

function field(path: string, label: string, value: string): ReturnField {
  return { path, label, value }
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

/** Ready sentences; each is only a beginning. */
export const returnTemplates = [
  { label: 'Something missing', text: 'Please add what is missing in the fields named here.' },
  { label: 'Does not fit', text: 'These entries do not fit each other. Please look at them again.' },
  { label: 'Reason unclear', text: 'Please say more about why this was done.' },
  { label: 'Lot or device', text: 'Please check the lot or device against the label.' },
] as const
