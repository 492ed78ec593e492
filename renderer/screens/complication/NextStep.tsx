import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** The one next step of its state. */
export function NextStep({
  opened,
  isPhysician,
  signsBy,
}: {
  readonly opened: Output<'complication.open'>
  readonly isPhysician: boolean
  readonly signsBy: 'PASSWORD' | 'PIN'
}) {
  const { patientId, complicationId, version, state } = opened.complication
  const whose = { patientId, complicationId, version }
  const advance = useCommand('complication.advance')
  const close = useCommand('complication.close')
  const reopen = useCommand('complication.reopen')
  const [isClosing, setClosing] = useState(false)
  const [isReopening, setReopening] = useState(false)
  const to = state === 'OPEN' ? 'UNDER_REVIEW' : 'MONITORING'
  return (
    <>
      <RefusalText>{advance.refusal ? sentenceFor(advance.refusal) : null}</RefusalText>
      {(state === 'OPEN' || state === 'UNDER_REVIEW') && (
        <Button disabled={advance.isRunning} onClick={() => void advance.run({ ...whose, to })}>
          {state === 'OPEN' ? 'Take under review' : 'Go on monitoring'}
        </Button>
      )}
      {state === 'MONITORING' && <Button onClick={() => setClosing(true)}>Close</Button>}
      {state === 'CLOSED' && <Button onClick={() => setReopening(true)}>Reopen</Button>}
      <ReauthDialog
        isOpen={isClosing}
        title="Close the complication"
        method={signsBy}
        confirmText="Sign and close"
        refusal={close.refusal ? sentenceFor(close.refusal) : null}
        isBusy={close.isRunning}
        onCancel={() => setClosing(false)}
        onConfirm={(reauth) => void close.run({ ...whose, reauth }).then((done) => done.ok && setClosing(false))}
      >
        {isPhysician
          ? 'Your signature stands under the record as it is now. Its open checks are cancelled.'
          : 'Grade 1 may be closed by you. From grade 2 on a physician closes it.'}
      </ReauthDialog>
      <ConfirmDialog
        isOpen={isReopening}
        title="Reopen the complication"
        confirmText="Reopen"
        reasonLabel="What has come back"
        refusal={reopen.refusal ? sentenceFor(reopen.refusal) : null}
        isBusy={reopen.isRunning}
        onCancel={() => setReopening(false)}
        onConfirm={(reason) => void reopen.run({ ...whose, reason }).then((done) => done.ok && setReopening(false))}
      >
        What was found and signed before stays in the record. The zones are held anew.
      </ConfirmDialog>
    </>
  )
}
