import { Button } from '@mantine/core'
import { useState } from 'react'
import { forgetEverything } from '../client/ClientProvider.tsx'
import { flushPendingSaves } from '../client/pending-saves.ts'
import { useCommand } from '../client/use-command.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { sentenceFor } from '../refusals/index.ts'

/** Starting the sample anew, and leaving it for one's own clinic. */
export function SampleActions() {
  const [isAsking, setAsking] = useState(false)
  const reset = useCommand('clinic.openSample')
  const leave = useCommand('clinic.leaveSample')

  async function startAnew() {
    const reply = await reset.run({ reset: true })
    if (!reply.ok) return
    setAsking(false)
    forgetEverything()
  }

  async function goHome() {
    await flushPendingSaves()
    const reply = await leave.run({})
    if (reply.ok) forgetEverything()
  }

  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
        Start it anew
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => void goHome()} disabled={leave.isRunning}>
        Leave the sample
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Start the sample clinic anew?"
        confirmText="Start anew"
        isBusy={reset.isRunning}
        refusal={reset.refusal ? sentenceFor(reset.refusal) : null}
        onConfirm={() => void startAnew()}
        onCancel={() => setAsking(false)}
      >
        Everything that was tried out here goes, and its invented people are as on the first day. Your own clinic is not
        touched.
      </ConfirmDialog>
    </>
  )
}
