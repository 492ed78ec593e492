import { rmSync } from 'node:fs'
import { takeCopy } from '../../db/copy-restore.ts'
import { keysOfWorker, type WorkerKeys } from '../app/backup-work.ts'
import { WorkFault, work } from '../app/worker-side.ts'

export type TakeWork = {
  readonly from: string
  readonly to: string
  readonly keys: WorkerKeys
  readonly storeId: string | null
  /** The drill leaves nothing behind: what it restored and proved is removed again. */
  readonly isDrill: boolean
}

work<TakeWork>(async ({ keys, isDrill, ...input }, tools) => {
  const { manifest, checked } = await takeCopy({ ...input, keys: keysOfWorker(keys) }, (phase, done, total) => {
    if (tools.stopAsked()) throw new WorkFault('CANCELLED')
    tools.progress(done, total, phase)
  })
  if (isDrill) rmSync(input.to, { recursive: true, force: true })
  const { fileNames: _names, ...facts } = checked
  return { madeAt: manifest.madeAt, reason: manifest.reason, files: manifest.files.length, ...facts }
})
