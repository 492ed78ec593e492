import type { contract } from '../../shared/contract/index.ts'
import { traceProblem } from '../../shared/domain/recall.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'
import { affectedPatients, runTrace, viewerOf } from '../app/trace.ts'

type LookBackContract = typeof contract.lookBack

export const lookBackHandlers = {
  search: async (context, exposure) => {
    const criteria = { kind: 'EXPOSURE', ...exposure } as const
    const problem = traceProblem(criteria)
    if (problem) return refuse(problem)
    const trace = await runTrace(context.reader, criteria, context.today)
    const patients = await affectedPatients(context.reader, trace.hits, viewerOf(context))
    context.audit({ action: 'lookBack.search', subject: 'recall', reason: `${patients.length} patients` })
    return accept({ readAs: null, stock: [], patients, isCut: trace.isCut })
  },
} satisfies Handlers<LookBackContract>
