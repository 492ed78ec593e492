import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { includesDay } from '../../../shared/domain/staff-practice.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { nameIn, type RecordPartProps, type StaffRecord } from './practice-record.ts'

type Delegation = StaffRecord['delegations'][number]

/** When a physician is away and who is asked meanwhile; the physician alone says so. */
export function AwayPart({ member, record, members, clinic, isOwn }: RecordPartProps & { readonly isOwn: boolean }) {
  const [isNaming, setNaming] = useState(false)
  const end = useCommand('staffPractice.endDelegation')
  const { staffId } = member
  const sentence = (one: Delegation) => {
    const days = `${formatDate(one.fromOn)} to ${formatDate(one.untilOn)}`
    return one.physicianId === staffId
      ? `Away ${days}; ${nameIn(members, one.deputyId)} stands in`
      : `Stands in for ${nameIn(members, one.physicianId)}, ${days}`
  }
  if (record.delegations.length === 0 && !isOwn) return null
  return (
    <fieldset className="member-fields__group">
      <legend>While away</legend>
      {record.delegations.length === 0 && <p className="text-2">No days away are planned.</p>}
      <ul className="member-list">
        {record.delegations.map((one) => (
          <li key={one.delegationId} className="member-list__row">
            {includesDay(one, clinic.today) ? (
              <StateLine state="toDo">{sentence(one)}</StateLine>
            ) : (
              <span>{sentence(one)}</span>
            )}
            {isOwn && one.physicianId === staffId && (
              <Button
                size="xs"
                disabled={end.isRunning}
                aria-label={`End the time away from ${formatDate(one.fromOn)}`}
                onClick={() => void end.run({ delegationId: one.delegationId })}
              >
                {one.fromOn > clinic.today ? 'Take back' : 'I am back'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalText>{end.refusal ? sentenceFor(end.refusal) : null}</RefusalText>
      {isOwn && !isNaming && (
        <div>
          <Button onClick={() => setNaming(true)}>I will be away</Button>
        </div>
      )}
      {isOwn && isNaming && (
        <AwayForm
          deputies={members.filter(
            (other) => other.roles.includes('physician') && other.status !== 'DEACTIVATED' && other.staffId !== staffId,
          )}
          clinic={clinic}
          onDone={() => setNaming(false)}
        />
      )}
    </fieldset>
  )
}

function AwayForm({
  deputies,
  clinic,
  onDone,
}: {
  readonly deputies: RecordPartProps['members']
  readonly clinic: RecordPartProps['clinic']
  readonly onDone: () => void
}) {
  const [deputyId, setDeputyId] = useState<StaffId | null>(null)
  const [fromOn, setFromOn] = useState<CalendarDate | null>(clinic.today)
  const [untilOn, setUntilOn] = useState<CalendarDate | null>(null)
  const name = useCommand('staffPractice.nameDeputy')

  async function save() {
    if (deputyId === null || fromOn === null || untilOn === null) return
    const reply = await name.run({ deputyId, fromOn, untilOn })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="member-form"
      aria-label="Days away"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Select
        label="Who stands in"
        description="Sees your sign-off queue, red flags and clearances as well as their own"
        aria-required
        placeholder={deputies.length === 0 ? 'No other physician has an account' : 'Choose'}
        data={deputies.map((deputy) => ({ value: deputy.staffId as string, label: deputy.printedName }))}
        value={deputyId}
        onChange={(value) => setDeputyId(value as StaffId | null)}
      />
      <div className="member-fields__row">
        <DateField
          label="First day"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={fromOn}
          onChange={setFromOn}
        />
        <DateField
          label="Last day"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={untilOn}
          onChange={setUntilOn}
        />
      </div>
      <div className="member-form__foot">
        <RefusalText>{name.refusal ? sentenceFor(name.refusal) : null}</RefusalText>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          type="submit"
          variant="filled"
          disabled={deputyId === null || fromOn === null || untilOn === null || name.isRunning}
        >
          Hand over these days
        </Button>
      </div>
    </form>
  )
}
