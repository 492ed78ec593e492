import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  insertPreset,
  isPresetNameTaken,
  retirePreset,
  selectPreset,
  updatePreset,
} from '../../db/queries/session-preset.ts'
import { change } from '../../db/records.ts'
import type { SessionPreset } from '../../shared/domain/session-preset.ts'
import type { SessionPresetId } from '../../shared/kernel/ids.ts'
import { addStaff, newStore, storeNow } from '../support/store.ts'

const row = { indication: null, depthUm: 500, technique: null, passes: [['V' as const]], endpoint: null, speed: null }
const preset: SessionPreset = { name: 'Glow', rows: [{ zone: 'FOREHEAD', side: 'M', ...row }] }

async function presetStore() {
  const store = await newStore()
  const by = await addStaff(store)
  const presetId = randomUUID() as SessionPresetId
  await store.write((trx) => insertPreset(trx, { presetId, preset, at: storeNow, by }))
  return { write: store.write, reader: store.store.db, by, presetId }
}

describe('presets in the store', () => {
  it('keep their rows, count their versions and are never deleted', async () => {
    const { reader, write, by, presetId } = await presetStore()
    expect(await selectPreset(reader, presetId)).toMatchObject({ ...preset, version: 1, state: 'IN_USE' })
    const saving = { presetId, version: 1, preset: { ...preset, name: 'Glow, short' }, at: storeNow, by }
    expect(await write((trx) => updatePreset(trx, saving))).toBe(true)
    expect(await write((trx) => updatePreset(trx, saving))).toBe(false)
    await expect(write((trx) => change(trx, 'delete from session_preset'))).rejects.toThrow('never deleted')
  })

  it('share no name while they are in use, in whatever spelling', async () => {
    const { reader, write, by, presetId } = await presetStore()
    const twin = { presetId: randomUUID() as SessionPresetId, preset: { ...preset, name: ' GLOW ' }, at: storeNow, by }
    expect(await isPresetNameTaken(reader, { name: ' gLOW', except: null })).toBe(true)
    expect(await isPresetNameTaken(reader, { name: 'Glow', except: presetId })).toBe(false)
    await expect(write((trx) => insertPreset(trx, twin))).rejects.toThrow('UNIQUE')
    await write((trx) => retirePreset(trx, { presetId, version: 1, at: storeNow, by }))
    await write((trx) => insertPreset(trx, twin))
  })

  it('stay as they were once they are out of use', async () => {
    const { write, by, presetId } = await presetStore()
    await write((trx) => retirePreset(trx, { presetId, version: 1, at: storeNow, by }))
    await expect(write((trx) => change(trx, "update session_preset set name = 'Other'"))).rejects.toThrow(
      'retired_stays',
    )
    await expect(write((trx) => change(trx, "update session_preset set state = 'IN_USE'"))).rejects.toThrow()
    await expect(
      write((trx) => change(trx, "update session_preset set zones = '[]' where state = 'IN_USE'")),
    ).resolves.toBe(0)
  })

  it('have at least one zone', async () => {
    const { write, by } = await presetStore()
    const empty = { presetId: randomUUID() as SessionPresetId, preset: { name: 'Empty', rows: [] }, at: storeNow, by }
    await expect(write((trx) => insertPreset(trx, empty))).rejects.toThrow('CHECK')
  })
})
