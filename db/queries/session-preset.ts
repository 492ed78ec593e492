import type { PresetRow, PresetState, SessionPreset } from '../../shared/domain/session-preset.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import type { SessionPresetId, StaffId } from '../../shared/kernel/ids.ts'
import type { Instant } from '../../shared/kernel/time.ts'
import type { Reader, Trx } from '../open.ts'
import { change, insertRow, many, one } from '../records.ts'
import type { SessionPresetTable } from '../tables/session-preset.ts'

type StoredPreset = SessionPreset & {
  readonly presetId: SessionPresetId
  readonly version: number
  readonly state: PresetState
  readonly updatedAt: Instant
  readonly updatedBy: StaffId
}

type Saving = { readonly preset: SessionPreset; readonly at: Instant; readonly by: StaffId }

/** Those in use first, each group by name; at most 200. */
export async function selectPresets(reader: Reader): Promise<readonly StoredPreset[]> {
  const rows = await many<SessionPresetTable>(
    reader,
    "select * from session_preset order by case state when 'IN_USE' then 0 else 1 end, name_key, id limit 200",
  )
  return rows.map(rowToPreset)
}

export async function selectPreset(reader: Reader, presetId: SessionPresetId): Promise<StoredPreset | null> {
  const row = await one<SessionPresetTable>(reader, 'select * from session_preset where id = ?', [presetId])
  return row ? rowToPreset(row) : null
}

/** True where another preset in use has this name, in whatever spelling of case and spaces. */
export async function isPresetNameTaken(
  reader: Reader,
  { name, except }: { readonly name: string; readonly except: SessionPresetId | null },
): Promise<boolean> {
  const row = await one(
    reader,
    "select 1 as found from session_preset where name_key = ? and state = 'IN_USE' and id <> ?",
    [nameKey(name), except ?? ''],
  )
  return row !== null
}

export async function insertPreset(
  trx: Trx,
  { presetId, preset, at, by }: Saving & { readonly presetId: SessionPresetId },
): Promise<void> {
  await insertRow(trx, 'session_preset', {
    id: presetId,
    version: 1,
    state: 'IN_USE',
    ...columnsOf(preset),
    created_at: at,
    created_by: by,
    updated_at: at,
    updated_by: by,
  })
}

/** False where somebody saved in between, or the preset is retired. */
export async function updatePreset(
  trx: Trx,
  { presetId, version, preset, at, by }: Saving & { readonly presetId: SessionPresetId; readonly version: number },
): Promise<boolean> {
  const { name, name_key, zones } = columnsOf(preset)
  const changed = await change(
    trx,
    "update session_preset set name = ?, name_key = ?, zones = ?, version = version + 1, updated_at = ?, updated_by = ? where id = ? and version = ? and state = 'IN_USE'",
    [name, name_key, zones, at, by, presetId, version],
  )
  return changed === 1
}

export async function retirePreset(
  trx: Trx,
  {
    presetId,
    version,
    at,
    by,
  }: Omit<Saving, 'preset'> & { readonly presetId: SessionPresetId; readonly version: number },
): Promise<boolean> {
  const changed = await change(
    trx,
    "update session_preset set state = 'RETIRED', version = version + 1, updated_at = ?, updated_by = ? where id = ? and version = ? and state = 'IN_USE'",
    [at, by, presetId, version],
  )
  return changed === 1
}

function columnsOf({ name, rows }: SessionPreset) {
  return { name: name.trim().replace(/\s+/gu, ' '), name_key: nameKey(name), zones: canonicalJson(rows) }
}

function nameKey(name: string): string {
  return name.trim().replace(/\s+/gu, ' ').toLowerCase()
}

function rowToPreset(row: SessionPresetTable): StoredPreset {
  return {
    presetId: row.id,
    version: row.version,
    state: row.state,
    name: row.name,
    // Written by this program from parsed rows.
    rows: JSON.parse(row.zones) as readonly PresetRow[],
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}
