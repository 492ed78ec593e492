import './photo.css'
import { Button } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { isSameView, missingViews, type PhotoView, photoViews } from '../../../shared/domain/photo.ts'
import type { ComplicationId, PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { usePicture } from '../../app/photos/use-picture.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { blobAddress } from '../../client/transport.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { PhotoCompare } from '../../parts/PhotoCompare.tsx'
import { occasionWords, viewSentences, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { AddPhotoDrawer, type PhotoStart } from './AddPhotoDrawer.tsx'
import { GiveOutDrawer } from './GiveOutDrawer.tsx'
import { PermissionsCard } from './PermissionsCard.tsx'
import { PhotoDetails } from './PhotoDetails.tsx'
import type { KeptPhoto, PhotoList } from './photo-props.ts'

/** The pictures of one patient: two of the same view over each other, every set with what it lacks, and who got any. */
export function PhotosScreen() {
  const patientId = usePatientParam()
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return (
    <PatientFrame patientId={patientId}>
      <Photos patientId={patientId} clinic={clinic} person={person} />
    </PatientFrame>
  )
}

function Photos({
  patientId,
  clinic,
  person,
}: {
  readonly patientId: PatientId
  readonly clinic: Clinic
  readonly person: Person
}) {
  useSamePatient(patientId)
  const listed = useQuery('photo.list', { patientId }, { dependsOn: ['photo', 'consent', 'session', 'complication'] })
  const [start, setStart] = useState<PhotoStart>(null)
  const errand = useErrand()
  const [isGivingOut, setGivingOut] = useState(false)
  const mayAdd = mayDo(person, 'photo.write') && listed.value?.permissions?.ownRecord === true
  const begin = () => setStart({ view: 'FRONT', ...errand.place })
  useShortcuts([{ keys: 'N', label: 'Add photos', group: 'Photos', run: begin, isEnabled: mayAdd }])
  if (listed.refusal && !listed.value) return <RefusalText>{sentenceFor(listed.refusal)}</RefusalText>
  if (!listed.value) return <div aria-busy="true" />
  const list = listed.value
  const shown = list.photos.filter((photo) => photo.voided === null)

  return (
    <div className="photos-screen">
      <PageHeader
        title="Photos"
        summary={shown.length === 0 ? 'None kept' : `${shown.length} kept`}
        action={
          <>
            {errand.back !== null && <a href={hrefTo(errand.back.path)}>{errand.back.words}</a>}
            <a href={hrefTo(pathTo.chart(patientId))}>Back to the chart</a>
            {shown.length > 0 && <Button onClick={() => setGivingOut(true)}>Give out</Button>}
            {mayAdd && (
              <Button variant="filled" onClick={begin}>
                Add photos
              </Button>
            )}
          </>
        }
      />
      <div className="photos-screen__columns">
        {shown.length === 0 ? (
          <div className="photos-screen__empty">
            <EmptyState sentence="No photo is kept." hint={emptyHint(list)} />
          </div>
        ) : (
          <Comparison patientId={patientId} photos={shown} />
        )}
        <div className="photos-screen__side">
          <PermissionsCard permissions={list.permissions} releases={list.releases} timeZone={clinic.timeZone} />
          <SetsCard photos={shown} onAdd={mayAdd ? setStart : null} />
          <PhotoDetails patientId={patientId} photos={list.photos} person={person} timeZone={clinic.timeZone} />
        </div>
      </div>
      <AddPhotoDrawer patientId={patientId} clinic={clinic} list={list} start={start} onClose={() => setStart(null)} />
      <GiveOutDrawer
        patientId={patientId}
        photos={shown}
        permissions={list.permissions}
        isOpen={isGivingOut}
        onClose={() => setGivingOut(false)}
      />
    </div>
  )
}

type Errand = {
  readonly place: Omit<NonNullable<PhotoStart>, 'view'>
  /** The record from which somebody came; null from the chart. */
  readonly back: { readonly path: string; readonly words: string } | null
}

/** For which record the photos are taken, as the address says; main checks whose record it is. */
function useErrand(): Errand {
  const patientId = usePatientParam()
  const search: { readonly session?: unknown; readonly moment?: unknown; readonly complication?: unknown } = useSearch({
    strict: false,
  })
  if (typeof search.session === 'string') {
    const sessionId = search.session as SessionId
    const isAfter = search.moment === 'after'
    return {
      place: { occasion: isAfter ? 'AFTER_SESSION' : 'BEFORE_SESSION', sessionId },
      back: {
        path: `${pathTo.session(patientId, sessionId)}?part=${isAfter ? 'after' : 'before'}`,
        words: 'Back to the session',
      },
    }
  }
  if (typeof search.complication === 'string') {
    const complicationId = search.complication as ComplicationId
    return {
      place: { occasion: 'COMPLICATION', complicationId },
      back: { path: pathTo.complication(patientId, complicationId), words: 'Back to the complication' },
    }
  }
  return { place: { occasion: 'BASELINE' }, back: null }
}

function emptyHint({ permissions }: PhotoList): string {
  if (permissions === null) return 'The consent asks whether photos may be kept; none is signed yet.'
  if (!permissions.ownRecord) return 'The patient has not agreed to photos in their own record.'
  return 'The protocol has five views: from the front, and left and right half turned and in profile.'
}

function Comparison({ patientId, photos }: { readonly patientId: PatientId; readonly photos: readonly KeptPhoto[] }) {
  const [view, setView] = useState<PhotoView>(() => photos[0]?.view ?? 'FRONT')
  const [chosen, setChosen] = useState<readonly [KeptPhoto['photoId'] | null, KeptPhoto['photoId'] | null]>([
    null,
    null,
  ])
  const ofView = photos.filter((photo) => photo.view === view)
  const before = ofView.find(({ photoId }) => photoId === chosen[0]) ?? ofView[0] ?? null
  const after =
    ofView.find(({ photoId }) => photoId === chosen[1] && photoId !== before?.photoId) ??
    ofView.findLast((photo) => before !== null && photo.photoId !== before.photoId && isSameView(photo, before)) ??
    null
  const beforeSrc = usePicture(patientId, before?.photoId ?? null)
  const afterSrc = usePicture(patientId, after?.photoId ?? null)

  function choose(photo: KeptPhoto) {
    // The later of the two is always on the right: time runs from left to right.
    if (!before || photo.photoId === before.photoId) return setChosen([photo.photoId, null])
    setChosen(photo.takenOn < before.takenOn ? [photo.photoId, before.photoId] : [before.photoId, photo.photoId])
  }

  return (
    <SectionCard
      size="panel"
      title={after ? 'Before and after' : 'Picture'}
      note={after ? 'drag, or arrow keys' : `seen ${viewSentences[view]}`}
      aside={
        <SegmentedChoice
          label="View"
          labelPlace="hidden"
          size="compact"
          segments={photoViews.map((value) => ({
            value,
            label: viewWords[value],
            isDisabled: photos.every((photo) => photo.view !== value),
          }))}
          value={view}
          onChange={(chosenView) => {
            setView(chosenView)
            setChosen([null, null])
          }}
        />
      }
    >
      {before && beforeSrc.src !== null && (after === null || afterSrc.src !== null) ? (
        <PhotoCompare
          before={{ src: beforeSrc.src, alt: pictureName(before), label: labelOf(before) }}
          after={
            after && afterSrc.src !== null
              ? { src: afterSrc.src, alt: pictureName(after), label: labelOf(after) }
              : null
          }
          isFromFront={view === 'FRONT'}
        />
      ) : (
        <div className="photos-screen__waiting" aria-busy={!beforeSrc.refusal && !afterSrc.refusal} />
      )}
      <RefusalText>{beforeSrc.refusal ?? afterSrc.refusal}</RefusalText>
      <ul className="photo-strip" aria-label="Pictures of this view">
        {ofView.map((photo) => (
          <li key={photo.photoId}>
            <button
              type="button"
              aria-pressed={photo.photoId === before?.photoId || photo.photoId === after?.photoId}
              onClick={() => choose(photo)}
            >
              {photo.thumbnailToken !== null && <img src={blobAddress(photo.thumbnailToken)} alt="" />}
              <span>
                <strong>{occasionWords[photo.occasion]}</strong> {formatDate(photo.takenOn)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function labelOf(photo: KeptPhoto): string {
  return `${occasionWords[photo.occasion]} ${formatDate(photo.takenOn)}`
}

function pictureName(photo: KeptPhoto): string {
  const zone = photo.zone && photo.side ? `, ${zoneSideName({ zone: photo.zone, side: photo.side })}` : ''
  return `Seen ${viewSentences[photo.view]}${zone}, ${labelOf(photo)}`
}

/** One line per day and occasion, with the views that the protocol still asks for. */
function SetsCard({
  photos,
  onAdd,
}: {
  readonly photos: readonly KeptPhoto[]
  readonly onAdd: ((start: PhotoStart) => void) | null
}) {
  const sets = [...Map.groupBy(photos, ({ occasion, takenOn }) => `${takenOn} ${occasion}`).values()].reverse()
  return (
    <SectionCard title="Sets" note="five views each" isFlush>
      <ul className="photo-sets">
        {sets.length === 0 && <li className="text-2">No set is begun.</li>}
        {sets.map((set) => {
          const [first] = set
          if (!first) return null
          const missing = missingViews(set)
          const [next] = missing
          return (
            <li key={`${first.takenOn} ${first.occasion}`}>
              <span>
                <strong>{occasionWords[first.occasion]}</strong> {formatDate(first.takenOn)}
              </span>
              {next === undefined ? (
                <span className="text-2">All five views</span>
              ) : (
                <>
                  <span className="photo-sets__missing">
                    Missing: {missing.map((view) => viewWords[view]).join(', ')}
                  </span>
                  {onAdd && (
                    <Button size="compact-xs" onClick={() => onAdd({ view: next, occasion: first.occasion })}>
                      Add {viewWords[next]}
                    </Button>
                  )}
                </>
              )}
            </li>
          )
        })}
      </ul>
    </SectionCard>
  )
}
