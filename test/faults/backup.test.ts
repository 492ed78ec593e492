import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { endOfJob, makeCopy } from '../support/backup.ts'
import { newClinic } from '../support/clinic.ts'

// What fails while a copy is made, and what is none: test/db/copy.test.ts (F40), test/app/restore.test.ts (F41, F42),
// test/db/restore-swap.test.ts (F42). `npm run faults` kills the program in the middle of them.

test.for([
  "Dr Okafor's stick",
  'copies; rm -rf .',
  '$(reboot) `reboot`',
  'two\nlines',
  'per cent %s %00 ?mode=memory',
  'Kopien für „später“',
  'x'.repeat(200),
])('F40 a backup goes into a folder that is called "%s", and nowhere else', async (name) => {
  const clinic = await newClinic()
  const folder = join(clinic.folder, name)
  mkdirSync(folder)
  const before = readdirSync(clinic.folder)
  if (/\n/.test(name)) {
    // A path is one line of text; the door says so before anything is written.
    expect(await clinic.manager.code('backup.makeCopy', { folder })).toBe('INVALID_INPUT')
    expect(readdirSync(folder)).toEqual([])
    return
  }
  const copy = await makeCopy(clinic.manager, folder)
  expect(readdirSync(copy).sort()).toEqual(['files', 'keyring.json', 'manifest.json', 'store.db'])
  expect(readdirSync(clinic.folder)).toEqual(before)
  const { jobId } = await clinic.manager.must('restore.check', { folder: copy })
  expect(await endOfJob(clinic.manager, jobId)).toMatchObject({ kind: 'DONE' })
})
