import './StoreFaultScreen.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { RecoverScreen } from '../../app/backup/RecoverScreen.tsx'
import { SalvagePart } from '../../app/backup/SalvagePart.tsx'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { type FoundFault, type StoreFault, storeFaultTexts } from './store-fault-texts.ts'

type StoreFaultScreenProps = {
  readonly found: FoundFault
  readonly canChoose: boolean
  readonly timeZone: string
}

/** Records that cannot be opened: what happened, what it means for them, what to do. Never an empty clinic instead. */
export function StoreFaultScreen({ found, canChoose, timeZone }: StoreFaultScreenProps) {
  const { fault, copyName, neededVersion } = found
  const [isRecovering, setRecovering] = useState(false)
  const look = useCommand('clinic.lookAgain')
  const text = storeFaultTexts[fault]

  async function lookAgain() {
    const reply = await look.run({})
    if (reply.ok) forgetEverything()
  }

  if (isRecovering)
    return (
      <RecoverScreen canChoose={canChoose} hasLostKey={lostKeyFaults.has(fault)} onBack={() => setRecovering(false)} />
    )
  return (
    <OutsideFrame name="Countersign" line="The records stay closed" width="wide">
      <div className="store-fault" role="alert">
        <h1 className="title-20">
          <IconAlertTriangle size={22} stroke={1.7} aria-hidden="true" />
          {text.title}
        </h1>
        <dl>
          <div>
            <dt>What happened</dt>
            <dd>{text.happened}</dd>
          </div>
          <div>
            <dt>What it means for the records</dt>
            <dd>
              {text.means}
              {copyName !== null && (
                <>
                  {' '}
                  The copy is <span className="mono">copies/{copyName}</span>.
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>What to do</dt>
            <dd>
              {text.todo}
              {neededVersion !== null && ` They need Countersign ${neededVersion} or newer.`}
            </dd>
          </div>
        </dl>
        <p className="store-fault__ways" aria-busy={look.isRunning}>
          {recoverableFaults.has(fault) && fault !== 'DAMAGED' && (
            <Button onClick={() => setRecovering(true)}>
              {lostKeyFaults.has(fault) ? 'Open with a backup' : 'Restore from a backup'}
            </Button>
          )}
          <Button variant="subtle" disabled={look.isRunning} onClick={() => void lookAgain()}>
            Look again
          </Button>
        </p>
        {fault === 'DAMAGED' && <SalvagePart timeZone={timeZone} onRestore={() => setRecovering(true)} />}
        <p className="store-fault__code">
          For support: <span className="mono">{fault}</span>
        </p>
      </div>
    </OutsideFrame>
  )
}

/** The records may be whole: the keyring of a copy can open them as they are. */
const lostKeyFaults: ReadonlySet<StoreFault> = new Set<StoreFault>([
  'KEYRING_DAMAGED',
  'KEYCHAIN_CHANGED',
  'WRONG_KEY_OR_DAMAGED',
  'OTHER_STORE',
])

/** Where a backup is a way out. In the others the records are whole and something else stands in their way. */
const recoverableFaults: ReadonlySet<StoreFault> = new Set<StoreFault>([
  'MISSING',
  'EMPTY_FILE',
  'NOT_A_FILE',
  'PLAINTEXT',
  'WRONG_KEY_OR_DAMAGED',
  'FOREIGN',
  'KEYRING_DAMAGED',
  'KEYCHAIN_CHANGED',
  'OTHER_STORE',
  'DAMAGED',
  'ENDED_OFTEN',
])
