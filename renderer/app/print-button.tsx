import { Button, Menu, Modal, TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { type CopyMethod, copyMethods } from '../../shared/domain/consent/consent.ts'
import type { PrintedRecordKind } from '../../shared/domain/copy-given.ts'
import type { ConsentId, OrderId, PatientId, SessionId } from '../../shared/kernel/ids.ts'
import { client } from '../client/client.ts'
import { blobAddress } from '../client/transport.ts'
import { useCommand } from '../client/use-command.ts'
import { RefusalText } from '../parts/RefusalText.tsx'
import { SegmentedChoice } from '../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../refusals/index.ts'

export type PrintedRecord =
  | { readonly kind: 'SESSION'; readonly patientId: PatientId; readonly recordId: SessionId }
  | { readonly kind: 'CONSENT'; readonly patientId: PatientId; readonly recordId: ConsentId }
  | { readonly kind: 'ORDER'; readonly patientId: PatientId; readonly recordId: OrderId }

const methodNames: Readonly<Record<CopyMethod, string>> = {
  PAPER: 'On paper',
  EMAIL: 'By e-mail',
  PORTAL: 'In the portal',
  DECLINED: 'Declined',
}
const methodSegments = copyMethods.map((value) => ({ value, label: methodNames[value] }))

/** In Electron no new window opens, so a record is saved and printed from there. */
const opensTabs = window.countersign === undefined

/** Prints or saves a record, then asks whether somebody got a copy of it; an order is for the staff. */
export function PrintButton({ record }: { readonly record: PrintedRecord }) {
  const [isMaking, setMaking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)

  async function make(purpose: 'show' | 'save') {
    // The tab opens with the click itself, or the browser would hold it for one nobody asked for.
    const tab = purpose === 'show' ? window.open('', '_blank') : null
    setMaking(true)
    const reply = await fetchPdf(record)
    setMaking(false)
    setRefusal(reply.ok ? null : sentenceFor(reply.refusal))
    if (!reply.ok) {
      tab?.close()
      return
    }
    const { token, fileName } = reply.value
    if (tab) tab.location.href = blobAddress(token)
    else saveAs(blobAddress(token, 'save'), fileName)
    setAsking(true)
  }

  const icon = <IconPrinter size={16} stroke={1.7} aria-hidden="true" />
  return (
    <>
      {opensTabs ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button leftSection={icon} disabled={isMaking}>
              Print
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void make('show')}>Open to print</Menu.Item>
            <Menu.Item onClick={() => void make('save')}>Save PDF</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button leftSection={icon} disabled={isMaking} onClick={() => void make('save')}>
          Save PDF
        </Button>
      )}
      <RefusalText>{refusal}</RefusalText>
      {record.kind !== 'ORDER' && (
        <CopyGivenDialog record={record} isOpen={isAsking} onClose={() => setAsking(false)} />
      )}
    </>
  )
}

function CopyGivenDialog({
  record,
  isOpen,
  onClose,
}: {
  readonly record: Exclude<PrintedRecord, { readonly kind: 'ORDER' }>
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { run, isRunning, refusal } = useCommand('print.copyGiven')
  const [method, setMethod] = useState<CopyMethod | null>(null)
  const [recipient, setRecipient] = useState('')

  async function keep() {
    if (method === null) return
    const { kind, patientId, recordId } = record
    const reply = await run({ kind, patientId, recordId, method, recipient })
    if (reply.ok) onClose()
  }

  return (
    <Modal opened={isOpen} onClose={onClose} title="Was a copy given?" size={460}>
      <form
        className="print-copy"
        style={{ display: 'grid', gap: 12 }}
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <p className="text-2">{whatFor[record.kind]}</p>
        <SegmentedChoice label="How" segments={methodSegments} value={method} onChange={setMethod} />
        <TextInput
          label="To whom, if not the patient"
          value={recipient}
          maxLength={200}
          onChange={(event) => setRecipient(event.currentTarget.value)}
        />
        <RefusalText>{refusal && sentenceFor(refusal)}</RefusalText>
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button onClick={onClose}>No copy given</Button>
          <Button variant="filled" type="submit" disabled={method === null || isRunning}>
            Note the copy
          </Button>
        </div>
      </form>
    </Modal>
  )
}

const whatFor: Readonly<Record<PrintedRecordKind, string>> = {
  SESSION: 'A copy of the session that leaves the clinic is noted in the chart.',
  CONSENT: 'The patient has a right to a copy of the consent; note how they got it.',
}

function fetchPdf(record: PrintedRecord) {
  const { patientId } = record
  const unreachable = () => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } })
  switch (record.kind) {
    case 'SESSION':
      return client.call('print.session', { patientId, sessionId: record.recordId }).catch(unreachable)
    case 'CONSENT':
      return client.call('print.consent', { patientId, consentId: record.recordId }).catch(unreachable)
    case 'ORDER':
      return client.call('order.print', { patientId, orderId: record.recordId }).catch(unreachable)
  }
}

function saveAs(address: string, fileName: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
}
