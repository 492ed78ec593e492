import { type Fact, FactList } from '../../parts/FactList.tsx'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { seriesStatusWords } from '../../parts/treatment-words.ts'
import { type OpenOutcome, standingWords } from './outcome-words.ts'

/** What was done in the course, and when its outcome is to be seen. */
export function CourseCard({ open }: { readonly open: OpenOutcome }) {
  const { course, review, fst } = open
  const last = course.performedOn.at(-1)
  const facts: readonly Fact[] = [
    { label: 'Course', value: seriesStatusWords[course.status] },
    {
      label: 'Sessions',
      value: `${course.performedOn.length} of ${course.sessionsPlanned} done${last === undefined ? '' : `, the last on ${formatDate(last)}`}`,
    },
    {
      label: 'Outcome review',
      value: review
        ? `${formatDate(review.dueOn)} (${formatDate(review.fromOn)} to ${formatDate(review.untilOn)})${reviewedText(open)}`
        : 'After the last session',
    },
    {
      label: 'Complications',
      value: course.complications === 0 ? 'None reported' : formatPlural(course.complications, 'report'),
    },
    { label: 'Skin type', value: fst ?? 'Not recorded' },
  ]
  return (
    <SectionCard title={course.goalText.trim() || 'The course'}>
      <FactList labelWidth={120} facts={facts} />
      {open.isNewBaselineDue && (
        <p className="outcome-hint">
          It is long since the last session. A new baseline is suggested before the next one.
        </p>
      )}
      {open.baselines.length === 0 && open.whyNoBaseline !== null && (
        <p className="outcome-hint">No baseline was rated before the first session.</p>
      )}
    </SectionCard>
  )
}

/** In maintenance the date ahead is of the next review, whatever was rated before. */
function reviewedText({ outcomes, review, course }: OpenOutcome): string {
  const [newest] = outcomes
  if (newest && course.status !== 'MAINTENANCE') return `; rated on ${formatDate(newest.body.ratedOn)}`
  return review ? `; today is ${standingWords[review.standingToday]}` : ''
}
