import { Button } from '@mantine/core'
import { expandPreset, presets, type ZoneSide } from '../../../shared/domain/zones.ts'
import { formatDate } from '../../parts/format.ts'
import { presetWords } from '../../parts/treatment-words.ts'
import { useSessionWork } from './desk-context.ts'
import { newRow, planFromLast, planFromOrder, rowAt, type WorkRow, withRows, workRows } from './zone-rows.ts'

/** Several zones at once: from the order, the last session or a preset, each stored as its rows. */
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

  return (
    <div className="session-tools">
      <span className="label-11">Plan from</span>
      {desk.order !== null && (
        <Button size="xs" onClick={() => put(planFromOrder(draft, desk))}>
          The order
        </Button>
      )}
      {last !== null && (
        <Button size="xs" onClick={() => put(planFromLast(last))}>
          Session of {formatDate(last.performedOn)}
        </Button>
      )}
      {presets.map((preset) => (
        <Button key={preset} size="xs" onClick={() => addPlaces(expandPreset(preset))}>
          {presetWords[preset]}
        </Button>
      ))}
      {rows.length > 0 && (
        <Button size="xs" variant="subtle" onClick={() => put([])}>
          Clear
        </Button>
      )}
    </div>
  )
}
