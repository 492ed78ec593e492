import './policy.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PolicySummary } from '../../../shared/contract/policy.ts'
import { policyReviewOn } from '../../../shared/domain/policy.ts'
import type { PolicyId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate, formatDateTimeZone, formatHash } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { ChangesCard } from './ChangesCard.tsx'
import { DraftEditor } from './DraftEditor.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { type OpenedPolicy, toPolicyText } from './policy-body.ts'
import { standingTexts } from './policy-words.ts'

/** Who may treat, how deep, under whom: the policies of the clinic, each from its day, each signed by a physician. */
export function PolicyPart() {
  const { value } = useQuery('policy.list', {})
  const clinic = useClinic()
  const person = usePerson()
  const [chosenId, choose] = useState<PolicyId | null>(null)
  const start = useCommand('policy.startDraft')
  if (!value || !clinic || !person) return null

  const shown = value.policies.filter((policy) => policy.standing !== 'DISCARDED')
  const draft = shown.find((policy) => policy.standing === 'DRAFT')
  const inForce = shown.find((policy) => policy.standing === 'IN_FORCE')
  const current = shown.find((policy) => policy.policyId === chosenId) ?? inForce ?? draft ?? shown[0] ?? null

  async function startDraft() {
    const reply = await start.run({})
    if (reply.ok) choose(reply.value.policyId)
  }

  const startButton = mayDo(person, 'policy.draft') && !draft && (
    <Button size="xs" onClick={() => void startDraft()} disabled={start.isRunning}>
      Start a draft
    </Button>
  )
  return (
    <div className="policy-part">
      <aside className="policy-list">
        <div className="policy-list__head">
          <h2 className="title-14">Policies</h2>
          {startButton}
        </div>
        <RefusalText>{start.refusal ? sentenceFor(start.refusal) : null}</RefusalText>
        {shown.length > 0 && (
          <ul>
            {shown.map((policy) => (
              <li key={policy.policyId}>
                <button
                  type="button"
                  aria-current={policy.policyId === current?.policyId}
                  onClick={() => choose(policy.policyId)}
                >
                  <strong>{standingTexts[policy.standing]}</strong>
                  <span>from {formatDate(policy.effectiveFrom)}</span>
                  {policy.approvedBy && <span>{policy.approvedBy.printedName}</span>}
                </button>
              </li>
            ))}
          </ul>
        )}
      </aside>
      <div className="policy-body">
        {!inForce && <NoPolicyAlert upcoming={shown.find((policy) => policy.standing === 'UPCOMING') ?? null} />}
        {current ? (
          <OnePolicy key={current.policyId} policyId={current.policyId} clinic={clinic} person={person} />
        ) : (
          <EmptyState sentence="There is no policy and no draft." {...(startButton && { action: startButton })} />
        )}
      </div>
    </div>
  )
}

function NoPolicyAlert({ upcoming }: { readonly upcoming: PolicySummary | null }) {
  return (
    <AlertCard
      state="missing"
      tone="amber"
      title="No aesthetician session starts until a physician has approved a policy"
      sentence={
        upcoming
          ? `The approved policy is in force from ${formatDate(upcoming.effectiveFrom)}.`
          : 'The draft holds the shipped values: nobody but a physician may needle. A physician reads it, changes what is needed and signs it.'
      }
    />
  )
}

function OnePolicy({
  policyId,
  clinic,
  person,
}: {
  readonly policyId: PolicyId
  readonly clinic: Clinic
  readonly person: Person
}) {
  const { value, refusal } = useQuery('policy.open', { policyId }, { isForm: true })
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  if (value.standing === 'DRAFT' && mayDo(person, 'policy.draft'))
    return <DraftEditor opened={value} clinic={clinic} person={person} />
  return <ReadPolicy opened={value} clinic={clinic} />
}

function ReviewLine({ reviewOn, today }: { readonly reviewOn: CalendarDate; readonly today: CalendarDate }) {
  if (reviewOn > today) return <p className="text-2">A physician looks at it again by {formatDate(reviewOn)}.</p>
  return (
    <StateLine state="warning">
      {`Due for review since ${formatDate(reviewOn)}: a physician approves it again, changed or not`}
    </StateLine>
  )
}

function ReadPolicy({ opened, clinic }: { readonly opened: OpenedPolicy; readonly clinic: Clinic }) {
  const { timeZone, today } = clinic
  const text = toPolicyText(opened.body)
  const { approvedBy } = opened.body
  return (
    <>
      <div className="policy-head">
        <h2 className="title-16">
          {standingTexts[opened.standing]} from {formatDate(opened.effectiveFrom)}
        </h2>
        {approvedBy && (
          <p className="text-2">
            Approved by {approvedBy.printedName}
            {approvedBy.credential && `, ${approvedBy.credential}`}, {formatDateTimeZone(approvedBy.signedAt, timeZone)}{' '}
            · hash <span className="mono">{formatHash(opened.sha256 ?? '')}</span>
          </p>
        )}
        {opened.standing === 'IN_FORCE' && <ReviewLine reviewOn={policyReviewOn(opened.body)} today={today} />}
      </div>
      {!opened.isIntact && (
        <AlertCard
          state="overLimit"
          tone="red"
          title="This policy is not as it was signed"
          sentence="Its stored text and what was signed differ. Do not rely on it; keep the records as they are and approve a new policy."
        />
      )}
      {opened.inForce && <ChangesCard text={text} inForce={opened.inForce} />}
      <PolicyForm text={text} onChange={null} />
    </>
  )
}
