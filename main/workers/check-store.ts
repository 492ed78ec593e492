import { quickCheck } from '../../db/quick-check.ts'
import { WorkFault, work } from '../app/worker-side.ts'

export type CheckWork = { readonly path: string; readonly key: string }

work<CheckWork>(({ path, key }, tools) =>
  quickCheck(path, Buffer.from(key, 'hex'), (done, total) => {
    if (tools.stopAsked()) throw new WorkFault('CANCELLED')
    tools.progress(done, total, 'CHECKING')
  }),
)
