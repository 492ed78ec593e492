import { describe, expect, it } from 'vitest'
import type { PresetRow } from '../../shared/domain/session-preset.ts'
import type { SessionPresetId } from '../../shared/kernel/ids.ts'
import { auditedBy } from '../support/audit-rows.ts'
import { newClinic } from '../support/clinic.ts'
import { auditOf } from '../support/course.ts'
import { wire } from '../support/screening.ts'

const cheek: PresetRow = {
  zone: 'CHEEK_ANT',
  side: 'L',
  indication: 'ACNE_SCAR',
  depthUm: 1500,
  technique: 'GLIDE',
  passes: [['V', 'H'], ['OR']],
  endpoint: 'PINPOINT',
  speed: 100,
}
const cheeks = { name: 'Acne scars, cheeks', rows: wire([cheek, { ...cheek, side: 'R' }]) }

async function presetClinic() {
  const clinic = await newClinic()
  const { window: lena } = await clinic.hire(['aesthetician'])
  const { window: okafor } = await clinic.hire(['physician'])
  const { window: desk } = await clinic.hire(['frontDesk'])
  return { clinic, greta: clinic.manager, lena, okafor, desk }
}

describe('a preset for sessions', () => {
  it('is made by a physician, and read by whoever treats and by the manager', async () => {
    const { clinic, greta, lena, okafor, desk } = await presetClinic()
    expect(await lena.code('sessionPreset.create', cheeks)).toBe('DENIED')
    expect(await greta.code('sessionPreset.create', cheeks)).toBe('DENIED')
    const rows = await auditedBy(clinic.app, () => okafor.must('sessionPreset.create', cheeks))
    expect(rows.map(({ action, outcome }) => [action, outcome])).toEqual([['sessionPreset.create', 'DONE']])
    for (const window of [lena, okafor, greta]) {
      expect(await window.must('sessionPreset.list', {})).toMatchObject({
        limits: { ceilingUm: 3500, isOrbitalEnabled: false },
        presets: [{ ...cheeks, state: 'IN_USE', version: 1 }],
      })
    }
    expect(await desk.code('sessionPreset.list', {})).toBe('DENIED')
    expect(await lena.code('sessionPreset.list', { all: true })).toBe('INVALID_INPUT')
  })

  it('cannot carry what happens in a session', async () => {
    const { okafor } = await presetClinic()
    const create = (row: object) =>
      okafor.code('sessionPreset.create', { ...cheeks, rows: wire([{ ...cheek, ...row }]) })
    expect(await create({ endpointAfter: 'PINPOINT' })).toBe('INVALID_INPUT')
    expect(await create({ endpoint: 'FRANK_BLEEDING' })).toBe('INVALID_INPUT')
    expect(await create({ cartridge: 'c1' })).toBe('INVALID_INPUT')
    expect(await create({ stopReason: 'ENDPOINT' })).toBe('INVALID_INPUT')
    expect(await okafor.code('sessionPreset.create', { ...cheeks, name: ' ' })).toBe('INVALID_INPUT')
    expect(await create({ depthUm: 3600 })).toBe('PRESET_FAULTY')
    expect(await okafor.code('sessionPreset.create', { name: 'Empty', rows: [] })).toBe('PRESET_FAULTY')
  })

  it('has a name of its own while it is in use', async () => {
    const { okafor } = await presetClinic()
    const { presetId, version } = await okafor.must('sessionPreset.create', cheeks)
    const again = { ...cheeks, name: '  acne   SCARS, cheeks ' }
    expect(await okafor.code('sessionPreset.create', again)).toBe('PRESET_NAME_TAKEN')
    const other = await okafor.must('sessionPreset.create', { ...cheeks, name: 'Fine lines' })
    expect(await okafor.code('sessionPreset.change', { ...again, ...other })).toBe('PRESET_NAME_TAKEN')
    expect(await okafor.must('sessionPreset.change', { ...again, presetId, version })).toMatchObject({ version: 2 })
    await okafor.must('sessionPreset.retire', { presetId, version: 2 })
    expect(await okafor.code('sessionPreset.create', cheeks)).toBe('ok')
  })

  it('is changed and taken out of use with the version that was seen, and stays readable', async () => {
    const { clinic, lena, okafor } = await presetClinic()
    const { presetId, version } = await okafor.must('sessionPreset.create', cheeks)
    const changed = { presetId, version, name: 'Cheeks', rows: wire([cheek]) }
    expect(await lena.code('sessionPreset.change', changed)).toBe('DENIED')
    expect(await lena.code('sessionPreset.retire', { presetId, version })).toBe('DENIED')
    expect(await okafor.code('sessionPreset.change', { ...changed, rows: [] })).toBe('PRESET_FAULTY')
    expect(await okafor.must('sessionPreset.change', changed)).toEqual({ presetId, version: 2 })
    expect(await okafor.code('sessionPreset.change', changed)).toBe('CONFLICT')
    expect(await okafor.code('sessionPreset.retire', { presetId, version })).toBe('CONFLICT')
    expect(await okafor.code('sessionPreset.retire', { presetId, version: 0 })).toBe('INVALID_INPUT')
    await okafor.must('sessionPreset.retire', { presetId, version: 2 })
    expect(await okafor.code('sessionPreset.retire', { presetId, version: 3 })).toBe('PRESET_RETIRED')
    expect(await okafor.code('sessionPreset.change', { ...changed, version: 3 })).toBe('PRESET_RETIRED')
    const nobody = clinic.host.newId() as SessionPresetId
    expect(await okafor.code('sessionPreset.change', { ...changed, presetId: nobody })).toBe('NOT_FOUND')
    expect(await okafor.code('sessionPreset.retire', { presetId: nobody, version: 1 })).toBe('NOT_FOUND')
    expect(await lena.must('sessionPreset.list', {})).toMatchObject({
      presets: [{ name: 'Cheeks', state: 'RETIRED', version: 3 }],
    })
    expect(await auditOf(clinic, presetId)).toEqual([
      'sessionPreset.create physician DONE',
      'sessionPreset.change physician DONE',
      'sessionPreset.retire physician DONE',
    ])
  })
})
