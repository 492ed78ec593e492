import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { copyFailureSentence } from '../../refusals/backup.ts'
import { sentenceFor } from '../../refusals/index.ts'

type Backups = Output<'backup.state'>

/** Where backups go by themselves, and when. */
export function PlanCard({ state, timeZone }: { readonly state: Backups; readonly timeZone: string }) {
  const [first, setFirst] = useState(state.plan.first ?? '')
  const [second, setSecond] = useState(state.plan.second ?? '')
  const save = useCommand('backup.setPlan')
  const isChanged = first.trim() !== (state.plan.first ?? '') || second.trim() !== (state.plan.second ?? '')
  return (
    <SectionCard title="Backups by themselves" aside={<PlanTag state={state} />}>
      <form
        className="backup-part"
        onSubmit={(event) => {
          event.preventDefault()
          if (isChanged) void save.run({ first: first.trim() || null, second: second.trim() || null })
        }}
      >
        <p className="text-2">
          Once a day at the first quiet moment after noon, and at the close, where something changed. Seven days, five
          weeks and twelve months stay; the newest is never deleted.
        </p>
        {state.failure && (
          <p role="status">
            <strong>The backup of {formatDateTime(state.failure.at, timeZone)} failed.</strong>{' '}
            {copyFailureSentence(state.failure.code)}
          </p>
        )}
        <TextInput
          label="Folder for backups"
          description="Best on another disk; the folder of the first copy is taken"
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          value={first}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <TextInput
          label="Second folder"
          description={
            state.second === null
              ? 'A stick or network disk that is not always there; used whenever it is'
              : secondSentence(state.second, timeZone)
          }
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          value={second}
          onChange={(event) => setSecond(event.currentTarget.value)}
        />
        {!state.opensElsewhere && (
          <p role="status">
            These copies open on this computer alone: the records have neither a passphrase nor a recovery code yet.
          </p>
        )}
        <RefusalText>{save.refusal ? sentenceFor(save.refusal) : null}</RefusalText>
        <div className="backup-part__foot">
          <Button type="submit" disabled={!isChanged || save.isRunning}>
            Save the folders
          </Button>
        </div>
      </form>
    </SectionCard>
  )
}

function PlanTag({ state }: { readonly state: Backups }) {
  if (state.failure) return <StateTag state="overLimit">Failed</StateTag>
  if (state.plan.first === null) return <StateTag state="missing">No folder</StateTag>
  if (state.second && state.second.standing !== 'DONE') return <StateTag state="warning">Second disk is due</StateTag>
  return <StateTag state="checked">On</StateTag>
}

function secondSentence({ standing, at }: NonNullable<Backups['second']>, timeZone: string): string {
  if (at === null) return 'No backup there yet: connect it'
  const made = `Last backup there ${formatDateTime(at, timeZone)}`
  return standing === 'LATE' ? `${made}, more than two days ago: connect it` : made
}
