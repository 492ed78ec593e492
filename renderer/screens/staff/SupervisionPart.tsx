import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { includesDay, type SupervisorLink } from '../../../shared/domain/staff-practice.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { nameIn, type RecordPartProps } from './practice-record.ts'

/** Who answers for an aesthetician's sessions, or for whom a physician does, with the days. */
export function SupervisionPart(props: RecordPartProps & { readonly standing: SupervisorLink | null }) {
  return props.member.roles.includes('physician') ? <Supervisees {...props} /> : <Supervisors {...props} />
}

function Supervisees({ record, settings, members, clinic }: RecordPartProps) {
  const today = record.supervisees.filter((link) => includesDay(link, clinic.today))
  return (
    <fieldset className="member-fields__group">
      <legend>Supervises</legend>
      <p className="text-2">
        {today.length} of at most {settings.maxSupervisees} people today.
      </p>
      <ul className="member-list">
        {record.supervisees.map((link) => (
          <li key={link.supervisionId}>
            <strong>{nameIn(members, link.staffId)}</strong> <span className="text-2">{periodText(link)}</span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Supervisors({ member, record, members, clinic, mayWrite, standing }: Parameters<typeof SupervisionPart>[0]) {
  const [isNaming, setNaming] = useState(false)
  const end = useCommand('staffPractice.endSupervision')
  const { staffId } = member
  const isOpenEnded = (link: SupervisorLink) => link.untilOn === null || link.untilOn > clinic.today
  return (
    <fieldset className="member-fields__group">
      <legend>Supervising physician</legend>
      {standing === null && <StateLine state="missing">Nobody supervises this person today</StateLine>}
      <ul className="member-list">
        {record.supervisors.map((link) => (
          <li key={link.supervisionId} className="member-list__row">
            <span>
              <strong>{nameIn(members, link.physicianId)}</strong> <span className="text-2">{periodText(link)}</span>
            </span>
            {mayWrite && isOpenEnded(link) && (
              <Button
                size="xs"
                disabled={end.isRunning}
                aria-label={`End the supervision by ${nameIn(members, link.physicianId)}`}
                onClick={() =>
                  void end.run({
                    staffId,
                    supervisionId: link.supervisionId,
                    untilOn: lastDayWhenEnded(link, clinic.today),
                  })
                }
              >
                {link.fromOn > clinic.today ? 'Take back' : 'End today'}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <RefusalText>{end.refusal ? sentenceFor(end.refusal) : null}</RefusalText>
      {mayWrite && !isNaming && (
        <div>
          <Button onClick={() => setNaming(true)}>Name a supervisor</Button>
        </div>
      )}
      {isNaming && (
        <SupervisorForm
          staffId={staffId}
          physicians={members.filter(
            (other) => other.roles.includes('physician') && other.status !== 'DEACTIVATED' && other.staffId !== staffId,
          )}
          clinic={clinic}
          firstFree={firstFreeDay(record.supervisors, clinic.today)}
          onDone={() => setNaming(false)}
        />
      )}
    </fieldset>
  )
}

function SupervisorForm({
  staffId,
  physicians,
  clinic,
  firstFree,
  onDone,
}: {
  readonly staffId: StaffId
  readonly physicians: RecordPartProps['members']
  readonly clinic: RecordPartProps['clinic']
  readonly firstFree: CalendarDate
  readonly onDone: () => void
}) {
  const [physicianId, setPhysicianId] = useState<StaffId | null>(null)
  const [fromOn, setFromOn] = useState<CalendarDate | null>(firstFree)
  const [untilOn, setUntilOn] = useState<CalendarDate | null>(null)
  const name = useCommand('staffPractice.nameSupervisor')

  async function save() {
    if (physicianId === null || fromOn === null) return
    const reply = await name.run({ staffId, physicianId, fromOn, untilOn })
    if (reply.ok) onDone()
  }

  return (
    <form
      className="member-form"
      aria-label="A new supervisor"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Select
        label="Physician"
        aria-required
        data={physicians.map((physician) => ({ value: physician.staffId as string, label: physician.printedName }))}
        value={physicianId}
        onChange={(value) => setPhysicianId(value as StaffId | null)}
      />
      <div className="member-fields__row">
        <DateField
          label="From"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={fromOn}
          onChange={setFromOn}
        />
        <DateField
          label="Until"
          description="Empty while it goes on"
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
        <Button type="submit" variant="filled" disabled={physicianId === null || fromOn === null || name.isRunning}>
          Name this physician
        </Button>
      </div>
    </form>
  )
}

function periodText({ fromOn, untilOn }: SupervisorLink): string {
  return untilOn === null ? `since ${formatDate(fromOn)}` : `${formatDate(fromOn)} to ${formatDate(untilOn)}`
}

/** A link that has not begun ends before its first day, which takes it back. */
function lastDayWhenEnded({ fromOn }: SupervisorLink, today: CalendarDate): CalendarDate {
  return fromOn > today ? addDays(fromOn, -1) : today
}

/** The day after the last known supervision ends; today where there is none. */
function firstFreeDay(links: readonly SupervisorLink[], today: CalendarDate): CalendarDate {
  const ends = links.flatMap(({ untilOn }) => (untilOn !== null && untilOn >= today ? [addDays(untilOn, 1)] : []))
  return ends.sort().at(-1) ?? today
}
