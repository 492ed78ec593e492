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
import type { StaffId } from '../../../shared/kernel/ids.ts'
import type { Input } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { noticeWords, signWords } from '../../parts/complication-words.ts'
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

/** Which physician was told, and how. */
export function NoticeFields({
  notice,
  onChange,
}: {
  readonly notice: Notice | null
  readonly onChange: (notice: Notice | null) => void
}) {
  const { value } = useQuery('staff.list', {})
  const physicians = value?.members.filter(
    ({ roles, status }) => roles.includes('physician') && status !== 'DEACTIVATED',
  )
  return (
    <>
      <Select
        label="Physician who was told"
        required
        placeholder="Tell one now, then choose"
        data={physicians?.map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName })) ?? []}
        value={notice?.physicianId ?? null}
        onChange={(id) => onChange(id === null ? null : { physicianId: id as StaffId, how: notice?.how ?? 'PHONE' })}
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

export function EmergencyText() {
  return (
    <div className="complication-emergency" role="alert">
      This may be an emergency. Call 911 now, stay with the patient, and tell the physician at once.
    </div>
  )
}
