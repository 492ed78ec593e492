import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { nextSessionDecisions } from '../../../shared/domain/sign-off.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { PinField } from '../../parts/PinField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { SignatureStrip } from '../../parts/SignatureStrip.tsx'
import { decisionNames, meaningNames, type Review, type SessionBody, supervisionNames } from './sign-off-words.ts'
import { openPoints, type StatementState } from './use-statement.ts'

const decisions = nextSessionDecisions.map((value) => ({ value, label: decisionNames[value] }))
const yesNo = [
  { value: 'YES', label: 'Yes' },
  { value: 'NO', label: 'No' },
] as const

/** Element that the A key brings the cursor to once nothing else is open. */
export const secretPlaceId = 'sign-off-secret'

/** Decision, supervision and signature: the foot of the review, always in sight. */
export function SignPanel({
  body,
  review,
  version,
  sha256,
  statement,
  method,
  isBusy,
  refusal,
  onSign,
  otherWays,
}: {
  readonly body: SessionBody
  readonly review: Review
  readonly version: number
  readonly sha256: string
  readonly statement: StatementState
  readonly method: Reauth['method']
  readonly isBusy: boolean
  readonly refusal: string | null
  readonly onSign: (reauth: Reauth) => void
  /** Buttons of those who do not sign it. */
  readonly otherWays: ReactNode
}) {
  const [secret, setSecret] = useState('')
  const { value, change } = statement
  const open = openPoints(value, body, review.isOfAnother)
  const isProved = method === 'PIN' ? secret.length === 6 : secret !== ''
  const mode = body.supervisionModeActual ?? 'NONE'

  function sign() {
    if (open.length > 0 || !isProved || isBusy) return
    onSign(method === 'PIN' ? { method, pin: secret } : { method, password: secret })
    setSecret('')
  }

  return (
    <form
      className="sign-off__sign"
      aria-label="Your review"
      onSubmit={(event) => {
        event.preventDefault()
        sign()
      }}
    >
      <div className="sign-off__decide">
        <SegmentedChoice
          label="Next session"
          labelPlace="beside"
          size="compact"
          segments={decisions}
          value={value.decision}
          onChange={(decision) => change({ decision })}
        />
        <SegmentedChoice
          label="Patient seen by me"
          labelPlace="beside"
          size="compact"
          segments={yesNo}
          value={value.patientSeen === null ? null : value.patientSeen ? 'YES' : 'NO'}
          onChange={(seen) => change({ patientSeen: seen === 'YES' })}
        />
        <SegmentedChoice
          label={`Supervised ${supervisionNames[mode]}`}
          labelPlace="beside"
          size="compact"
          segments={yesNo}
          value={value.isSupervisionConfirmed ? 'YES' : 'NO'}
          onChange={(answer) => change({ isSupervisionConfirmed: answer === 'YES' })}
        />
        {!value.isSupervisionConfirmed && (
          <TextInput
            aria-label="How the supervision was"
            placeholder="How it really was"
            className="sign-off__comment"
            maxLength={1000}
            value={value.supervisionNote}
            onChange={(event) => change({ supervisionNote: event.currentTarget.value })}
          />
        )}
        {review.isOfAnother && (
          <TextInput
            aria-label="Why you take it over"
            placeholder={`Why you review it in place of ${review.supervisor?.printedName ?? 'the supervisor'}`}
            className="sign-off__comment"
            maxLength={1000}
            value={value.takeoverReason}
            onChange={(event) => change({ takeoverReason: event.currentTarget.value })}
          />
        )}
      </div>
      <div className="sign-off__decide">
        <TextInput
          aria-label="Comment"
          placeholder="Comment"
          className="sign-off__comment"
          maxLength={4000}
          value={value.comment}
          onChange={(event) => change({ comment: event.currentTarget.value })}
        />
        {otherWays}
      </div>
      <RefusalText>{refusal}</RefusalText>
      <SignatureStrip
        printedName={`${review.signer.printedName}, ${review.signer.credential}`}
        credential={review.signer.boardCertification ?? ''}
        licence={review.signer.licence === '' ? null : review.signer.licence}
        forWhom={`for ${body.practitioner.printedName}`}
        meaning={meaningNames[review.meaning]}
        sentence={review.attestation.text}
        attestationVersion={review.attestation.version}
        recordVersion={version}
        sha256={sha256}
        action={
          <>
            <p className="sign-off__open text-12" aria-live="polite">
              {open.length === 0 ? '' : `Before you sign: ${open.join(', ')}.`}
            </p>
            <span id={secretPlaceId}>
              {method === 'PIN' ? (
                <PinField value={secret} onChange={setSecret} isDisabled={isBusy} />
              ) : (
                <PasswordInput
                  aria-label="Your password"
                  placeholder="Your password"
                  className="sign-off__password"
                  autoComplete="off"
                  value={secret}
                  disabled={isBusy}
                  onChange={(event) => setSecret(event.currentTarget.value)}
                />
              )}
            </span>
            <Button
              variant="filled"
              type="submit"
              disabled={open.length > 0 || !isProved || isBusy}
              leftSection={<IconSignature size={16} stroke={1.8} aria-hidden="true" />}
              rightSection={<KeyHint keys="A" tone="onAccent" />}
            >
              Sign and next
            </Button>
          </>
        }
      />
    </form>
  )
}
