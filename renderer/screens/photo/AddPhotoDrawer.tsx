import { Button, Drawer, FileButton, Select } from '@mantine/core'
import { IconCamera, IconUpload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type PhotoOccasion, type PhotoView, photoOccasions, photoViews } from '../../../shared/domain/photo.ts'
import { type Side, sides, type ZoneCode, zoneCodes, zoneFacts } from '../../../shared/domain/zones.ts'
import type { ComplicationId, PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Input } from '../../client/client.ts'
import { upload } from '../../client/upload.ts'
import { useCommand } from '../../client/use-command.ts'
import { complicationName } from '../../parts/complication-words.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { occasionWords, sizeWords, viewSentences, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sideName, zoneName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { Camera } from './Camera.tsx'
import { type MadePhoto, makePhoto } from './make-photo.ts'
import type { PhotoList } from './photo-props.ts'

export type PhotoStart = {
  readonly view: PhotoView
  readonly occasion: PhotoOccasion
  /** The record for which somebody came; otherwise the newest that can be meant. */
  readonly sessionId?: SessionId
  readonly complicationId?: ComplicationId
} | null

type Place = Omit<Input<'photo.add'>, 'patientId' | 'image' | 'thumbnail' | 'original'>

export function AddPhotoDrawer(props: {
  readonly patientId: PatientId
  readonly clinic: Clinic
  readonly list: PhotoList
  readonly start: PhotoStart
  readonly onClose: () => void
}) {
  const { start, onClose } = props
  return (
    <Drawer opened={start !== null} onClose={onClose} title="Add photos" size={720}>
      {start && <AddPhoto {...props} start={start} />}
    </Drawer>
  )
}

function AddPhoto({
  patientId,
  clinic,
  list,
  start,
  onClose,
}: {
  readonly patientId: PatientId
  readonly clinic: Clinic
  readonly list: PhotoList
  readonly start: NonNullable<PhotoStart>
  readonly onClose: () => void
}) {
  const add = useCommand('photo.add')
  const [place, setPlace] = useState<Place>(() => firstPlace(start, list, clinic.today))
  const [made, setMade] = useState<{ photo: MadePhoto; original: Blob; src: string } | null>(null)
  const [isCameraOn, setCameraOn] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [kept, setKept] = useState(0)
  const set = (part: Partial<Place>) => setPlace((before) => ({ ...before, ...part }))
  const src = made?.src
  useEffect(() => () => (src ? URL.revokeObjectURL(src) : undefined), [src])

  async function choose(file: Blob | null) {
    if (!file) return
    const photo = await makePhoto(file)
    setProblem(photo ? null : 'This file is not a picture the program can read. Choose a JPEG or PNG file.')
    if (!photo) return setMade(null)
    const src = URL.createObjectURL(new Blob([photo.image.slice()], { type: 'image/jpeg' }))
    setMade({ photo, original: file, src })
    setCameraOn(false)
  }

  async function keep() {
    if (!made) return
    const image = await upload(made.photo.image)
    const thumbnail = await upload(made.photo.thumbnail)
    const original = list.keepsOriginals ? await upload(new Uint8Array(await made.original.arrayBuffer())) : null
    if (image === null || thumbnail === null) return setProblem('The picture could not be sent. Try again.')
    const reply = await add.run({ patientId, ...place, image, thumbnail, original })
    if (!reply.ok) return
    setKept((count) => count + 1)
    setMade(null)
    set({ view: nextView(place.view) })
  }

  const needsZone = place.view === 'DETAIL'
  const isPlaced = !needsZone || (place.zone !== null && place.side !== null)

  return (
    <div className="photo-form">
      <SegmentedChoice
        label="View"
        segments={photoViews.map((value) => ({ value, label: viewWords[value] }))}
        value={place.view}
        onChange={(view) => set({ view, ...(view === 'DETAIL' ? {} : { zone: null, side: null }) })}
      />
      <p className="text-12 text-2">
        Seen {viewSentences[place.view]}. Left and right are the patient’s. Same light, same distance as before.
      </p>
      {needsZone && <ZoneSelects place={place} onChange={set} />}
      <OccasionFields place={place} list={list} onChange={set} />
      <DateField
        label="Taken on"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={place.takenOn}
        onChange={(takenOn) => takenOn && set({ takenOn })}
      />
      {isCameraOn ? (
        <Camera onPicture={(picture) => void choose(picture)} onClose={() => setCameraOn(false)} />
      ) : (
        <>
          {made ? (
            <figure className="photo-form__picture">
              <img src={made.src} alt={`The new picture, ${viewSentences[place.view]}`} />
              <figcaption className="text-12 text-2">
                {made.photo.widthPx} × {made.photo.heightPx} px, {sizeWords(made.photo.image.length)}. Place, camera and
                time notes are taken out{list.keepsOriginals ? '; the original file is kept beside it.' : '.'}
              </figcaption>
            </figure>
          ) : (
            <p className="text-2">
              {kept === 0 ? 'No picture is chosen yet.' : `${kept} kept. The next one can follow.`}
            </p>
          )}
          <div className="photo-form__sources">
            <Button
              leftSection={<IconCamera size={16} stroke={1.7} aria-hidden="true" />}
              onClick={() => setCameraOn(true)}
            >
              Use the camera
            </Button>
            <FileButton accept="image/jpeg,image/png,image/webp" onChange={(file) => void choose(file)}>
              {(props) => (
                <Button {...props} leftSection={<IconUpload size={16} stroke={1.7} aria-hidden="true" />}>
                  Choose a file
                </Button>
              )}
            </FileButton>
          </div>
        </>
      )}
      <RefusalText>{problem ?? (add.refusal ? sentenceFor(add.refusal) : null)}</RefusalText>
      <div className="photo-form__foot">
        <Button variant="filled" disabled={!made || !isPlaced || add.isRunning} onClick={() => void keep()}>
          Keep this photo
        </Button>
        <Button onClick={onClose}>{kept === 0 ? 'Cancel' : 'Done'}</Button>
      </div>
    </div>
  )
}

