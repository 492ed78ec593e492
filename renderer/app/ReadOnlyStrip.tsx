import { Button, Modal } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useState } from 'react'
import { forgetEverything } from '../client/ClientProvider.tsx'
import { useCommand } from '../client/use-command.ts'
import { KeepCopyForm } from './backup/KeepCopyForm.tsx'

const texts = {
  READ_ONLY: {
    what: 'Nothing can be saved.',
    why: 'The folder of the records takes no changes. Charts stay readable, and what you type stays in its form.',
  },
  MOVED: {
    what: 'Nothing is saved any more.',
    why: 'The file with the records was moved or replaced while it was open. What was saved before stays readable here.',
  },
} as const

/** On every screen while nothing can be written: what still works, and the way back. */
export function ReadOnlyStrip({ reason }: { readonly reason: keyof typeof texts }) {
  const look = useCommand('clinic.lookAgain')
  const [isKeeping, setKeeping] = useState(false)
  const { what, why } = texts[reason]

  async function lookAgain() {
    const reply = await look.run({})
    if (reply.ok) forgetEverything()
  }

  return (
    <aside className="read-only-strip" role="alert" aria-label="Nothing can be saved">
      <IconLock size={15} stroke={1.7} aria-hidden="true" />
      <strong>{what}</strong>
      <span>{why}</span>
      <span className="read-only-strip__action">
        {reason === 'MOVED' && (
          <Button size="compact-sm" onClick={() => setKeeping(true)}>
            Keep a copy
          </Button>
        )}
        <Button size="compact-sm" disabled={look.isRunning} onClick={() => void lookAgain()}>
          Look again
        </Button>
      </span>
      <Modal opened={isKeeping} onClose={() => setKeeping(false)} title="Keep a copy of the open records">
        <KeepCopyForm label="Folder for the copy" />
      </Modal>
    </aside>
  )
}
