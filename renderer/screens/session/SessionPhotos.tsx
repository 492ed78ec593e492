import { Button } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { type DraftPhotos, type PhotoRecord, photoAnswers } from '../../../shared/domain/session-photo-record.ts'
import { type PhotoMoment, photosToName } from '../../../shared/domain/session-photos.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { RecordPhotos } from '../../app/photos/RecordPhotos.tsx'
import { formatPlural } from '../../parts/format.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { useSessionWork } from './desk-context.ts'
import { LineField } from './Fields.tsx'
import { hardSentence, warningSentence } from './field-names.ts'
import { photoWords } from './session-words.ts'

/** Whether photos were taken here, and which of today's belong to this session; or why there are none. */
export function PhotoFields({ label, moment }: { readonly label: string; readonly moment: PhotoMoment }) {
  const { draft, set, desk, opened } = useSessionWork()
  const answer: DraftPhotos | null = draft[moment] ?? null
  const kind = answer?.kind ?? null
  const ofToday = photosToName(moment, desk.photoChoices, { sessionId: opened.session.sessionId, on: desk.on })
  const change = (part: DraftPhotos) => set({ [moment]: { ...answer, ...part } })

  function choose(next: NonNullable<DraftPhotos['kind']>) {
    // What was taken before the question was answered is meant; single pictures can still be taken out.
    const isEmpty = (answer?.photos ?? []).length === 0
    change({ kind: next, ...(next === 'TAKEN' && isEmpty ? { photos: ofToday.map(nameOf) } : {}) })
  }

  return (
    <div className="session-fields">
      <SegmentedChoice
        label={label}
        segments={photoAnswers.map((value) => ({ value, label: photoWords[value] }))}
        value={kind}
        onChange={choose}
      />
      {kind === 'TAKEN' && <TakenPhotos label={label} moment={moment} answer={answer ?? {}} change={change} />}
      {(kind === 'DECLINED' || kind === 'KEPT_ELSEWHERE') && (
        <LineField
          label={kind === 'DECLINED' ? `${label}: why declined` : `${label}: where they are`}
          value={answer?.reason}
          maxLength={500}
          onChange={(reason) => change({ reason })}
        />
      )}
    </div>
  )
}

function TakenPhotos({
  label,
  moment,
  answer,
  change,
}: {
  readonly label: string
  readonly moment: PhotoMoment
  readonly answer: DraftPhotos
  readonly change: (part: DraftPhotos) => void
}) {
  const { opened, desk, check, flush } = useSessionWork()
  const { patientId, sessionId } = opened.session
  const go = useGo()
  const named = answer.photos ?? []
  const unused = photosToName(moment, desk.photoChoices, { sessionId, on: desk.on }).filter(
    ({ photoId }) => !named.some((one) => one.photoId === photoId),
  )
  const refused = check.hard.filter(({ code, path }) => path === moment && code !== 'WARNING_REASON_MISSING')
  const missing = check.soft.find(({ code, path }) => code === 'PHOTO_VIEW_MISSING' && path === moment)

  async function takeMore() {
    await flush()
    go(pathTo.photos(patientId, { sessionId, moment: moment === 'prePhotos' ? 'before' : 'after' }))
  }

  return (
    <>
      <RecordPhotos
        patientId={patientId}
        label={label}
        photos={named.flatMap(({ photoId }) => (photoId ? [{ photoId, sha256: null }] : []))}
        actionFor={({ photoId, name }) => (
          <button
            type="button"
            className="session-link"
            aria-label={`Take ${name} out of ${label.toLowerCase()}`}
            onClick={() => change({ photos: named.filter((one) => one.photoId !== photoId) })}
          >
            Take out
          </button>
        )}
      />
      {named.length === 0 && <p className="text-2">No photo is named yet.</p>}
      {missing && <StateLine state="warning">{warningSentence(missing.code, missing.facts)}</StateLine>}
      {refused.map(({ code, facts }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same sentence may stand for two pictures
        <StateLine key={`${code} ${index}`} state="blocked">
          {hardSentence(code, facts)}
        </StateLine>
      ))}
      <div className="session-actions">
        {unused.length > 0 && (
          <Button size="xs" onClick={() => change({ photos: [...named, ...unused.map(nameOf)] })}>
            Use the {formatPlural(unused.length, 'photo')} taken today
          </Button>
        )}
        <Button
          size="xs"
          leftSection={<IconCamera size={14} stroke={1.7} aria-hidden="true" />}
          onClick={() => void takeMore()}
        >
          {label === 'Photos before' ? 'Take photos before' : 'Take photos after'}
        </Button>
      </div>
    </>
  )
}

function nameOf({ photoId, view, sha256 }: { photoId: string; view: string; sha256: string }) {
  return { photoId, view, sha256 } as NonNullable<DraftPhotos['photos']>[number]
}

/** What a submitted record says of its photos, with the pictures. */
export function photoFact(
  patientId: Parameters<typeof RecordPhotos>[0]['patientId'],
  label: string,
  answer: PhotoRecord | null,
) {
  if (answer === null) return 'Not noted'
  if (answer.kind !== 'TAKEN') return `${photoWords[answer.kind]}: ${answer.reason}`
  return <RecordPhotos patientId={patientId} label={label} photos={answer.photos} />
}
