import { Button, Checkbox, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { checkRating, type OutcomeScore, ratingDifferencesOf, reviewStandings } from '../../../shared/domain/outcome.ts'
import { type OutcomeScaleCode, outcomeScaleCodes } from '../../../shared/domain/outcome-scales.ts'
import type { PatientId, PhotoId, SeriesId } from '../../../shared/kernel/ids.ts'
import type { Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDate } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { newestSet, viewName } from './ComparedPhotos.tsx'
import {
  differenceWords,
  type OpenForm,
  type OpenOutcome,
  type Rating,
  scoreIn,
  standingWords,
} from './outcome-words.ts'
import { ScoreField } from './ScoreField.tsx'

type RatingFormProps = {
  readonly patientId: PatientId
  readonly seriesId: SeriesId
  readonly open: OpenOutcome
  readonly form: OpenForm
  /** In sight beside the form; null where the course has none. */
  readonly baseline: Rating | null
  readonly person: Person
  readonly onClose: () => void
}

/** Rates the skin while the baseline stands beside it, and signs it. */
export function RatingForm({ patientId, seriesId, open, form, baseline, person, onClose }: RatingFormProps) {
  const { occasion, corrects } = form
  const rate = useCommand('outcome.rate')
  const correct = useCommand('outcome.correct')
  const isPhysician = person.roles.includes('physician')
  const scales = scalesOf(open, { occasion, baseline, corrects, isPhysician })
  const candidates = photosToChoose(open, baseline)
  const [scores, setScores] = useState<readonly OutcomeScore[]>(corrects?.body.scores ?? [])
  const [photoIds, setPhotoIds] = useState<readonly PhotoId[]>(
    () =>
      corrects?.body.photoIds ?? newestSet(open.photos, baselinePhotos(open, baseline)).map(({ photoId }) => photoId),
  )
  const [note, setNote] = useState(corrects?.body.note ?? '')
  const [reason, setReason] = useState(corrects?.body.review?.reason ?? '')
  const [correctionReason, setCorrectionReason] = useState('')
  const [isSigning, setSigning] = useState(false)

  const chosen = open.photos.filter(({ photoId }) => photoIds.includes(photoId))
  const differences =
    occasion === 'BASELINE'
      ? []
      : ratingDifferencesOf(
          baseline && {
            raterId: baseline.body.rater.staffId,
            scores: baseline.body.scores,
            photos: baselinePhotos(open, baseline),
          },
          { raterId: person.staffId, scores, photos: chosen },
        )
  const problem = checkRating({ occasion, indications: open.course.goals, scores, photoIds, isPhysician })
  const isReady =
    problem === null &&
    open.fst !== null &&
    (differences.length === 0 || reason.trim() !== '') &&
    (corrects === null || correctionReason.trim() !== '')
  const command = corrects ? correct : rate
  const title = `${corrects ? 'Correct' : 'Rate'} the ${occasion === 'BASELINE' ? 'baseline' : 'outcome'}`

  function change(scale: OutcomeScaleCode, score: OutcomeScore | null) {
    setScores([...scores.filter((one) => one.scale !== scale), ...(score ? [score] : [])])
  }

  async function sign(reauth: Reauth) {
    const rated = {
      scores: outcomeScaleCodes.flatMap((scale) => scoreIn(scores, scale) ?? []).map(scoreToWire),
      photoIds: [...photoIds],
      note: note.trim(),
      reason: differences.length > 0 ? oneLine(reason) : null,
    }
    const reply = corrects
      ? await correct.run({
          patientId,
          outcomeId: corrects.outcomeId,
          version: corrects.version,
          ...rated,
          correctionReason: oneLine(correctionReason),
          reauth,
        })
      : await rate.run({ patientId, seriesId, occasion, ...rated, reauth })
    if (reply.ok) onClose()
  }

  return (
    <SectionCard size="panel" title={title} aside={<Button onClick={onClose}>Not now</Button>}>
      <div className="outcome-form">
        {occasion === 'OUTCOME' && open.review && open.review.standingToday !== reviewStandings[1] && (
          <p className="outcome-hint">
            Today is {standingWords[open.review.standingToday]}, which runs from {formatDate(open.review.fromOn)} to{' '}
            {formatDate(open.review.untilOn)}. The rating says so.
          </p>
        )}
        {open.fst === null && <p className="outcome-hint">{sentenceFor({ code: 'OUTCOME_SKIN_TYPE_MISSING' })}</p>}
        {scales.all.length === 0 && <p className="text-2">No scale fits these goals; pictures speak for them.</p>}
        {scales.all.map((scale) => (
          <ScoreField
            key={scale}
            scale={scale}
            isOptional={scales.optional.includes(scale)}
            value={scoreIn(scores, scale)}
            onChange={(score) => change(scale, score)}
          />
        ))}
        {occasion === 'OUTCOME' && !isPhysician && (
          <p className="text-12 text-2">The physician’s GAIS is given by a physician in a rating of their own.</p>
        )}
        {candidates.length > 0 && (
          <fieldset className="outcome-photos">
            <legend>Pictures looked at</legend>
            {candidates.map((photo) => (
              <Checkbox
                key={photo.photoId}
                label={`${viewName(photo)}, ${formatDate(photo.takenOn)}`}
                checked={photoIds.includes(photo.photoId)}
                onChange={(event) =>
                  setPhotoIds(
                    event.currentTarget.checked
                      ? [...photoIds, photo.photoId]
                      : photoIds.filter((id) => id !== photo.photoId),
                  )
                }
              />
            ))}
          </fieldset>
        )}
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {differences.length > 0 && (
          <>
            <p className="outcome-hint">
              <strong>Will not be comparable with the baseline:</strong>{' '}
              {differences.map((difference) => differenceWords[difference]).join(', ')}.
            </p>
            <Textarea
              label="Why it differs"
              required
              autosize
              minRows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </>
        )}
        {corrects && (
          <Textarea
            label="Why it is corrected"
            required
            autosize
            minRows={2}
            maxLength={500}
            value={correctionReason}
            onChange={(event) => setCorrectionReason(event.currentTarget.value)}
          />
        )}
        <RefusalText>{command.refusal && !isSigning ? sentenceFor(command.refusal) : null}</RefusalText>
        <Button variant="filled" disabled={!isReady} onClick={() => setSigning(true)}>
          Sign the rating
        </Button>
      </div>
      <ReauthDialog
        isOpen={isSigning}
        title={title}
        method={person.signsBy}
        confirmText="Sign"
        refusal={command.refusal ? sentenceFor(command.refusal) : null}
        isBusy={command.isRunning}
        onConfirm={(reauth) => void sign(reauth)}
        onCancel={() => {
          setSigning(false)
          command.reset()
        }}
      >
        {person.printedName}, {person.credential}: {occasion === 'BASELINE' ? 'baseline' : 'outcome'} of this course,
        rated by me today.
      </ReauthDialog>
    </SectionCard>
  )
}

/** The baseline's scales first: an outcome on others is not comparable. */
function scalesOf(
  open: OpenOutcome,
  {
    occasion,
    baseline,
    corrects,
    isPhysician,
  }: Pick<OpenForm, 'occasion' | 'corrects'> & { readonly baseline: Rating | null; readonly isPhysician: boolean },
): { readonly all: readonly OutcomeScaleCode[]; readonly optional: readonly OutcomeScaleCode[] } {
  const fromBaseline = baseline?.body.scores.map(({ scale }) => scale) ?? []
  const needed = new Set([...fromBaseline, ...open.scales.needed])
  if (occasion === 'OUTCOME' && isPhysician) needed.add('GAIS')
  const optional = [...open.scales.optional, ...(corrects?.body.scores.map(({ scale }) => scale) ?? [])].filter(
    (scale, index, list) => !needed.has(scale) && list.indexOf(scale) === index,
  )
  return { all: [...needed, ...optional], optional }
}

function baselinePhotos(open: OpenOutcome, baseline: Rating | null): OpenOutcome['photos'] {
  return open.photos.filter(({ photoId }) => baseline?.body.photoIds.includes(photoId) === true)
}

/** Everything but the set of the baseline, newest first; more than these nobody looks through. */
function photosToChoose(open: OpenOutcome, baseline: Rating | null): OpenOutcome['photos'] {
  const before = baselinePhotos(open, baseline)
  return open.photos
    .filter((photo) => !before.includes(photo))
    .toReversed()
    .slice(0, 30)
}

function scoreToWire({ parts, ...score }: OutcomeScore) {
  return { ...score, parts: [...parts] }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
