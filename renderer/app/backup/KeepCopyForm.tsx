import './backup.css'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Records that are damaged or lost their place, copied elsewhere as they are: encrypted, and without their key. */
export function KeepCopyForm({ label }: { readonly label: string }) {
  const [folder, setFolder] = useState('')
  const [kept, setKept] = useState<string | null>(null)
  const keep = useCommand('recovery.keepCopy')

  async function start() {
    if (folder.trim() === '' || keep.isRunning) return
    const reply = await keep.run({ folder: folder.trim() })
    setKept(reply.ok ? reply.value.folder : null)
  }

  return (
    <form
      className="backup-part"
      aria-busy={keep.isRunning}
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <div className="backup-part__folder">
        <TextInput
          label={label}
          description="The whole path of a folder, e.g. /media/stick or D:\Copies. The copy stays encrypted."
          autoComplete="off"
          spellCheck={false}
          maxLength={1000}
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
        />
        <Button type="submit" disabled={folder.trim() === '' || keep.isRunning}>
          Copy there
        </Button>
      </div>
      <RefusalText>{keep.refusal ? sentenceFor(keep.refusal) : null}</RefusalText>
      {kept !== null && (
        <p className="text-12" role="status">
          Copied to <span className="mono">{kept}</span>.
        </p>
      )}
    </form>
  )
}
