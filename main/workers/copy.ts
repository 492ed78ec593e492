import { copyStore } from '../../db/copy.ts'
import { WorkFault, work } from '../app/worker-side.ts'

work<{ storePath: string; key: string; folder: string }>((input, tools) =>
  copyStore({ ...input, key: Buffer.from(input.key, 'hex') }, (phase) => {
    // Between two phases the half-made copy can still be taken back.
    if (tools.stopAsked()) throw new WorkFault('CANCELLED')
    tools.progress(0, null, phase)
  }),
)
