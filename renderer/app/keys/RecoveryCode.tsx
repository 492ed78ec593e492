import './keys.css'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../client/client.ts'
import { client } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OpenedFile } from '../opened-file.tsx'

export type ShownCode = Output<'keys.makeCode'>
export type TypedGroups = { readonly first: string; readonly second: string }
export const nothingTyped: TypedGroups = { first: '', second: '' }

/** What was typed back, and the act that puts the code in force. */
export function useTypedBack(onConfirmed: () => void) {
  const [typed, setTyped] = useState(nothingTyped)
  const command = useCommand('keys.confirmCode')
  const isReady = typed.first.trim() !== '' && typed.second.trim() !== ''

  async function confirm() {
    if (!isReady || command.isRunning) return
    const reply = await command.run(typed)
    if (!reply.ok) return
    setTyped(nothingTyped)
    onConfirmed()
  }

  const refusal = command.refusal ? sentenceFor(command.refusal) : null
  return { typed, setTyped, isReady, isRunning: command.isRunning, refusal, confirm }
}

/** A code that was just made: eight numbered groups, the sheet, and the two groups that are typed back from it. */
export function RecoveryCode({
  shown,
  typed,
  onType,
  refusal,
}: {
  readonly shown: ShownCode
  readonly typed: TypedGroups
  readonly onType: (typed: TypedGroups) => void
  readonly refusal: string | null
}) {
  const groups = shown.code.split('-')
  return (
    <div className="recovery-code">
      <ol className="recovery-code__groups" aria-label="Recovery code">
        {groups.slice(0, -1).map((group, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place of a group is what it is
          <li key={at}>
            <span>Group {at + 1}</span>
            <strong className="mono">{group}</strong>
          </li>
        ))}
      </ol>
      <p>
        Check character: <strong className="mono">{groups.at(-1)}</strong>
      </p>
      <div className="recovery-code__actions">
        <OpenedFile label="Print the sheet" make={() => client.call('keys.sheet', {})} />
      </div>
      <p className="text-2">
        Print the sheet and lock it away, not beside this computer and not beside the copies. Delete the file after
        printing. The code is shown only now. Then type two of its groups from the paper:
      </p>
      <div className="recovery-code__typed">
        <GroupField number={shown.asked.first} value={typed.first} onChange={(first) => onType({ ...typed, first })} />
        <GroupField
          number={shown.asked.second}
          value={typed.second}
          onChange={(second) => onType({ ...typed, second })}
        />
      </div>
      <RefusalText>{refusal}</RefusalText>
    </div>
  )
}

function GroupField({
  number,
  value,
  onChange,
}: {
  readonly number: number
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <TextInput
      label={`Group ${number} from the paper`}
      size="md"
      autoComplete="off"
      spellCheck={false}
      maxLength={12}
      classNames={{ input: 'mono' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
