import { salvageStore } from '../../db/dialects/sqlite-salvage.ts'
import { WorkFault, work } from '../app/worker-side.ts'

export type SalvageWork = { readonly from: string; readonly to: string; readonly key: string }

work<SalvageWork>(({ from, to, key }, tools) =>
  salvageStore({ from, to, key: Buffer.from(key, 'hex') }, (done, total) => {
    if (tools.stopAsked()) throw new WorkFault('CANCELLED')
    tools.progress(done, total, 'SALVAGING')
  }),
)
