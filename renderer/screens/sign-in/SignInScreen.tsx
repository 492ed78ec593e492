import './SignInScreen.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Instant } from '../../../shared/kernel/time.ts'
import { HeldNotice } from '../../app/held/HeldNotice.tsx'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'
import { SampleActions } from '../../app/SampleActions.tsx'
import { SampleStrip } from '../../app/SampleStrip.tsx'
import type { OpenClinic } from '../../app/use-clinic.ts'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { CodeForm } from './CodeForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { PinForm } from './PinForm.tsx'
import { SamplePeople } from './SamplePeople.tsx'

type WindowState = Output<'signIn.state'>
type Way = 'pin' | 'password' | 'code'

export type SignInScreenProps = {
  readonly clinic: OpenClinic & { readonly now: Instant }
  readonly state: WindowState
}

/**
 * Signing in, taking up a locked window, and switching person, all in one place. A locked window shows who locked it and
 * nothing else: the screen behind it does not exist until a PIN or password brings it back.
 */
export function SignInScreen({ clinic, state }: SignInScreenProps) {
  const { value: people } = useQuery('signIn.people', {}, { dependsOn: ['staff'] })
  const locked = state.kind === 'LOCKED' ? state : null
  const parked = people?.parked ?? []
  const canUsePin = locked ? locked.pinUsable : parked.length > 0
  const [chosenWay, chooseWay] = useState<Way | null>(null)
  const way = chosenWay ?? (canUsePin ? 'pin' : 'password')

  if (people === undefined) return <div aria-busy="true" />
  if (clinic.isSample)
    return (
      <OutsideFrame
        name={clinic.clinicName}
        line="Sample clinic"
        width="wide"
        strip={<SampleStrip action={<SampleActions />} />}
      >
        <Heading
          title={locked ? `Locked at ${formatTime(locked.lockedAt, clinic.timeZone)}` : 'Who are you today?'}
          sentence="Everybody here is invented. One click signs in; no password is asked."
        />
        <SamplePeople people={people.sample} current={locked?.person.staffId ?? null} />
      </OutsideFrame>
    )

  return (
    <OutsideFrame
      name={clinic.clinicName}
      line="Countersign"
      width={way === 'pin' && parked.length > 1 ? 'wide' : 'narrow'}
      {...(clinic.hold !== null && { strip: <HeldNotice hold={clinic.hold} /> })}
      below={<OtherWays way={way} canUsePin={canUsePin} locked={locked?.person ?? null} onChange={chooseWay} />}
    >
      {way === 'pin' && (
        <>
          <Heading
            title={locked ? `Locked at ${formatTime(locked.lockedAt, clinic.timeZone)}` : 'Take up your sign-in'}
            sentence={
              locked
                ? `${locked.person.printedName} comes back to the same place; drafts are as they were.`
                : 'These people are signed in on this computer.'
            }
          />
          <PinForm people={parked} first={locked?.person ?? parked[0] ?? null} />
        </>
      )}
      {way === 'password' && (
        <>
          <Heading
            title="Sign in"
            sentence={locked ? `${locked.person.printedName} is still signed in behind the lock.` : null}
          />
          <PasswordForm lockedBy={locked?.person ?? null} />
        </>
      )}
      {way === 'code' && (
        <>
          <Heading
            title="First sign-in"
            sentence="With the one-time code from your practice manager. You choose your own password and PIN now."
          />
          <CodeForm />
        </>
      )}
    </OutsideFrame>
  )
}

function Heading({ title, sentence }: { readonly title: string; readonly sentence: string | null }) {
  return (
    <div className="sign-in__title">
      <h1 className="title-20">{title}</h1>
      {sentence !== null && <p className="text-2">{sentence}</p>}
    </div>
  )
}

const wayTexts: Readonly<Record<Way, string>> = {
  pin: 'Use a PIN',
  password: 'Name and password',
  code: 'I have a one-time code',
}

function OtherWays({
  way,
  canUsePin,
  locked,
  onChange,
}: {
  readonly way: Way
  readonly canUsePin: boolean
  readonly locked: { readonly printedName: string } | null
  readonly onChange: (way: Way | null) => void
}) {
  const signOut = useCommand('signIn.signOut')

  async function endSignIn() {
    const reply = await signOut.run({})
    if (!reply.ok) return
    onChange(null)
    forgetEverything()
  }

  const ways = (['pin', 'password', 'code'] as const).filter((other) => other !== way && (other !== 'pin' || canUsePin))
  return (
    <div className="sign-in__ways">
      {ways.map((other) => (
        <Button key={other} variant="subtle" onClick={() => onChange(other)}>
          {wayTexts[other]}
        </Button>
      ))}
      {locked && (
        <Button variant="subtle" onClick={() => void endSignIn()} disabled={signOut.isRunning}>
          Sign out {locked.printedName}
        </Button>
      )}
      <RefusalText>{signOut.refusal ? sentenceFor(signOut.refusal) : null}</RefusalText>
    </div>
  )
}
