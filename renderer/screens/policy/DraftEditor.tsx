import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { checkPolicy } from '../../../shared/domain/policy.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { DateField } from '../../parts/DateField.tsx'
import { formatPlural, formatWeekdayDate } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { ChangesCard } from './ChangesCard.tsx'
import { blockedSentence, DryRunCard } from './DryRunCard.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { type OpenedPolicy, toPolicyText } from './policy-body.ts'
import { problemSentence, problemTexts } from './policy-words.ts'
import { type DraftSaving, usePolicyDraft } from './use-policy-draft.ts'

export type DraftEditorProps = { readonly opened: OpenedPolicy; readonly clinic: Clinic; readonly person: Person }

/** The one draft: typed and kept at once, checked while it is typed, signed by a physician. */
export function DraftEditor({ opened, clinic, person }: DraftEditorProps) {
  const draft = usePolicyDraft({
    policyId: opened.policyId,
    draftVersion: opened.draftVersion,
    text: toPolicyText(opened.body),
  })
  const { text } = draft
  // Tried anew with every save: what a person sees before signing is what they sign.
  const dryRun = useQuery(
    'policy.dryRun',
    { policyId: opened.policyId, draftVersion: draft.version() },
    { dependsOn: ['today', 'session', 'series', 'order', 'consent', 'screening', 'staff'], keepPrevious: true },
  )
  const [asking, setAsking] = useState<'approve' | 'discard' | null>(null)
  const approve = useCommand('policy.approve')
  const discard = useCommand('policy.discardDraft')
  const mayApprove = mayDo(person, 'policy.approve')
  const problems = checkPolicy({ ...text, approvedBy: null })
  const isPast = text.effectiveFrom < clinic.today
  const problemAt = (path: string) => {
    const found = problems.find((problem) => problem.path === path)
    return found ? problemTexts[found.code] : null
  }

  async function askFor(what: 'approve' | 'discard') {
    approve.reset()
    // What is signed is what is stored: the last keystroke goes first.
    if (what === 'discard' || (await draft.flush())) setAsking(what)
  }

  async function sign(reauth: Reauth) {
    const reply = await approve.run({ policyId: opened.policyId, draftVersion: draft.version(), reauth })
    if (reply.ok) setAsking(null)
  }

  async function giveUp() {
    await draft.flush()
    const reply = await discard.run({ policyId: opened.policyId, draftVersion: draft.version() })
    if (reply.ok) setAsking(null)
  }

  return (
    <>
      <div className="policy-head">
        <h2 className="title-16">Policy draft</h2>
        <SavingText saving={draft.saving} />
        <div className="policy-head__end">
          <Button onClick={() => void askFor('discard')}>Discard the draft</Button>
          {mayApprove && (
            <Button variant="filled" disabled={problems.length > 0 || isPast} onClick={() => void askFor('approve')}>
              Approve and sign
            </Button>
          )}
        </div>
      </div>
      {draft.refusal && <RefusalText>{sentenceFor(draft.refusal)}</RefusalText>}
      <SectionCard title="Start">
        <div className="policy-start">
          <DateField
            label="In force from"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={text.effectiveFrom}
            error={isPast ? 'This day has gone by; set today or a later day' : null}
            onChange={(effectiveFrom) => effectiveFrom !== null && draft.change({ ...text, effectiveFrom })}
          />
          <p className="text-2">
            {mayApprove
              ? 'With your signature it is in force from this day, and stays readable as you signed it for good.'
              : 'A physician reads it here, changes what is needed and approves it with a signature.'}{' '}
            Everything typed below is kept within a second.
          </p>
        </div>
      </SectionCard>
      {problems.length > 0 && (
        <SectionCard title={`${formatPlural(problems.length, 'value')} to put right before approving`}>
          <ul className="policy-problems">
            {problems.map((problem) => (
              <li key={problem.code + problem.path}>
                <StateLine state="overLimit">{problemSentence(problem)}</StateLine>
              </li>
            ))}
          </ul>
        </SectionCard>
      )}
      {opened.inForce && <ChangesCard text={text} inForce={opened.inForce} />}
      <RefusalText>{dryRun.refusal ? sentenceFor(dryRun.refusal) : null}</RefusalText>
      {dryRun.value && <DryRunCard dryRun={dryRun.value} mayOpenCharts={mayDo(person, 'chart.read')} />}
      <PolicyForm text={text} onChange={draft.change} problemAt={problemAt} />
      <ReauthDialog
        isOpen={asking === 'approve'}
        title="Approve this policy"
        method={person.signsBy}
        confirmText="Approve and sign"
        refusal={approve.refusal ? sentenceFor(approve.refusal) : null}
        isBusy={approve.isRunning}
        onConfirm={(reauth) => void sign(reauth)}
        onCancel={() => setAsking(null)}
      >
        I, {person.printedName}
        {person.credential && `, ${person.credential}`}, have read this policy and approve it for {clinic.name}, in
        force from {formatWeekdayDate(text.effectiveFrom)}.{dryRun.value && ` ${blockedSentence(dryRun.value)}`}
      </ReauthDialog>
      <ConfirmDialog
        isOpen={asking === 'discard'}
        title="Discard this draft?"
        confirmText="Discard the draft"
        tone="red"
        isBusy={discard.isRunning}
        refusal={discard.refusal ? sentenceFor(discard.refusal) : null}
        onConfirm={() => void giveUp()}
        onCancel={() => setAsking(null)}
      >
        What was changed in it is given up.{' '}
        {opened.inForce ? 'The policy in force stays as it is.' : 'A new draft starts from the shipped values.'}
      </ConfirmDialog>
    </>
  )
}

const savingTexts: Readonly<Record<DraftSaving, string>> = {
  saved: 'Every change is saved',
  saving: 'Saving',
  unsaved: 'Not saved yet',
}

function SavingText({ saving }: { readonly saving: DraftSaving }) {
  return (
    <p className="text-3" role="status">
      {savingTexts[saving]}
    </p>
  )
}
