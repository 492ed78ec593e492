import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { DraftPlannedZone } from '../../../shared/domain/session.ts'
import { addToPlan, copyForward, fillOpenRows } from '../../../shared/domain/session-copy.ts'
import { expandSessionPreset } from '../../../shared/domain/session-preset.ts'
import { expandPreset, presets, type ZoneSide } from '../../../shared/domain/zones.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate } from '../../parts/format.ts'
import { presetWords } from '../../parts/treatment-words.ts'
import { useSessionWork } from './desk-context.ts'
import { newRow, planFromOrder, rowAt, type WorkRow, withRows, workRows } from './zone-rows.ts'

/** Several zones at once: from the order, the last session, a set of zones or a preset, each stored as its rows. */
export function PlanTools() {
  const { draft, change, desk, opened } = useSessionWork()
  const { last } = opened
  const rows = workRows(draft, false)

  function put(plan: readonly WorkRow[]) {
    change((before) => withRows(before, false, plan))
  }

  /** Rows that are there keep what they say. */
  function addPlaces(places: readonly ZoneSide[]) {
    change((before) => {
      const known = workRows(before, false)
      const added = places
        .filter((place) => rowAt(known, place) < 0)
        .map((place) => newRow(place, known, desk, false, before))
      return withRows(before, false, [...known, ...added])
    })
  }

  function addPreset(wanted: readonly DraftPlannedZone[]) {
    change((before) => {
      const known = workRows(before, false)
      const usual = newRow({ zone: 'FOREHEAD', side: 'M' }, known, desk, false, before).indication
      const named = wanted.map((row) => ({ ...row, indication: row.indication ?? usual }))
      return withRows(before, false, addToPlan(known, named))
    })
  }

  return (
    <div className="session-tools">
      <span className="label-11">Plan from</span>
      {desk.order !== null && (
        <Button size="xs" onClick={() => put(planFromOrder(draft, desk))}>
          The order
        </Button>
      )}
      {last !== null && (
        <Button size="xs" onClick={() => put(copyForward(last))}>
          Session of {formatDate(last.performedOn)}
        </Button>
      )}
      {presets.map((preset) => (
        <Button key={preset} size="xs" onClick={() => addPlaces(expandPreset(preset))}>
          {presetWords[preset]}
        </Button>
      ))}
      <PresetMenu label="Preset" onChoose={addPreset} />
      {rows.length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => put([])}>
          Clear
        </Button>
      )}
    </div>
  )
}

/** In the log: depth and technique for the zones where both are not entered yet; each stays marked until confirmed. */
export function CopyTools() {
  const { draft, change, opened } = useSessionWork()
  const { last } = opened
  const isOpen = workRows(draft, true).some((row) => typeof row.depthUm !== 'number' || !row.technique)
  if (!isOpen) return null

  function fill(source: readonly DraftPlannedZone[]) {
    change((before) => withRows(before, true, fillOpenRows(workRows(before, true), source)))
  }

  return (
    <div className="session-tools">
      <span className="label-11">Copy depth and technique from</span>
      {last !== null && (
        <Button size="xs" onClick={() => fill(copyForward(last))}>
          Session of {formatDate(last.performedOn)}
        </Button>
      )}
      <PresetMenu label="A preset" onChoose={fill} />
    </div>
  )
}

/** The clinic's presets by name; nothing where it has none. */
function PresetMenu({
  label,
  onChoose,
}: {
  readonly label: string
  readonly onChoose: (rows: readonly DraftPlannedZone[]) => void
}) {
  const { value } = useQuery('sessionPreset.list', {})
  const inUse = (value?.presets ?? []).filter(({ state }) => state === 'IN_USE')
  if (inUse.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="xs" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="session-presets">
        {inUse.map((preset) => (
          <Menu.Item key={preset.presetId} onClick={() => onChoose(expandSessionPreset(preset))}>
            {preset.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
