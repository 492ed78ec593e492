import { Select } from '@mantine/core'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatBorn, formatName } from '../../parts/format.ts'

export type PickedPatient = { readonly patientId: PatientId; readonly text: string }

export type PatientPickerProps = {
  readonly value: PickedPatient | null
  readonly onChange: (value: PickedPatient | null) => void
  readonly today: CalendarDate
  readonly label?: string
}

/** Finds a patient as the global search does: names, birth date, phone, chart number, in any order. */
export function PatientPicker({ value, onChange, today, label = 'Patient' }: PatientPickerProps) {
  const [text, setText] = useState('')
  const isSearching = text.trim() !== '' && text !== value?.text
  const found = useQuery('patientSearch.find', { text: cleaned(text) }, { isEnabled: isSearching, keepPrevious: true })
  const hits = isSearching ? (found.value?.hits ?? []) : []
  const options = hits.map((hit) => ({
    value: hit.patientId as string,
    label: `${formatName({ familyName: hit.family, givenName: hit.given, preferredName: hit.preferred })}, born ${formatBorn(hit.bornOn, today)}, ${hit.chartNumber}`,
  }))
  const known = value ? [{ value: value.patientId as string, label: value.text }] : []
  return (
    <Select
      label={label}
      placeholder="Name, birth date, phone or chart number"
      required
      searchable
      // Somebody who was chosen before is not asked for again: the next field is.
      data-autofocus={value === null || undefined}
      data={options.length > 0 ? options : known}
      // Main has searched already; what it found is not filtered again.
      filter={({ options: all }) => all}
      value={value?.patientId ?? null}
      searchValue={text}
      onSearchChange={setText}
      // Without an option there is no list to open; what to do then stands under the field.
      description={descriptionOf(found.value, isSearching)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(id) => {
        const option = options.find((one) => one.value === id)
        // The search gave this id.
        onChange(option ? { patientId: option.value as PatientId, text: option.label } : null)
      }}
    />
  )
}

function descriptionOf(
  found: Output<'patientSearch.find'> | null | undefined,
  isSearching: boolean,
): string | undefined {
  if (!isSearching || !found || found.hits.length > 0) return undefined
  return found.isTooShort ? 'Type one more letter or a birth date' : 'Nobody found'
}

function cleaned(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200)
}
