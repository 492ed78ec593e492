import { Button, Drawer, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { blobAddress } from '../../client/transport.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type PacketDrawerProps = { readonly patientId: PatientId; readonly isOpen: boolean; readonly onClose: () => void }

/** Takes everything signed in this chart out as one file that anybody can check. */
export function PacketDrawer({ patientId, isOpen, onClose }: PacketDrawerProps) {
  return (
    <Drawer opened={isOpen} onClose={onClose} title="Signed packet" size={520}>
      {isOpen && <PacketForm patientId={patientId} onClose={onClose} />}
    </Drawer>
  )
}

function PacketForm({ patientId, onClose }: Omit<PacketDrawerProps, 'isOpen'>) {
  const [recipient, setRecipient] = useState('')
  const [purpose, setPurpose] = useState('')
  const make = useCommand('packet.make')
  const [made, setMade] = useState<{ token: string; fileName: string; signatures: number } | null>(null)
  const isReady = recipient.trim() !== '' && purpose.trim() !== ''

  if (made) {
    return (
      <div className="chart-packet">
        <p>
          The packet holds {made.signatures === 1 ? 'one signature' : `${made.signatures} signatures`} and every record
          they are over. It is on record who gets it and what for. Save it now; the link ends when the screen is locked.
        </p>
        <p>
          <a href={blobAddress(made.token, 'save')} download={made.fileName}>
            Save {made.fileName}
          </a>
        </p>
        <p className="text-12 text-2">
          The file is not encrypted. Give the recipient the clinic’s fingerprint on paper or by telephone, and the file
          countersign-verify.mjs that came with this program.
        </p>
        <div className="chart-packet__foot">
          <Button variant="filled" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    )
  }

  return (
    <form
      className="chart-packet"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        void make.run({ patientId, recipient: recipient.trim(), purpose: purpose.trim() }).then((reply) => {
          if (reply.ok) setMade(reply.value)
        })
      }}
    >
      <p className="text-2">
        One file with everything that was signed in this chart, the signatures and the keys. Whoever gets it can check
        without this program that nothing was changed and nothing is missing.
      </p>
      <TextInput
        label="Who gets it"
        required
        withAsterisk={false}
        maxLength={200}
        value={recipient}
        onChange={(event) => setRecipient(event.currentTarget.value)}
      />
      <TextInput
        label="What for"
        required
        withAsterisk={false}
        maxLength={200}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <RefusalText>{make.refusal ? sentenceFor(make.refusal) : null}</RefusalText>
      <div className="chart-packet__foot">
        <Button type="submit" variant="filled" disabled={!isReady || make.isRunning}>
          Make the packet
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}
