import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { aimedEndpoints, techniques } from '../../../shared/domain/session.ts'
import {
  checkPreset,
  isAimedEndpoint,
  type PresetFault,
  type PresetRow,
} from '../../../shared/domain/session-preset.ts'
import {
  expandPreset,
  indications,
  requiresSite,
  type ZoneSide,
  zoneCodes,
  zoneFacts,
  presets as zoneSets,
} from '../../../shared/domain/zones.ts'
import { useCommand } from '../../client/use-command.ts'
import { DepthInput } from '../../parts/DepthInput.tsx'
import { DirectionToggles } from '../../parts/DirectionToggles.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { indicationWords, presetWords } from '../../parts/treatment-words.ts'
import { compareZones, zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { aimedEndpointWords, type ListedPreset, presetFaultWords, techniqueNames } from './preset-words.ts'

export type PresetFormProps = {
  /** Null makes a new one. */
  readonly preset: ListedPreset | null
  readonly limits: { readonly ceilingUm: number; readonly isOrbitalEnabled: boolean }
  /** With the preset that was saved, or null where nothing was. */
  readonly onClose: (presetId: string | null) => void
}

/** Name and zones of a preset; nothing is kept before it is saved as a whole. */
export function PresetForm({ preset, limits, onClose }: PresetFormProps) {
  const [name, setName] = useState(preset?.name ?? '')
  const [rows, setRows] = useState<readonly PresetRow[]>(preset?.rows ?? [])
  const [isTried, setTried] = useState(false)
  const create = useCommand('sessionPreset.create')
  const change = useCommand('sessionPreset.change')
  const faults = checkPreset({ name, rows }, limits)
  const shown = isTried ? faults : []
  const refusal = create.refusal ?? change.refusal

  function add(places: readonly ZoneSide[]) {
    const fresh = places.filter(({ zone, side }) => !rows.some((row) => row.zone === zone && row.side === side))
    setRows([...rows, ...fresh.map(blankRow)].sort(compareZones))
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (faults.length > 0) return
    const text = { name, rows: rows.map((row) => ({ ...row, passes: row.passes.map((one) => [...one]) })) }
    const reply =
      preset === null
        ? await create.run(text)
        : await change.run({ ...text, presetId: preset.presetId, version: preset.version })
    if (reply.ok) onClose(reply.value.presetId)
  }

  return (
    <form className="preset-form" onSubmit={(event) => void save(event)}>
      <SectionCard title={preset === null ? 'New preset' : `Change “${preset.name}”`} size="panel">
        <div className="preset-form__head">
          <TextInput
            data-autofocus
            label="Name"
            placeholder="Acne scars, cheeks"
            maxLength={60}
            value={name}
            error={faultText(shown, null, ['NAME_MISSING'])}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ZoneAdder onAdd={add} isOrbitalEnabled={limits.isOrbitalEnabled} />
        </div>
        <p className="text-2">
          A preset holds what is meant. Passes given, endpoints reached, lots and times are always entered in the
          session.
        </p>
      </SectionCard>
      {rows.map((row, index) => (
        <RowFields
          key={`${row.zone} ${row.side}`}
          row={row}
          above={rows[index - 1] ?? null}
          faults={shown.filter((fault) => fault.row === index)}
          onChange={(part) => setRows(rows.map((one, at) => (at === index ? { ...one, ...part } : one)))}
          onRemove={() => setRows(rows.filter((_one, at) => at !== index))}
        />
      ))}
      <div className="preset-form__foot">
        <RefusalText>{faultText(shown, null, ['NO_ZONES']) ?? (refusal ? sentenceFor(refusal) : null)}</RefusalText>
        <Button onClick={() => onClose(null)}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={create.isRunning || change.isRunning}>
          Save preset
        </Button>
      </div>
    </form>
  )
}

function blankRow({ zone, side }: ZoneSide): PresetRow {
  return { zone, side, indication: null, depthUm: null, technique: null, passes: [], endpoint: null, speed: null }
}

function faultText(faults: readonly PresetFault[], row: number | null, codes: readonly PresetFault['code'][]) {
  const found = faults.find((fault) => fault.row === row && codes.includes(fault.code))
  return found ? presetFaultWords[found.code] : null
}

function ZoneAdder({
  onAdd,
  isOrbitalEnabled,
}: {
  readonly onAdd: (places: readonly ZoneSide[]) => void
  readonly isOrbitalEnabled: boolean
}) {
  const places = zoneCodes
    .filter((zone) => !requiresSite(zone) && (zone !== 'ORBITAL' || isOrbitalEnabled))
    .flatMap((zone) => zoneFacts(zone).sides.map((side) => ({ zone, side })))
    .sort(compareZones)
  return (
    <div className="preset-form__add">
      <Select
        label="Add a zone"
        placeholder="Choose"
        searchable
        value={null}
        data={places.map((place) => ({ value: `${place.zone} ${place.side}`, label: zoneSideName(place) }))}
        onChange={(value) => onAdd(places.filter((place) => `${place.zone} ${place.side}` === value))}
      />
      {zoneSets.map((set) => (
        <Button key={set} size="xs" onClick={() => onAdd(expandPreset(set))}>
          {presetWords[set]}
        </Button>
      ))}
    </div>
  )
}

type RowFieldsProps = {
  readonly row: PresetRow
  readonly above: PresetRow | null
  readonly faults: readonly PresetFault[]
  readonly onChange: (part: Partial<PresetRow>) => void
  readonly onRemove: () => void
}

function RowFields({ row, above, faults, onChange, onRemove }: RowFieldsProps) {
  const isDepthFaulty = faults.some(({ code }) => code.startsWith('DEPTH'))
  const { passes } = row
  const name = zoneSideName(row)
  return (
    <SectionCard
      title={name}
      aside={
        <>
          {above && (
            <Button
              size="xs"
              variant="subtle"
              aria-label={`${name}: same as ${zoneSideName(above)}`}
              onClick={() => {
                const { zone: _zone, side: _side, ...same } = above
                onChange(same)
              }}
            >
              Same as above
            </Button>
          )}
          <Button size="xs" variant="subtle" aria-label={`Remove ${name}`} onClick={onRemove}>
            Remove
          </Button>
        </>
      }
    >
      <div className="preset-row">
        <DepthInput
          label={`Depth setting, mm: ${name}`}
          depthUm={row.depthUm}
          onChange={(depthUm) => onChange({ depthUm })}
          isOver={isDepthFaulty}
        />
        <Select
          label="To help with"
          placeholder="As the plan"
          clearable
          data={indications.map((value) => ({ value, label: indicationWords[value] }))}
          value={row.indication}
          onChange={(value) => onChange({ indication: indications.find((known) => known === value) ?? null })}
        />
        <Select
          label="Technique"
          placeholder="Open"
          clearable
          data={techniques.map((value) => ({ value, label: techniqueNames[value] }))}
          value={row.technique}
          onChange={(value) => onChange({ technique: techniques.find((known) => known === value) ?? null })}
        />
        <Select
          label="To endpoint"
          placeholder="Open"
          clearable
          data={aimedEndpoints.map((value) => ({ value, label: aimedEndpointWords[value] }))}
          value={row.endpoint}
          onChange={(value) => onChange({ endpoint: value && isAimedEndpoint(value) ? value : null })}
        />
        <NumberInput
          label="Speed"
          placeholder="Open"
          min={0}
          max={100_000}
          value={row.speed ?? ''}
          onChange={(value) => onChange({ speed: typeof value === 'number' ? value : null })}
        />
      </div>
      <div className="preset-row">
        {passes.map((directions, index) => (
          <DirectionToggles
            // biome-ignore lint/suspicious/noArrayIndexKey: passes have no name but their number
            key={index}
            label={`${name}, pass ${index + 1}`}
            value={directions}
            onChange={(next) => onChange({ passes: passes.map((one, at) => (at === index ? next : one)) })}
          />
        ))}
        {passes.length < 3 && (
          <Button
            size="xs"
            aria-label={`${name}: pass ${passes.length + 1}`}
            onClick={() => onChange({ passes: [...passes, []] })}
          >
            Pass {passes.length + 1}
          </Button>
        )}
        {passes.length > 0 && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={`${name}: remove pass ${passes.length}`}
            onClick={() => onChange({ passes: passes.slice(0, -1) })}
          >
            Remove the last pass
          </Button>
        )}
      </div>
      {faults.map(({ code }) => (
        <RefusalText key={code}>{presetFaultWords[code]}</RefusalText>
      ))}
    </SectionCard>
  )
}
