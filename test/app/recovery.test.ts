import { expect, it } from 'vitest'
import { newClinic, openWindow } from '../support/clinic.ts'

// What follows damage stands with the faults: test/faults/store.test.ts.
it('has nothing to salvage, keep or open while the records are whole, whoever asks', async () => {
  const clinic = await newClinic()
  const { window: desk } = await clinic.hire(['frontDesk'])
  for (const window of [clinic.manager, desk, openWindow(clinic.app)]) {
    expect(await window.must('recovery.state', {})).toEqual({ newest: null, canSalvage: false, salvaged: null })
    expect(await window.code('recovery.salvage', {})).toBe('NOTHING_TO_SALVAGE')
    expect(await window.code('recovery.openSalvaged', {})).toBe('NOT_SALVAGED')
    expect(await window.code('recovery.keepCopy', { folder: clinic.folder })).toBe('NOTHING_TO_KEEP')
    expect(await window.code('recovery.keepCopy', { folder: '' })).toBe('INVALID_INPUT')
    expect(await window.code('clinic.lookAgain', {})).toBe('NOTHING_TO_LOOK_FOR')
  }
})
