import { Checkbox, MultiSelect, Select } from '@mantine/core'
import { type RedFlagSign, redFlagSigns } from '../../../shared/domain/complication.ts'
import {
  requiresSite,
  type Side,
  type ZoneCode,
  type ZonePlace,
  zoneCodes,
  zoneFacts,
} from '../../../shared/domain/zones.ts'
import type { PatientId, SessionId, StaffId } from '../../../shared/kernel/ids.ts'
import type { Input } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { noticeWords, signWords } from '../../parts/complication-words.ts'
import { formatDate } from '../../parts/format.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'

export type Notice = Input<'complication.report'>['notices'][number]

const zoneOptions = zoneCodes
  .filter((zone) => !requiresSite(zone))
  .flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))
  .map((place) => ({ value: `${place.zone} ${place.side}`, label: zoneSideName(place) }))

export function ZonesField({
  zones,
  onChange,
}: {
  readonly zones: readonly ZonePlace[]
  readonly onChange: (zones: ZonePlace[]) => void
}) {
  return (
    <MultiSelect
      label="Where"
      description="Left empty it counts for every zone"
      searchable
      data={zoneOptions}
      value={zones.map(({ zone, side }) => `${zone} ${side}`)}
      onChange={(values) =>
        onChange(
          values.map((value) => {
            const [zone, side] = value.split(' ')
            return { zone: zone as ZoneCode, side: side as Side, site: null }
          }),
        )
      }
    />
  )
}

export function SignsField({
  signs,
  onChange,
}: {
  readonly signs: readonly RedFlagSign[]
  readonly onChange: (signs: RedFlagSign[]) => void
}) {
  return (
    <Checkbox.Group
      label="Warning signs"
      description="Ask for each. One of them is enough to tell a physician at once."
      value={[...signs]}
      onChange={(values) => onChange(redFlagSigns.filter((sign) => values.includes(sign)))}
    >
      <div className="complication-signs">
        {redFlagSigns.map((sign) => (
          <Checkbox key={sign} value={sign} label={signWords[sign]} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

/** A physician who works here, by name. */
export function PhysicianSelect({
  label,
  placeholder,
  isRequired = false,
  value,
  onChange,
}: {
  readonly label: string
  readonly placeholder: string
  readonly isRequired?: boolean
  readonly value: StaffId | null
  readonly onChange: (value: StaffId | null) => void
}) {
  const members = useQuery('staff.list', {}).value?.members ?? []
  const physicians = members.filter(({ roles, status }) => roles.includes('physician') && status !== 'DEACTIVATED')
  return (
    <Select
      label={label}
      required={isRequired}
      clearable={!isRequired}
      placeholder={placeholder}
      data={physicians.map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName }))}
      value={value}
      onChange={(id) => onChange(id as StaffId | null)}
    />
  )
}

/** Which physician was told, and how. */
export function NoticeFields({
  notice,
  onChange,
}: {
  readonly notice: Notice | null
  readonly onChange: (notice: Notice | null) => void
}) {
  return (
    <>
      <PhysicianSelect
        label="Physician who was told"
        isRequired
        placeholder="Tell one now, then choose"
        value={notice?.physicianId ?? null}
        onChange={(physicianId) => onChange(physicianId && { physicianId, how: notice?.how ?? 'PHONE' })}
      />
      <SegmentedChoice
        label="How"
        segments={(['PHONE', 'IN_PERSON', 'MESSAGE', 'IN_APP'] as const).map((how) => ({
          value: how,
          label: noticeWords[how],
        }))}
        value={notice?.how ?? null}
        isDisabled={notice === null}
        onChange={(how) => notice && onChange({ ...notice, how })}
      />
    </>
  )
}

/** Which treatment it may come from; its lots and device are then taken from there. */
export function SessionField({
  patientId,
  value,
  onChange,
}: {
  readonly patientId: PatientId
  readonly value: SessionId | null
  readonly onChange: (sessionId: SessionId | null) => void
}) {
  const sessions = useQuery('session.list', { patientId }).value?.sessions ?? []
  const treated = sessions.filter(({ performedOn }) => performedOn !== null)
  return (
    <Select
      label="After the session of"
      clearable
      placeholder="None named"
      data={treated.map((one) => ({
        value: one.sessionId as string,
        label: `${formatDate(one.performedOn ?? '')}, session ${one.sessionNo}`,
      }))}
      value={value}
      onChange={(id) => onChange(id as SessionId | null)}
    />
  )
}

export function EmergencyText({ phone }: { readonly phone: string }) {
  return (
    <div className="complication-emergency" role="alert">
      This may be an emergency. Call {phone} now, stay with the patient, and tell the physician at once.
    </div>
  )
}
