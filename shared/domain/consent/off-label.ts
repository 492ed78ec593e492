import { type Indication, isFacial, type ZoneCode, type ZoneSide } from '../zones.ts'

/** What makes a plan off label; the sentence that the patient reads is the renderer's. */
export type OffLabelItem =
  | { readonly kind: 'AGE'; readonly authorisedFrom: number }
  | { readonly kind: 'USE'; readonly zone: ZoneCode; readonly indication: Indication }

/** What a device is authorised for; `FACE` stands for every zone of the face. */
export type AuthorisedUse = {
  readonly authorisedFrom: number
  readonly uses: readonly {
    readonly zones: 'FACE' | readonly ZoneCode[]
    readonly indications: readonly Indication[]
  }[]
}

/** Facial acne scars, facial wrinkles, abdominal scars, age 22 and over: clinical reference, section 1 [F3]. */
export const usualAuthorisedUse: AuthorisedUse = {
  authorisedFrom: 22,
  uses: [
    { zones: 'FACE', indications: ['ACNE_SCAR', 'RHYTIDES_FINE', 'RHYTIDES_DEEP'] },
    { zones: ['ABDOMEN'], indications: ['OTHER_SCAR'] },
  ],
}

/** Every item of a plan outside the authorised use; each zone and indication is named once. Empty = on label. */
export function offLabelItems({
  age,
  uses,
  authorised,
}: {
  readonly age: number
  readonly uses: readonly (Pick<ZoneSide, 'zone'> & { readonly indication: Indication })[]
  readonly authorised: AuthorisedUse
}): readonly OffLabelItem[] {
  const { authorisedFrom } = authorised
  const items: OffLabelItem[] = age < authorisedFrom ? [{ kind: 'AGE', authorisedFrom }] : []
  for (const { zone, indication } of uses) {
    const isAuthorised = authorised.uses.some(
      (use) =>
        (use.zones === 'FACE' ? isFacial(zone) : use.zones.includes(zone)) && use.indications.includes(indication),
    )
    const isNamed = items.some((item) => item.kind === 'USE' && item.zone === zone && item.indication === indication)
    if (!isAuthorised && !isNamed) items.push({ kind: 'USE', zone, indication })
  }
  return items
}
