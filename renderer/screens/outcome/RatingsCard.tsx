import { Button } from '@mantine/core'
import { type OutcomeScaleCode, outcomeScaleCodes, outcomeScales } from '../../../shared/domain/outcome-scales.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate, formatDateTime } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { differenceWords, directionWords, levelText, type Rating, scoreIn, standingWords } from './outcome-words.ts'

type RatingsCardProps = {
  readonly baseline: Rating | null
  readonly outcome: Rating | null
  readonly timeZone: string
  /** Null where nothing may be corrected now. */
  readonly onCorrect: ((rating: Rating) => void) | null
}

type Line = {
  readonly scale: OutcomeScaleCode
  readonly before: string
  readonly after: string
  readonly change: string
}

/** What the clinician rated, before and after, each level with its scale. */
export function RatingsCard({ baseline, outcome, timeZone, onCorrect }: RatingsCardProps) {
  const lines = linesOf(baseline, outcome)
  const review = outcome?.body.review
  if (!baseline && !outcome) {
    return (
      <SectionCard title="Rated by the clinician">
        <EmptyState
          sentence="Nothing is rated yet."
          hint="The baseline is rated before the first session, the outcome six months after the last one."
        />
      </SectionCard>
    )
  }
  return (
    <SectionCard title="Rated by the clinician">
      {[baseline, outcome].map(
        (rating) =>
          rating &&
          !rating.isIntact && (
            <AlertCard
              key={rating.outcomeId}
              state="enteredInError"
              title="This rating was changed outside the program"
              sentence="What is stored is not what was signed. Tell the practice manager."
            />
          ),
      )}
      {lines.length > 0 && <LevelTable lines={lines} />}
      <div className="outcome-signed">
        {review && review.differences.length > 0 && (
          <p className="outcome-hint">
            <strong>Not comparable with the baseline:</strong>{' '}
            {review.differences.map((difference) => differenceWords[difference]).join(', ')}. {review.reason}
          </p>
        )}
        {review?.window && (
          <p className="text-2">
            The review was due on {formatDate(review.window.dueOn)} and rated {standingWords[review.window.standing]}.
          </p>
        )}
        {baseline && <SignedLine what="Baseline" rating={baseline} timeZone={timeZone} onCorrect={onCorrect} />}
        {outcome && <SignedLine what="Outcome" rating={outcome} timeZone={timeZone} onCorrect={onCorrect} />}
      </div>
    </SectionCard>
  )
}

/** Levels are whole sentences, so the lines are as high as they need to be. */
function LevelTable({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <table className="outcome-levels-table">
      <caption className="visually-hidden">Levels at baseline and outcome</caption>
      <thead>
        <tr>
          <th scope="col">Scale</th>
          <th scope="col">Baseline</th>
          <th scope="col">Outcome</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ scale, before, after, change }) => (
          <tr key={scale}>
            <th scope="row">
              {outcomeScales[scale].name}
              <small>
                {scale} {outcomeScales[scale].version}
              </small>
            </th>
            <td>{before}</td>
            <td>{after}</td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function SignedLine({
  what,
  rating,
  timeZone,
  onCorrect,
}: {
  readonly what: string
  readonly rating: Rating
  readonly timeZone: string
  readonly onCorrect: RatingsCardProps['onCorrect']
}) {
  const { rater, fst, note, correctionReason } = rating.body
  return (
    <div className="outcome-signed__line">
      <div>
        <p>
          <strong>{what}</strong> signed by {rater.printedName}, {rater.credential},{' '}
          {formatDateTime(rater.signedAt, timeZone)}
          {rating.versionNumber > 1 && `, version ${rating.versionNumber}`}
        </p>
        <p className="text-12 text-2">
          Skin type {fst}
          {note !== '' && `. ${note}`}
          {correctionReason !== null && `. Corrected: ${correctionReason}`}
        </p>
      </div>
      {onCorrect && rating.isMine && rating.isIntact && (
        <Button size="compact-sm" aria-label={`Correct the ${what.toLowerCase()}`} onClick={() => onCorrect(rating)}>
          Correct
        </Button>
      )}
    </div>
  )
}

function linesOf(baseline: Rating | null, outcome: Rating | null): readonly Line[] {
  return outcomeScaleCodes.flatMap((scale): readonly Line[] => {
    const before = scoreIn(baseline?.body.scores, scale)
    const after = scoreIn(outcome?.body.scores, scale)
    if (!before && !after) return []
    const change = outcome?.changes.find((one) => one.scale === scale)
    // A change on its own has no level before it.
    const none = outcomeScales[scale].measures === 'CHANGE' ? '' : 'Not rated'
    return [
      {
        scale,
        before: before ? levelText(before) : none,
        after: after ? levelText(after) : 'Not rated',
        change: change ? directionWords[change.direction] : '',
      },
    ]
  })
}
