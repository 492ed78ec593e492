import './backup.css'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { IconFolder } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { forgetEverything, onAppEvent } from '../../client/ClientProvider.tsx'
import { client } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { showTypedButton } from '../../parts/password-toggle.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OutsideFrame } from '../OutsideFrame.tsx'
import { CopyList } from './CopyList.tsx'
import { phaseText } from './phase-words.ts'

/** A computer without records, or whose records cannot be opened: folder, copy, secret. */
export function RecoverScreen({
  canChoose,
  hasLostKey = false,
  onBack,
}: {
  readonly canChoose: boolean
  /** Records lie here whose own key is lost: the copy's key may open them as they are. */
  readonly hasLostKey?: boolean
  readonly onBack: () => void
}) {
  const [typedFolder, setTypedFolder] = useState('')
  const [folder, setFolder] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [secret, setSecret] = useState('')
  const found = useQuery('restore.find', { folder: folder ?? '/' }, { isEnabled: folder !== null })
  const status = useQuery('clinic.status', {})
  const recover = useCommand('restore.recover')
  const openHere = useCommand('restore.openWithCopy')
  const isBusy = recover.isRunning || openHere.isRunning
  const phase = usePhase(recover.isRunning)
  const copies = folder === null ? [] : (found.value?.copies ?? [])
  const refusal = openHere.refusal ?? recover.refusal
  const copy = chosen ?? copies[0]?.folder ?? null

  async function chooseFolder() {
    const reply = await client.call('restore.chooseFolder', {}).catch(() => null)
    if (!reply?.ok || reply.value.folder === null) return
    setTypedFolder(reply.value.folder)
    look(reply.value.folder)
  }

  function look(where: string) {
    setChosen(null)
    setFolder(where.trim())
    recover.reset()
    openHere.reset()
  }

  async function start() {
    if (copy === null || secret === '' || isBusy) return
    openHere.reset()
    const reply = await recover.run({ folder: copy, secret })
    if (reply.ok) {
      setSecret('')
      forgetEverything()
    }
  }

  async function openOwn() {
    if (copy === null || secret === '' || isBusy) return
    recover.reset()
    const reply = await openHere.run({ folder: copy, secret })
    if (reply.ok) forgetEverything()
  }

  return (
    <OutsideFrame name="Countersign" line="Records from a backup" width="wide">
      <div className="backup-part" aria-busy={isBusy}>
        <h1 className="title-20">{hasLostKey ? 'Open with a backup' : 'I have a backup'}</h1>
        <p className="text-2">
          {hasLostKey
            ? 'Choose the folder in which the backups lie. The key of a copy opens the records of this computer as they are, and nothing is lost. Only where they are damaged, open the backup itself in their place; they are kept beside it.'
            : 'Choose the folder in which the backups lie. The copy is read, proved and taken over; the backup itself stays as it is, and what lies on this computer is kept beside it.'}
        </p>
        <form
          className="backup-part__folder"
          onSubmit={(event) => {
            event.preventDefault()
            if (typedFolder.trim() !== '') look(typedFolder)
          }}
        >
          <TextInput
            label="Folder with the backups"
            description="Its whole path, e.g. /media/stick/copies or D:\Copies"
            autoComplete="off"
            spellCheck={false}
            maxLength={1000}
            autoFocus
            value={typedFolder}
            onChange={(event) => setTypedFolder(event.currentTarget.value)}
          />
          {canChoose && (
            <Button
              leftSection={<IconFolder size={15} stroke={1.7} aria-hidden="true" />}
              onClick={() => void chooseFolder()}
            >
              Choose
            </Button>
          )}
          <Button type="submit" disabled={typedFolder.trim() === ''}>
            Look there
          </Button>
        </form>
        <RefusalText>{folder !== null && found.refusal ? sentenceFor(found.refusal) : null}</RefusalText>
        {found.value && copies.length === 0 && folder !== null && (
          <p role="status">There is no copy of Countersign in this folder. Choose the one in which its folders lie.</p>
        )}
        {copies.length > 0 && (
          <form
            className="backup-part"
            onSubmit={(event) => {
              event.preventDefault()
              void (hasLostKey ? openOwn() : start())
            }}
          >
            <CopyList
              copies={copies}
              timeZone={status.value?.timeZone ?? 'UTC'}
              chosen={copy}
              onChoose={(next) => setChosen(next)}
            />
            <PasswordInput
              visibilityToggleButtonProps={showTypedButton}
              label="Passphrase or recovery code of the clinic"
              description="The code from its sheet, in any letters, with or without dashes"
              autoComplete="off"
              maxLength={256}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
            <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
            <div className="backup-part__foot">
              <span className="text-12 text-3" role="status">
                {recover.isRunning && phaseText(phase)}
              </span>
              {hasLostKey && (
                <Button type="submit" variant="filled" disabled={copy === null || secret === '' || isBusy}>
                  Open the records of this computer
                </Button>
              )}
              <Button
                {...(hasLostKey
                  ? { onClick: () => void start() }
                  : { type: 'submit' as const, variant: 'filled' as const })}
                disabled={copy === null || secret === '' || isBusy}
              >
                Open this backup here
              </Button>
            </div>
          </form>
        )}
        <div>
          <Button variant="subtle" onClick={onBack} disabled={isBusy}>
            Back
          </Button>
        </div>
      </div>
    </OutsideFrame>
  )
}

/** Before anybody is signed in the work has no page of its own; its steps are told to every window. */
function usePhase(isRunning: boolean): string {
  const [phase, setPhase] = useState('COPYING')
  useEffect(() => {
    if (!isRunning) return
    return onAppEvent((event) => {
      if (event.type === 'JOB') setPhase(event.phase)
    })
  }, [isRunning])
  return phase
}
