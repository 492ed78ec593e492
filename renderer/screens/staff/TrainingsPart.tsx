import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { deviceModelKey, trainingStanding } from '../../../shared/domain/staff-practice.ts'
import type { TrainingId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { RecordPartProps, StaffSettings } from './practice-record.ts'

/** One line per certificate, and the device models of the clinic that none covers today. */
export function TrainingsPart({ member, record, settings, clinic, mayWrite }: RecordPartProps) {
  const [isAdding, setAdding] = useState(false)
  const [withdrawn, setWithdrawn] = useState<TrainingId | null>(null)
  const withdraw = useCommand('staffPractice.withdrawTraining')
  const { trainings } = record
  const missing = settings.deviceModels.filter(
    (device) => trainingStanding(trainings, device, clinic.today) !== 'CURRENT',
  )
  const asksForThem = settings.deviceTrainingRule !== 'OFF'

  async function takeBack(reason: string) {
    if (withdrawn === null) return
    const reply = await withdraw.run({ staffId: member.staffId, trainingId: withdrawn, reason })
    if (reply.ok) setWithdrawn(null)
  }

  return (
    <fieldset className="member-fields__group">
      <legend>Device training</legend>
      {trainings.length === 0 && <p className="text-2">No certificate is on file.</p>}
      <ul className="member-list">
        {trainings.map((training) => (
          <li key={training.trainingId} className="member-list__row">
            <span>
              <strong>
                {training.manufacturer} {training.model}
              </strong>
              <span className="text-12 text-2">
                <span className="mono">{training.certificate}</span>, completed {formatDate(training.completedOn)}
                {training.expiresOn !== null && training.expiresOn >= clinic.today && (
                  <>, good until {formatDate(training.expiresOn)}</>
                )}
              </span>
              {training.expiresOn !== null && training.expiresOn < clinic.today && (
                <StateLine state="blocked">{`ended ${formatDate(training.expiresOn)}`}</StateLine>
              )}
            </span>
            {mayWrite && (
              <Button
                size="xs"
                aria-label={`Take back the certificate ${training.certificate}`}
                onClick={() => setWithdrawn(training.trainingId)}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asksForThem && missing.length > 0 && (
        <StateLine state={settings.deviceTrainingRule === 'BLOCK' ? 'blocked' : 'warning'}>
          {`No certificate today for ${missing.map(modelName).join(', ')}`}
        </StateLine>
      )}
      {mayWrite && !isAdding && (
        <div>
          <Button onClick={() => setAdding(true)}>Add a certificate</Button>
        </div>
      )}
      {isAdding && (
        <TrainingForm staffId={member.staffId} settings={settings} clinic={clinic} onDone={() => setAdding(false)} />
      )}
      <ConfirmDialog
        isOpen={withdrawn !== null}
        title="Take the certificate back"
        confirmText="Take it back"
        tone="red"
        reasonLabel="Why it was not right"
        isBusy={withdraw.isRunning}
        refusal={withdraw.refusal ? sentenceFor(withdraw.refusal) : null}
        onConfirm={(reason) => void takeBack(reason)}
        onCancel={() => setWithdrawn(null)}
      >
        It counts for no session from now on. What was entered stays in the store with your reason; signed records do
        not change.
      </ConfirmDialog>
    </fieldset>
  )
}

function TrainingForm({
  staffId,
  settings,
  clinic,
  onDone,
}: Pick<RecordPartProps, 'settings' | 'clinic'> & {
  readonly staffId: RecordPartProps['member']['staffId']
  readonly onDone: () => void
}) {
  const [modelKey, setModelKey] = useState<string | null>(null)
  const [certificate, setCertificate] = useState('')
  const [completedOn, setCompletedOn] = useState<CalendarDate | null>(null)
  const [expiresOn, setExpiresOn] = useState<CalendarDate | null>(null)
  const add = useCommand('staffPractice.addTraining')
  const model = settings.deviceModels.find((device) => deviceModelKey(device) === modelKey) ?? null
  const isComplete = model !== null && certificate.trim() !== '' && completedOn !== null

  async function save() {
    if (model === null || completedOn === null || !isComplete) return
    const reply = await add.run({ staffId, ...model, certificate: certificate.trim(), completedOn, expiresOn })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="member-form"
      aria-label="A new certificate"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="member-fields__row">
        <Select
          label="Device model"
          aria-required
          placeholder={settings.deviceModels.length === 0 ? 'No device is registered yet' : 'Choose'}
          data={settings.deviceModels.map((device) => ({ value: deviceModelKey(device), label: modelName(device) }))}
          value={modelKey}
          onChange={setModelKey}
        />
        <TextInput
          label="Certificate"
          aria-required
          placeholder="Number or other reference"
          maxLength={200}
          value={certificate}
          onChange={(event) => setCertificate(event.currentTarget.value)}
        />
      </div>
      <div className="member-fields__row">
        <DateField
          label="Completed"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={completedOn}
          onChange={setCompletedOn}
        />
        <DateField
          label="Good until"
          description="Empty where it does not end"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={expiresOn}
          onChange={setExpiresOn}
        />
      </div>
      <div className="member-form__foot">
        <RefusalText>{add.refusal ? sentenceFor(add.refusal) : null}</RefusalText>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={!isComplete || add.isRunning}>
          Add the certificate
        </Button>
      </div>
    </form>
  )
}

function modelName({ manufacturer, model }: StaffSettings['deviceModels'][number]): string {
  return `${manufacturer} ${model}`
}
