import { type KnownRow, verifyAudit } from '../../db/audit/verify.ts'
import { openStore } from '../../db/open.ts'
import { countAuditRows } from '../../db/queries/audit.ts'
import { WorkFault, work } from '../app/worker-side.ts'

work<{ storePath: string; key: string; auditKey: string; anchored: KnownRow | null }>(async (input, tools) => {
  const store = openStore({
    path: input.storePath,
    key: Buffer.from(input.key, 'hex'),
    busyTimeoutMs: 5000,
    cacheMb: 16,
  })
  try {
    const total = await countAuditRows(store.db)
    return await verifyAudit(store.db, Buffer.from(input.auditKey, 'hex'), {
      known: input.anchored,
      onProgress: (rows) => {
        if (tools.stopAsked()) throw new WorkFault('CANCELLED')
        tools.progress(rows, Math.max(total, rows), 'CHECKING')
      },
    })
  } finally {
    // Only the driver: the checkpoint of a full close is main's to make.
    store.driver.close()
  }
})
