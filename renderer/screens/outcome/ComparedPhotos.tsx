import { useState } from 'react'
import { isSameView } from '../../../shared/domain/photo.ts'
import type { PatientId, PhotoId } from '../../../shared/kernel/ids.ts'
import { usePicture } from '../../app/photos/use-picture.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate } from '../../parts/format.ts'
import { PhotoCompare } from '../../parts/PhotoCompare.tsx'
import { viewSentences, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import type { OutcomePhoto, Rating } from './outcome-words.ts'

type ComparedPhotosProps = {
  readonly patientId: PatientId
  readonly photos: readonly OutcomePhoto[]
  readonly baseline: Rating | null
  readonly outcome: Rating | null
  /** While somebody rates, the newest pictures stand in for the set that is not signed yet. */
  readonly isRating: boolean
}

/** The pictures of baseline and outcome over each other, view by view. */
export function ComparedPhotos({ patientId, photos, baseline, outcome, isRating }: ComparedPhotosProps) {
  const before = photosOf(photos, baseline)
  const after = outcome ? photosOf(photos, outcome) : isRating ? newestSet(photos, before) : []
  const shown = [...before, ...after.filter((photo) => !before.some((one) => isSameView(one, photo)))]
  const [chosen, setChosen] = useState<string | null>(null)
  const photo = shown.find((one) => viewName(one) === chosen) ?? shown[0] ?? null
  const left = before.find((one) => photo && isSameView(one, photo)) ?? null
  const right = after.find((one) => photo && isSameView(one, photo)) ?? null
  const leftSrc = usePicture(patientId, left?.photoId ?? null)
  const rightSrc = usePicture(patientId, right?.photoId ?? null)
  if (!photo) {
    return (
      <SectionCard title="Pictures">
        <EmptyState
          sentence="No picture belongs to the baseline or the outcome."
          hint="Pictures are kept under Photos and chosen when the skin is rated."
        />
      </SectionCard>
    )
  }
  const views = [...new Set(shown.map(viewName))]
  const sides = [
    { photo: left, src: leftSrc.src, what: 'Baseline' },
    { photo: right, src: rightSrc.src, what: 'Outcome' },
  ].flatMap(({ photo: one, src, what }) =>
    one && src !== null ? [{ src, alt: pictureName(one, what), label: `${what} ${formatDate(one.takenOn)}` }] : [],
  )
  const [first, second = null] = sides
  return (
    <SectionCard
      size="panel"
      title="Pictures"
      note={left && right ? 'drag, or arrow keys' : left ? 'baseline only' : 'outcome only'}
      aside={
        <SegmentedChoice
          label="View"
          labelPlace="hidden"
          size="compact"
          segments={views.map((value) => ({ value, label: value }))}
          value={viewName(photo)}
          onChange={setChosen}
        />
      }
    >
      {first ? (
        <PhotoCompare before={first} after={second} isFromFront={photo.view === 'FRONT'} />
      ) : (
        <div className="outcome-screen__waiting" aria-busy={!leftSrc.refusal && !rightSrc.refusal} />
      )}
      <RefusalText>{leftSrc.refusal ?? rightSrc.refusal}</RefusalText>
    </SectionCard>
  )
}

function photosOf(photos: readonly OutcomePhoto[], rating: Rating | null): readonly OutcomePhoto[] {
  const ids: readonly PhotoId[] = rating?.body.photoIds ?? []
  return photos.filter(({ photoId }) => ids.includes(photoId))
}

/** Of the latest day, without what the baseline already holds. */
export function newestSet(photos: readonly OutcomePhoto[], without: readonly OutcomePhoto[]): readonly OutcomePhoto[] {
  const others = photos.filter((photo) => !without.includes(photo))
  const latest = others.at(-1)?.takenOn
  return others.filter(({ takenOn }) => takenOn === latest)
}

export function viewName({ view, zone, side }: OutcomePhoto): string {
  return view === 'DETAIL' && zone && side ? zoneSideName({ zone, side }) : viewWords[view]
}

function pictureName(photo: OutcomePhoto, what: string): string {
  return `${what}, seen ${viewSentences[photo.view]}, ${formatDate(photo.takenOn)}`
}
