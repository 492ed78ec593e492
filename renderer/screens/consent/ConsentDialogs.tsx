import { Button, Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import { type WithdrawalScope, withdrawalScopes } from '../../../shared/domain/consent/consent.ts'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { formatSpokenName } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { scopeWords } from './consent-words.ts'

type Address = { readonly patientId: PatientId; readonly consentId: ConsentId }
type Record = NonNullable<OpenedConsent['record']>

type DialogProps = { readonly isOpen: boolean; readonly opened: OpenedConsent; readonly onClose: () => void }

export function WithdrawDialog(props: DialogProps & { readonly record: Record }) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Take a withdrawal" size={520}>
      {props.isOpen && <WithdrawForm {...props} />}
    </Modal>
  )
}

function WithdrawForm({ opened, record, onClose }: DialogProps & { readonly record: Record }) {
  const withdraw = useCommand('consent.withdraw')
  const [by, setBy] = useState(record.body.signature?.name ?? formatSpokenName(opened.patient))
  const [how, setHow] = useState<'VERBAL' | 'WRITTEN' | null>(null)
  const [scopes, setScopes] = useState<readonly WithdrawalScope[]>([])
  const [note, setNote] = useState('')

  async function take() {
    if (how === null) return
    const { patientId, consentId } = opened
    const reply = await withdraw.run({ patientId, consentId, by: by.trim(), how, scopes: [...scopes], note })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="consent-form"
      onSubmit={(event) => {
        event.preventDefault()
        void take()
      }}
    >
      <p className="text-2">
        It takes effect at once: no session starts on this form. What was recorded and signed stays as it is.
      </p>
      <fieldset className="consent-checks">
        <legend>What is withdrawn</legend>
        {withdrawalScopes.map((scope) => (
          <Checkbox
            key={scope}
            label={scopeWords[scope]}
            checked={scopes.includes(scope)}
            onChange={(event) =>
              setScopes(event.currentTarget.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))
            }
          />
        ))}
      </fieldset>
      <TextInput
        label="Who says so"
        maxLength={200}
        value={by}
        onChange={(event) => setBy(event.currentTarget.value)}
      />
      <SegmentedChoice
        label="How"
        segments={[
          { value: 'VERBAL', label: 'In words' },
          { value: 'WRITTEN', label: 'In writing' },
        ]}
        value={how}
        onChange={setHow}
      />
      <Textarea
        label="Note (optional)"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <RefusalText>{withdraw.refusal ? sentenceFor(withdraw.refusal) : null}</RefusalText>
      <div className="consent-form__actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="filled"
          type="submit"
          disabled={scopes.length === 0 || how === null || by.trim() === '' || withdraw.isRunning}
        >
          Record the withdrawal
        </Button>
      </div>
    </form>
  )
}

export function StaffDialog(props: DialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Somebody else from now on" size={480}>
      {props.isOpen && <StaffForm {...props} />}
    </Modal>
  )
}

function StaffForm({ opened, onClose }: DialogProps) {
  const acknowledge = useCommand('consent.reacknowledge')
  const { patientId, consentId, record, staff } = opened
  const [by, setBy] = useState(record?.body.signature?.name ?? '')
  const [practitionerId, setPractitioner] = useState(record?.body.practitioner.staffId ?? null)
  const [physicianId, setPhysician] = useState(record?.body.supervisingPhysician.staffId ?? null)
  const idOf = (value: string | null) => staff.find(({ staffId }) => staffId === value)?.staffId ?? null

  async function take() {
    if (practitionerId === null || physicianId === null) return
    const reply = await acknowledge.run({
      patientId,
      consentId,
      by: by.trim(),
      practitionerId,
      supervisingPhysicianId: physicianId,
    })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="consent-form"
      onSubmit={(event) => {
        event.preventDefault()
        void take()
      }}
    >
      <p className="text-2">
        Tell the patient who treats and who answers from now on. One line is kept under the form; no new consent is
        needed.
      </p>
      <Select
        label="Treats"
        data={staff.map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName }))}
        value={practitionerId}
        onChange={(value) => setPractitioner(idOf(value))}
      />
      <Select
        label="Responsible physician"
        data={staff
          .filter(({ isPhysician }) => isPhysician)
          .map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName }))}
        value={physicianId}
        onChange={(value) => setPhysician(idOf(value))}
      />
      <TextInput
        label="Who was told and agrees"
        maxLength={200}
        value={by}
        onChange={(event) => setBy(event.currentTarget.value)}
      />
      <RefusalText>{acknowledge.refusal ? sentenceFor(acknowledge.refusal) : null}</RefusalText>
      <div className="consent-form__actions">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="filled"
          type="submit"
          disabled={practitionerId === null || physicianId === null || by.trim() === '' || acknowledge.isRunning}
        >
          Keep this line
        </Button>
      </div>
    </form>
  )
}

type VoidDialogProps = {
  readonly isOpen: boolean
  readonly address: Address
  readonly version: number
  readonly onClose: () => void
}

export function VoidDialog({ isOpen, address, version, onClose }: VoidDialogProps) {
  const voidForm = useCommand('consent.void')
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Void this consent"
      tone="red"
      confirmText="Void it"
      reasonLabel="Why it was signed in error"
      refusal={voidForm.refusal ? sentenceFor(voidForm.refusal) : null}
      isBusy={voidForm.isRunning}
      onCancel={onClose}
      onConfirm={(reason) => {
        void voidForm.run({ ...address, version, reason }).then((done) => done.ok && onClose())
      }}
    >
      For a form signed in error, such as in the wrong chart. It is kept, marked void, and carries no session. It cannot
      be taken back. A patient who changes their mind withdraws instead.
    </ConfirmDialog>
  )
}
