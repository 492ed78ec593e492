import '../../app/keys/keys.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { RecoveryCode, type ShownCode, useTypedBack } from '../../app/keys/RecoveryCode.tsx'
import { useClinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDateTime } from '../../parts/format.ts'
import { keychainGapTexts } from '../../parts/keychain-words.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { PassphraseCard } from './PassphraseCard.tsx'

type KeysState = Output<'keys.state'>

/** How the records open: by this computer, by the passphrase, and by the code in the safe. */
export function KeysPart() {
  const { value } = useQuery('keys.state', {}, { dependsOn: ['keys'] })
  const clinic = useClinic()
  if (!value || !clinic) return null
  return (
    <div className="clinic-columns keys-part">
      <div className="clinic-part">
        <RecoveryCard state={value} timeZone={clinic.timeZone} />
        <PassphraseCard state={value} clinicName={clinic.name} />
      </div>
      <div className="clinic-part">
        <OpeningCard state={value} />
      </div>
    </div>
  )
}

function RecoveryCard({ state, timeZone }: { readonly state: KeysState; readonly timeZone: string }) {
  const make = useCommand('keys.makeCode')
  const [isAsking, setAsking] = useState(false)
  const [shown, setShown] = useState<ShownCode | null>(null)
  const typedBack = useTypedBack(() => setShown(null))
  const { recoveryCode } = state
  const title = recoveryCode === null ? 'Make the recovery code' : 'Make a new recovery code'

  return (
    <SectionCard
      title="Recovery code"
      aside={
        recoveryCode === null ? (
          <StateTag state="missing">None yet</StateTag>
        ) : (
          <StateTag state="checked">Made</StateTag>
        )
      }
    >
      {shown === null ? (
        <div className="clinic-form">
          <p className="text-2">
            The printed code opens the records when this computer cannot, and every copy on another computer. Keep the
            sheet locked away, apart from computer and copies.
          </p>
          {recoveryCode?.madeAt && <p>Made on {formatDateTime(recoveryCode.madeAt, timeZone)}.</p>}
          {recoveryCode !== null && (
            <p className="text-12 text-2">
              A new code makes the one before useless here once two of its groups were typed back. Copies that were made
              before still open with the code of their time.
            </p>
          )}
          <div className="clinic-form__foot">
            <Button variant={recoveryCode === null ? 'filled' : 'default'} onClick={() => setAsking(true)}>
              {title}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="clinic-form"
          onSubmit={(event) => {
            event.preventDefault()
            void typedBack.confirm()
          }}
        >
          <RecoveryCode shown={shown} typed={typedBack.typed} onType={typedBack.setTyped} refusal={typedBack.refusal} />
          <div className="clinic-form__foot">
            <Button onClick={() => setShown(null)}>Not now</Button>
            <Button variant="filled" type="submit" disabled={!typedBack.isReady || typedBack.isRunning}>
              This is the code
            </Button>
          </div>
        </form>
      )}
      <ReauthDialog
        isOpen={isAsking}
        title={title}
        method="PASSWORD"
        confirmText="Show the code"
        refusal={make.refusal ? sentenceFor(make.refusal) : null}
        isBusy={make.isRunning}
        onConfirm={(reauth) => {
          void make.run({ reauth }).then((reply) => {
            if (!reply.ok) return
            setAsking(false)
            setShown(reply.value)
          })
        }}
        onCancel={() => {
          setAsking(false)
          make.reset()
        }}
      >
        The code is shown once, on this screen, to be printed. Make sure that nobody else looks at it.
      </ReauthDialog>
    </SectionCard>
  )
}

const opensByTexts: Readonly<Record<KeysState['opensBy'], string>> = {
  KEYCHAIN: 'By the keychain of this computer',
  PASSPHRASE: 'By the passphrase, at each start',
  RECOVERY_CODE: 'By the recovery code, at each start',
}

function OpeningCard({ state }: { readonly state: KeysState }) {
  return (
    <SectionCard title="How the records open">
      <div className="clinic-form">
        <FactList
          labelWidth={120}
          facts={[
            { label: 'Here', value: opensByTexts[state.opensBy] },
            { label: 'Elsewhere', value: elsewhereText(state) },
            { label: 'Records', value: <span className="mono">{state.storeId}</span> },
          ]}
        />
        {state.keychainGap !== null && <p className="text-2">{keychainGapTexts[state.keychainGap]}</p>}
        <p className="text-12 text-2">
          The keychain keeps other users of this computer and whoever takes its disk away from the records. It does not
          keep out a program that runs under your own account; a passphrase at each start does, until it is typed.
        </p>
      </div>
    </SectionCard>
  )
}

function elsewhereText({ recoveryCode, hasPassphrase }: KeysState): string {
  if (recoveryCode && hasPassphrase) return 'By the recovery code or the passphrase'
  if (recoveryCode) return 'By the recovery code'
  return hasPassphrase ? 'By the passphrase' : 'Not at all'
}
