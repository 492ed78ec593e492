import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import { copyMethods } from '../../../shared/domain/consent/consent.ts'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { StaffDialog, VoidDialog, WithdrawDialog } from './ConsentDialogs.tsx'
import { copyWords, scopeWords } from './consent-words.ts'

type Address = { readonly patientId: PatientId; readonly consentId: ConsentId }
type Record = NonNullable<OpenedConsent['record']>

export type AfterSigningProps = {
  readonly opened: OpenedConsent
  readonly record: Record
  readonly timeZone: string
  readonly mayVoid: boolean
}

/** What came after the signature: photo choices as they stand, withdrawals, changes of staff, copies. */
export function AfterSigning({ opened, record, timeZone, mayVoid }: AfterSigningProps) {
  const [dialog, setDialog] = useState<'WITHDRAW' | 'STAFF' | 'VOID' | null>(null)
  const address = { patientId: opened.patientId, consentId: opened.consentId }
  const close = () => setDialog(null)
  const isVoid = record.voided !== null
  return (
    <>
      <PhotoCard record={record} />
      <SectionCard
        title="Withdrawals"
        aside={
          !isVoid && (
            <Button size="xs" onClick={() => setDialog('WITHDRAW')}>
              Take a withdrawal
            </Button>
          )
        }
      >
        {record.withdrawals.length === 0 ? (
          <p className="text-2">None. The patient may withdraw at any time, in words or in writing.</p>
        ) : (
          <ul className="consent-rows">
            {record.withdrawals.map((withdrawal) => (
              <li key={`${withdrawal.at} ${withdrawal.scopes.join(' ')}`}>
                <strong>{withdrawal.scopes.map((scope) => scopeWords[scope]).join('; ')}</strong>
                <span>
                  {withdrawal.by}, {withdrawal.how === 'VERBAL' ? 'in words' : 'in writing'},{' '}
                  {formatDateTime(withdrawal.at, timeZone)}; taken by {withdrawal.takenBy}
                </span>
                {withdrawal.note !== '' && <span>{withdrawal.note}</span>}
              </li>
            ))}
          </ul>
        )}
      </SectionCard>
      <StaffCard opened={opened} record={record} timeZone={timeZone} onChange={() => setDialog('STAFF')} />
      <CopiesCard address={address} record={record} timeZone={timeZone} />
      {mayVoid && !isVoid && (
        <p className="consent-void">
          <Button size="xs" color="red" onClick={() => setDialog('VOID')}>
            Void: signed in error
          </Button>
        </p>
      )}
      <WithdrawDialog isOpen={dialog === 'WITHDRAW'} opened={opened} record={record} onClose={close} />
      <StaffDialog isOpen={dialog === 'STAFF'} opened={opened} onClose={close} />
      <VoidDialog isOpen={dialog === 'VOID'} address={address} version={opened.version ?? 1} onClose={close} />
    </>
  )
}

const photoLines = [
  ['ownRecord', 'For the patient’s own record'],
  ['staffTeaching', 'Staff teaching, no name'],
  ['marketing', 'Website or advertising'],
] as const

function PhotoCard({ record }: { readonly record: Record }) {
  const { photoPermissionsNow: now, body } = record
  return (
    <SectionCard title="Photographs" note="each choice is the patient’s own">
      <ul className="consent-photo-list">
        {photoLines.map(([key, words]) => (
          <li key={key}>
            <StateGlyph state={now[key] ? 'checked' : 'notNeeded'} label={null} />
            {words}
            <strong>{now[key] ? 'Yes' : body.photoPermissions[key] ? 'Withdrawn' : 'No'}</strong>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

type StaffCardProps = {
  readonly opened: OpenedConsent
  readonly record: Record
  readonly timeZone: string
  readonly onChange: () => void
}

function StaffCard({ opened, record, timeZone, onChange }: StaffCardProps) {
  const { body, reacknowledgements } = record
  return (
    <SectionCard
      title="Who treats"
      aside={
        opened.state === 'SIGNED' && (
          <Button size="xs" onClick={onChange}>
            Somebody else from now on
          </Button>
        )
      }
    >
      <ul className="consent-rows">
        <li>
          <strong>
            {body.practitioner.name}, responsible {body.supervisingPhysician.name}
          </strong>
          <span>as signed</span>
        </li>
        {reacknowledgements.map((line) => (
          <li key={line.at}>
            <strong>
              {line.practitioner}, responsible {line.supervisingPhysician}
            </strong>
            <span>
              known to {line.by}, {formatDateTime(line.at, timeZone)}; taken by {line.takenBy}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function CopiesCard({
  address,
  record,
  timeZone,
}: {
  readonly address: Address
  readonly record: Record
  readonly timeZone: string
}) {
  const give = useCommand('print.copyGiven')
  return (
    <SectionCard
      title="Copies"
      aside={
        <Menu>
          <Menu.Target>
            <Button size="xs" disabled={give.isRunning}>
              Note a copy
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {copyMethods.map((method) => (
              <Menu.Item
                key={method}
                onClick={() =>
                  void give.run({
                    patientId: address.patientId,
                    kind: 'CONSENT',
                    recordId: address.consentId,
                    method,
                    recipient: '',
                  })
                }
              >
                {copyWords[method]}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      {record.copies.length === 0 ? (
        <p className="text-2">No copy was given yet.</p>
      ) : (
        <ul className="consent-rows">
          {record.copies.map((copy) => (
            <li key={`${copy.at} ${copy.method}`}>
              <strong>{copyWords[copy.method]}</strong>
              <span>
                {copy.recipient !== '' && `to ${copy.recipient}, `}
                {formatDateTime(copy.at, timeZone)}; {copy.givenBy}
              </span>
            </li>
          ))}
        </ul>
      )}
      <RefusalText>{give.refusal ? sentenceFor(give.refusal) : null}</RefusalText>
    </SectionCard>
  )
}
