import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { JudgedFinding } from '../../../shared/contract/screening.ts'
import type { Output } from '../../client/client.ts'
import { zoneList } from '../../parts/answer-words.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate } from '../../parts/format.ts'
import { liftWords, ruleSentence } from '../../parts/rule-sentences.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { earlierWords, findingKey, findingLook, questionWords } from './finding-words.ts'

export type OutcomeCardProps = {
  readonly outcome: Output<'screening.outcome'>
  /** Opens the physician's decision; null for everybody else. */
  readonly onDecide: (() => void) | null
}

/** What the newest answers mean today: every finding with its reason, its source and what lifts it. */
export function OutcomeCard({ outcome, onDecide }: OutcomeCardProps) {
  const { findings } = outcome
  const isBlocked = findings.some(({ standing }) => standing === 'STANDS' || standing === 'NEEDS_CLEARANCE')
  return (
    <SectionCard
      title="Outcome today"
      size="panel"
      note={summaryOf(outcome)}
      aside={
        onDecide !== null &&
        findings.some(({ standing }) => standing === 'NEEDS_CLEARANCE' || standing === 'CLEARED') && (
          <Button variant={isBlocked ? 'filled' : 'default'} onClick={onDecide}>
            Clear or refuse
          </Button>
        )
      }
      isFlush
    >
      {findings.length === 0 ? (
        <EmptyState sentence="Nothing in the answers stands against treatment." />
      ) : (
        <ul className="finding-list">
          {findings.map((finding) => (
            <FindingRow key={findingKey(finding)} finding={finding} />
          ))}
        </ul>
      )}
      {outcome.blockedSubstances.length > 0 && (
        <p className="finding-list__blocked">
          Kept away from this patient: {outcome.blockedSubstances.map((name) => name.toLowerCase()).join(', ')}.
        </p>
      )}
    </SectionCard>
  )
}

function FindingRow({ finding }: { readonly finding: JudgedFinding }) {
  const look = findingLook(finding)
  const lifts = liftWords(finding.lifts, finding.eligibleOn)
  const earlier = earlierWords[finding.earlier]
  return (
    <li data-standing={finding.standing}>
      <StateTag state={look.state} tone={look.tone}>
        {look.words}
      </StateTag>
      <div>
        <p>
          <strong>{ruleSentence(finding.rule)}</strong>
        </p>
        {lifts !== '' && <Line>Lifted by {lifts}.</Line>}
        {lifts === '' && finding.standing === 'CLEARED' && <Line>Cleared by a physician, see the decisions.</Line>}
        {earlier !== null && <Line>{earlier}</Line>}
        <p className="text-3">
          {finding.zones.length > 0 && `${zoneList(finding.zones)} · `}
          {questionWords(finding.questionId)}
          {finding.source !== null &&
            ` · ${finding.source.form === 'FULL' ? 'full form' : 'short form'} of ${formatDate(finding.source.takenOn)}`}
        </p>
      </div>
      {finding.eligibleOn !== null && (
        <p className="finding-list__date">
          <span>From</span>
          {formatDate(finding.eligibleOn)}
        </p>
      )}
    </li>
  )
}

function Line({ children }: { readonly children: ReactNode }) {
  return <p className="text-2">{children}</p>
}

function summaryOf({ findings, eligibleOn, overall }: Output<'screening.outcome'>): string {
  if (overall === 'NONE') return 'No findings'
  const open = findings.filter(({ standing }) => standing === 'STANDS' || standing === 'NEEDS_CLEARANCE').length
  if (open === 0) return 'Nothing blocks a start'
  const until = eligibleOn === null ? '' : `, by time alone from ${formatDate(eligibleOn)}`
  return `${open} ${open === 1 ? 'finding blocks' : 'findings block'} a start${until}`
}
