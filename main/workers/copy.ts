import { copyStore } from '../../db/copy.ts'
import { type CopyWork, keysOfWorker } from '../app/backup-work.ts'
import { WorkFault, work } from '../app/worker-side.ts'

work<CopyWork>((input, tools) =>
  copyStore({ ...input, keys: keysOfWorker(input.keys) }, (phase, done, total) => {
    // Until it is named, the half-made copy can still be taken back.
    if (tools.stopAsked()) throw new WorkFault('CANCELLED')
    tools.progress(done, total, phase)
  }),
)
