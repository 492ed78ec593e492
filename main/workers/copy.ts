import { copyStore } from '../../db/copy.ts'
import { work } from '../app/worker-side.ts'

work<{ storePath: string; key: string; folder: string }>((input, tools) =>
  copyStore({ ...input, key: Buffer.from(input.key, 'hex') }, (phase) => tools.progress(0, null, phase)),
)
