import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { occasionWords, sizeWords, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import type { KeptPhoto } from './photo-props.ts'

/** Every picture as a list that says what the strip shows, and the way to mark one as entered in error. */
export function PhotoDetails({
  patientId,
  photos,
  person,
  timeZone,
}: {
  readonly patientId: PatientId
  readonly photos: readonly KeptPhoto[]
  readonly person: Person
  readonly timeZone: string
}) {
  const [wrong, setWrong] = useState<KeptPhoto | null>(null)
  if (photos.length === 0) return null
  return (
    <SectionCard title="Every picture" aside={<span>{photos.length}</span>} isFlush>
      <ul className="photo-details">
        {photos.toReversed().map((photo) => (
          <li key={photo.photoId} data-voided={photo.voided !== null}>
            <span>
              <strong>{viewWords[photo.view]}</strong>
              {photo.zone && photo.side ? `, ${zoneSideName({ zone: photo.zone, side: photo.side })}` : ''},{' '}
              {occasionWords[photo.occasion].toLowerCase()}, {formatDate(photo.takenOn)}
            </span>
            <span className="text-12 text-2">
              {photo.widthPx} × {photo.heightPx} px, {sizeWords(photo.bytes)}
              {photo.hasOriginal ? ', original kept' : ''}. {photo.addedBy}, {formatDateTime(photo.addedAt, timeZone)}
            </span>
            {photo.voided ? (
              <span className="text-12">
                Entered in error: {photo.voided.reason}. {photo.voided.by}, {formatDateTime(photo.voided.at, timeZone)}
              </span>
            ) : (
              mayDo(person, 'photo.write') && (
                <Button size="compact-xs" onClick={() => setWrong(photo)}>
                  Entered in error
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
      <Modal opened={wrong !== null} onClose={() => setWrong(null)} title="Mark this photo as entered in error">
        {wrong && <VoidForm patientId={patientId} photo={wrong} onDone={() => setWrong(null)} />}
      </Modal>
    </SectionCard>
  )
}

function VoidForm({
  patientId,
  photo,
  onDone,
}: {
  readonly patientId: PatientId
  readonly photo: KeptPhoto
  readonly onDone: () => void
}) {
  const [reason, setReason] = useState('')
  const command = useCommand('photo.void')

  async function save() {
    const reply = await command.run({ patientId, photoId: photo.photoId, reason: reason.trim() })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="photo-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') void save()
      }}
    >
      <p>
        {viewWords[photo.view]}, {occasionWords[photo.occasion].toLowerCase()}, {formatDate(photo.takenOn)}. It stays in
        the chart, marked, and is no longer shown or given out. This cannot be taken back.
      </p>
      <Textarea
        label="Why"
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <RefusalText>{command.refusal ? sentenceFor(command.refusal) : null}</RefusalText>
      <div className="photo-form__foot">
        <Button type="submit" variant="filled" color="red" disabled={reason.trim() === '' || command.isRunning}>
          Mark as entered in error
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  )
}
