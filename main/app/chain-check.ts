import type { ChainReport } from '../../db/audit/verify.ts'
import { keepWhole } from './chain-standing.ts'
import type { Connection } from './connection.ts'
import type { Services } from './services.ts'
import { startWorkerJob } from './worker-job.ts'

/** Follows the whole audit in a worker; progress and end are told as a job, the end is audited and kept. */
export function startChainCheck(services: Services, connection: Connection, jobId: string): void {
  const { store, auditKey, anchored } = services.storeLife.open
  startWorkerJob(services, connection, {
    jobId,
    worker: 'verify-audit',
    input: {
      storePath: store.path,
      key: services.storeLife.key.toString('hex'),
      auditKey: auditKey.toString('hex'),
      anchored: anchored && { seq: anchored.seq, hash: anchored.hash },
    },
    phase: 'CHECKING',
    onDone: async (trx, report) => {
      await keepWhole(trx, report as ChainReport, services.host.now())
      const reason = (report as ChainReport).state
      return [{ action: 'audit.verified', subject: 'audit', subjectId: jobId, reason }]
    },
    describe: (report) => ({ of: 'AUDIT_CHAIN', ...(report as object) }),
    touches: ['audit'],
  })
}
