import { Button, Checkbox } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import type { ComplicationId, PatientId, PhotoId } from '../../../shared/kernel/ids.ts'
import { blobAddress } from '../../client/transport.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate } from '../../parts/format.ts'
import { viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** The pictures that were taken for this report; ticked ones belong to it with the next save. */
export function PhotosField({
  patientId,
  complicationId,
  photoIds,
  onChange,
  takeWords,
  onTake,
  isTakingDisabled,
}: {
  readonly patientId: PatientId
  readonly complicationId: ComplicationId
  readonly photoIds: readonly PhotoId[]
  readonly onChange: (photoIds: PhotoId[]) => void
  readonly takeWords: string
  readonly onTake: () => void
  readonly isTakingDisabled: boolean
}) {
  const { value, refusal } = useQuery('photo.list', { patientId }, { dependsOn: ['photo'] })
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  const own = (value?.photos ?? []).filter(
    (photo) => photoIds.includes(photo.photoId) || (photo.voided === null && photo.complicationId === complicationId),
  )
  return (
    <fieldset className="complication-photos">
      <legend>Photos of it</legend>
      {own.length === 0 && <p className="text-2">None is taken yet. Same light and distance each time.</p>}
      <ul>
        {own.map((photo) => (
          <li key={photo.photoId}>
            {photo.thumbnailToken !== null && <img src={blobAddress(photo.thumbnailToken)} alt="" />}
            <Checkbox
              label={`${viewWords[photo.view]}, ${formatDate(photo.takenOn)}${photo.voided ? ', entered in error' : ''}`}
              checked={photoIds.includes(photo.photoId)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...photoIds, photo.photoId]
                    : photoIds.filter((one) => one !== photo.photoId),
                )
              }
            />
          </li>
        ))}
      </ul>
      <Button
        size="xs"
        leftSection={<IconCamera size={14} stroke={1.7} aria-hidden="true" />}
        disabled={isTakingDisabled}
        onClick={onTake}
      >
        {takeWords}
      </Button>
    </fieldset>
  )
}
