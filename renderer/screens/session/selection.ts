import { isFacial, type ZoneSide, zoneFacts } from '../../../shared/domain/zones.ts'

/** The zone whose row is being worked on; `index` null where it has no row yet. */
export type Selection = { readonly place: ZoneSide; readonly index: number | null }

/** What the face map can show; other zones stand on the body map. */
export function isOnFaceMap({ zone }: ZoneSide): boolean {
  return isFacial(zone) || zoneFacts(zone).region === 'NECK'
}