function ZoneSelects({
  place,
  onChange,
}: {
  readonly place: Place
  readonly onChange: (part: Partial<Place>) => void
}) {
  const allowed =
    place.zone === null ? [] : sides.filter((side) => zoneFacts(place.zone as ZoneCode).sides.includes(side))
  return (
    <div className="photo-form__pair">
      <Select
        label="Zone"
        searchable
        data={zoneCodes.map((value) => ({ value, label: zoneName(value) }))}
        value={place.zone}
        onChange={(zone) => {
          const only = zone === null ? [] : zoneFacts(zone as ZoneCode).sides
          onChange({ zone: zone as ZoneCode | null, side: only.length === 1 ? (only[0] ?? null) : null })
        }}
      />
      <Select
        label="Side"
        disabled={allowed.length < 2}
        data={allowed.map((value) => ({ value, label: sideName(value) }))}
        value={place.side}
        onChange={(side) => onChange({ side: side as Side | null })}
      />
    </div>
  )
}

function OccasionFields({
  place,
  list,
  onChange,
}: {
  readonly place: Place
  readonly list: PhotoList
  readonly onChange: (part: Partial<Place>) => void
}) {
  const ofSession = place.occasion === 'BEFORE_SESSION' || place.occasion === 'AFTER_SESSION'
  const possible = photoOccasions.filter((occasion) => mayBe(occasion, list))
  return (
    <div className="photo-form__pair">
      <Select
        label="Belongs to"
        allowDeselect={false}
        data={possible.map((value) => ({ value, label: occasionWords[value] }))}
        value={place.occasion}
        onChange={(occasion) => occasion && onChange(placeFor(occasion as PhotoOccasion, list))}
      />
      {ofSession && (
        <Select
          label="Session"
          allowDeselect={false}
          data={list.sessions.map(({ sessionId, sessionNo, on }) => ({
            value: sessionId,
            label: `Session ${sessionNo}, ${on === null ? 'not begun' : formatDate(on)}`,
          }))}
          value={place.sessionId}
          onChange={(sessionId) => sessionId && onChange({ sessionId: sessionId as SessionId })}
        />
      )}
      {place.occasion === 'COMPLICATION' && (
        <Select
          label="Complication"
          allowDeselect={false}
          data={list.complications.map(({ complicationId, code, on }) => ({
            value: complicationId,
            label: `${complicationName(code)}, ${formatDate(on)}`,
          }))}
          value={place.complicationId}
          onChange={(complicationId) =>
            complicationId && onChange({ complicationId: complicationId as ComplicationId })
          }
        />
      )}
    </div>
  )
}

function mayBe(occasion: PhotoOccasion, list: PhotoList): boolean {
  if (occasion === 'BEFORE_SESSION' || occasion === 'AFTER_SESSION') return list.sessions.length > 0
  if (occasion === 'COMPLICATION') return list.complications.length > 0
  return true
}

function placeFor(occasion: PhotoOccasion, list: PhotoList): Pick<Place, 'occasion' | 'sessionId' | 'complicationId'> {
  const ofSession = occasion === 'BEFORE_SESSION' || occasion === 'AFTER_SESSION'
  return {
    occasion,
    sessionId: ofSession ? (list.sessions[0]?.sessionId ?? null) : null,
    complicationId: occasion === 'COMPLICATION' ? (list.complications[0]?.complicationId ?? null) : null,
  }
}

function firstPlace(start: NonNullable<PhotoStart>, list: PhotoList, today: CalendarDate): Place {
  const occasion = mayBe(start.occasion, list) ? start.occasion : 'BASELINE'
  const usual = placeFor(occasion, list)
  return {
    view: start.view,
    zone: null,
    side: null,
    takenOn: today,
    occasion,
    sessionId: usual.sessionId && (start.sessionId ?? usual.sessionId),
    complicationId: usual.complicationId && (start.complicationId ?? usual.complicationId),
  }
}

/** The protocol in its order: front, then the patient's left and right. */
function nextView(view: PhotoView): PhotoView {
  const at = photoViews.indexOf(view)
  return photoViews[at + 1] === 'DETAIL' || view === 'DETAIL' ? view : (photoViews[at + 1] ?? view)
}
