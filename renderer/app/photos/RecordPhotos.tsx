import './record-photos.css'
import type { ReactNode } from 'react'
import type { PatientId, PhotoId } from '../../../shared/kernel/ids.ts'
import { blobAddress } from '../../client/transport.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate } from '../../parts/format.ts'
import { photoStateWords, viewSentences, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** A picture as a record names it; without a hash where the record keeps none. */
export type NamedPhoto = { readonly photoId: PhotoId; readonly sha256: string | null }

/** The pictures that a record names, small, each with what became of it since. */
export function RecordPhotos({
  patientId,
  photos,
  label,
  actionFor,
}: {
  readonly patientId: PatientId
  readonly photos: readonly NamedPhoto[]
  /** What the pictures are, for listeners. */
  readonly label: string
  /** Something to do with one picture, under it. */
  readonly actionFor?: (photo: { readonly photoId: PhotoId; readonly name: string }) => ReactNode
}) {
  const named = photos.map(({ photoId, sha256 }) => ({ photoId, sha256 }))
  const { value, refusal } = useQuery(
    'photo.ofRecord',
    { patientId, photos: named },
    { isEnabled: named.length > 0, dependsOn: ['photo'] },
  )
  if (named.length === 0) return null
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return <div className="record-photos" aria-busy="true" />
  return (
    <ul className="record-photos" aria-label={label}>
      {value.photos.map((photo) => {
        const place = photo.zone && photo.side ? `, ${zoneSideName({ zone: photo.zone, side: photo.side })}` : ''
        const name = `${viewWords[photo.view]}${place}`
        return (
          <li key={photo.photoId} data-state={photo.state}>
            {photo.thumbnailToken === null ? (
              <span className="record-photos__none" aria-hidden="true" />
            ) : (
              <img
                src={blobAddress(photo.thumbnailToken)}
                alt={`Seen ${viewSentences[photo.view]}${place}, ${formatDate(photo.takenOn)}`}
              />
            )}
            <span className="record-photos__name">{name}</span>
            {photo.state !== 'INTACT' && (
              <StateLine state={photo.state === 'CHANGED' ? 'blocked' : 'enteredInError'}>
                {photoStateWords[photo.state]}
              </StateLine>
            )}
            {actionFor?.({ photoId: photo.photoId, name })}
          </li>
        )
      })}
    </ul>
  )
}
