import { Button, Checkbox, Drawer, TextInput } from '@mantine/core'
import { useState } from 'react'
import { mayUsePhotos, noPhotoPermissions, type PhotoUse, photoUses } from '../../../shared/domain/photo.ts'
import type { PatientId, PhotoId } from '../../../shared/kernel/ids.ts'
import type { Output } from '../../client/client.ts'
import { blobAddress } from '../../client/transport.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDate } from '../../parts/format.ts'
import { occasionWords, useWords, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { KeptPhoto, PhotoList } from './photo-props.ts'

type Props = {
  readonly patientId: PatientId
  readonly photos: readonly KeptPhoto[]
  readonly permissions: PhotoList['permissions']
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function GiveOutDrawer(props: Props) {
  return (
    <Drawer opened={props.isOpen} onClose={props.onClose} title="Give photos out" size={620}>
      {props.isOpen && <GiveOut {...props} />}
    </Drawer>
  )
}

function GiveOut({ patientId, photos, permissions, onClose }: Props) {
  const [chosen, setChosen] = useState<readonly PhotoId[]>([])
  const [use, setUse] = useState<PhotoUse>('PATIENT')
  const [recipient, setRecipient] = useState('')
  const [files, setFiles] = useState<Output<'photo.release'>['files']>([])
  const release = useCommand('photo.release')
  const isReady = chosen.length > 0 && (use === 'PATIENT' || recipient.trim() !== '')

  async function give() {
    const reply = await release.run({ patientId, photoIds: [...chosen], use, recipient: recipient.trim() })
    if (reply.ok) setFiles(reply.value.files)
  }

  if (files.length > 0) {
    return (
      <div className="photo-form">
        <p>
          It is on record who gets these photos and for what. Save them now; the links end when the screen is locked.
        </p>
        <ul className="photo-details">
          {files.map(({ photoId, token, fileName }) => (
            <li key={photoId}>
              <a href={blobAddress(token, 'save')} download={fileName}>
                Save {fileName}
              </a>
            </li>
          ))}
        </ul>
        <div className="photo-form__foot">
          <Button variant="filled" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    )
  }

  return (
    <form
      className="photo-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) void give()
      }}
    >
      <fieldset className="photo-form__uses">
        <legend>For what</legend>
        {photoUses.map((value) => (
          <label key={value}>
            <input type="radio" name="use" value={value} checked={use === value} onChange={() => setUse(value)} />
            <span>
              {useWords[value]}
              {!mayUsePhotos(value, permissions ?? noPhotoPermissions) && (
                <span className="text-12 text-2"> The patient does not allow it.</span>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      {use !== 'PATIENT' && (
        <TextInput
          label="Who gets them"
          maxLength={200}
          value={recipient}
          onChange={(event) => setRecipient(event.currentTarget.value)}
        />
      )}
      <fieldset className="photo-form__choices">
        <legend>Photos</legend>
        {photos.map((photo) => (
          <Checkbox
            key={photo.photoId}
            label={`${viewWords[photo.view]}, ${occasionWords[photo.occasion].toLowerCase()}, ${formatDate(photo.takenOn)}`}
            checked={chosen.includes(photo.photoId)}
            onChange={(event) =>
              setChosen(
                event.currentTarget.checked
                  ? [...chosen, photo.photoId]
                  : chosen.filter((other) => other !== photo.photoId),
              )
            }
          />
        ))}
      </fieldset>
      <RefusalText>{release.refusal ? sentenceFor(release.refusal) : null}</RefusalText>
      <div className="photo-form__foot">
        <Button type="submit" variant="filled" disabled={!isReady || release.isRunning}>
          Give {chosen.length === 1 ? 'one photo' : `${chosen.length} photos`} out
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}
