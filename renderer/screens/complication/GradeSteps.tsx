import type { GradeEntry } from '../../../shared/domain/complication.ts'
import { gradeWords } from '../../parts/complication-words.ts'
import { formatDateTime } from '../../parts/format.ts'

const width = 560
const left = 30

/** The grades as steps over the assessments, and the same in words below. */
export function GradeSteps({
  history,
  timeZone,
}: {
  readonly history: readonly GradeEntry[]
  readonly timeZone: string
}) {
  if (history.length === 0) return <p className="text-2">Nobody has graded it yet.</p>
  const step = (width - left - 40) / Math.max(1, history.length)
  const points = history.map(({ grade }, index) => ({ x: left + 16 + index * step, y: heightOf(grade), grade }))
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'H'}${x}${index === 0 ? ` ${y}` : ` V${y}`}`)
  return (
    <>
      <svg className="grade-steps" viewBox={`0 0 ${width} 150`} aria-hidden="true">
        {[1, 2, 3, 4, 5].map((grade) => (
          <g key={grade}>
            <line x1={left} x2={width} y1={heightOf(grade)} y2={heightOf(grade)} />
            <text x={8} y={heightOf(grade) + 4}>
              {grade}
            </text>
          </g>
        ))}
        <path d={`${path.join(' ')} h${step / 2}`} />
        {points.map(({ x, y }) => (
          <circle key={x} cx={x} cy={y} r={5} />
        ))}
      </svg>
      <ol>
        {history.map(({ grade, at, note }) => (
          <li key={at}>
            {formatDateTime(at, timeZone)}: <strong>grade {gradeWords[grade]}</strong>
            {note !== '' && `, ${note}`}
          </li>
        ))}
      </ol>
    </>
  )
}

function heightOf(grade: number): number {
  return 160 - grade * 28
}
