import './held.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { RestorePart } from '../../app/backup/RestorePart.tsx'
import { type Hold, heldSentences, heldTitle } from '../../app/held/HeldNotice.tsx'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'
import type { OpenClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

export type HeldScreenProps = { readonly clinic: OpenClinic; readonly hold: Hold }

/** In the place of every page while entries are missing: what is known, and the two ways on, both a manager's. */
export function HeldScreen({ clinic, hold }: HeldScreenProps) {
  const person = usePerson()
  const [step, setStep] = useState<'READ' | 'RESTORE' | 'ACCEPT'>('READ')
  const mayDecide = mayDo(person, 'backup.restore')
  if (step === 'RESTORE')
    return (
      <OutsideFrame name={clinic.clinicName} line="Entries are missing" width="full">
        <RestorePart onBack={() => setStep('READ')} />
      </OutsideFrame>
    )
  return (
    <OutsideFrame name={clinic.clinicName} line="Entries are missing" width="wide" below={<SignOutButton />}>
      <div className="held" role="alert">
        <h1 className="title-20">
          <IconAlertTriangle size={22} stroke={1.7} aria-hidden="true" />
          {heldTitle(hold)}
        </h1>
        {heldSentences(hold, clinic.timeZone).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {mayDecide ? (
          <>
            <p>
              A verified copy that is newer than these records brings the entries back: restore it. Where there is none,
              you can go on without them. Both are written into the audit with both ends, for ever.
            </p>
            <div className="held__ways">
              <Button onClick={() => setStep('ACCEPT')}>Go on without the missing entries</Button>
              <Button variant="filled" onClick={() => setStep('RESTORE')}>
                Restore from a copy
              </Button>
            </div>
          </>
        ) : (
          <p>
            <strong>A practice manager decides what happens next.</strong> Until then nothing can be read or written
            here. Tell them now; write on paper what cannot wait.
          </p>
        )}
      </div>
      <AcceptDialog hold={hold} isOpen={step === 'ACCEPT'} onClose={() => setStep('READ')} />
    </OutsideFrame>
  )
}

function AcceptDialog({
  hold,
  isOpen,
  onClose,
}: {
  readonly hold: Hold
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const acceptance = useCommand('anchor.accept')

  async function goOn(reauth: Parameters<typeof acceptance.run>[0]['reauth']) {
    const reply = await acceptance.run({ missing: hold.missing, reauth })
    if (reply.ok) forgetEverything()
  }

  return (
    <ReauthDialog
      isOpen={isOpen}
      title="Go on without the missing entries"
      method="PASSWORD"
      confirmText="Go on without them"
      refusal={acceptance.refusal ? sentenceFor(acceptance.refusal) : null}
      isBusy={acceptance.isRunning}
      onConfirm={(reauth) => void goOn(reauth)}
      onCancel={onClose}
    >
      <p>
        {heldTitle(hold)}. You accept that what was written in them is not in these records, and that the audit begins a
        new epoch here. Your name, both ends and this number stay in it. Keep the copies that you have: a restore is
        possible later too.
      </p>
    </ReauthDialog>
  )
}

function SignOutButton() {
  const signOut = useCommand('signIn.signOut')

  async function leave() {
    const reply = await signOut.run({})
    if (reply.ok) forgetEverything()
  }

  return (
    <>
      <Button variant="subtle" disabled={signOut.isRunning} onClick={() => void leave()}>
        Sign out
      </Button>
      <RefusalText>{signOut.refusal ? sentenceFor(signOut.refusal) : null}</RefusalText>
    </>
  )
}
