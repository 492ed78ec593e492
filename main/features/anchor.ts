import type { contract } from '../../shared/contract/index.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { Handlers } from '../app/context.ts'
import { endHold, holdText } from '../app/hold.ts'

export const anchorHandlers = {
  accept: async (context, input) => {
    const { open } = context.services.storeLife
    const { hold } = open
    if (!hold) return refuse('NOTHING_HELD')
    if (context.reauthenticatedBy !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
    if (input.missing !== hold.missing) return refuse('COUNT_DIFFERS')
    const epoch = await endHold(context.trx, hold)
    context.audit({ action: 'anchor.accept', subject: 'store', subjectId: `${epoch}`, reason: holdText(hold) })
    context.afterCommit(() => {
      open.hold = null
      for (const window of context.services.connections) context.services.publishState(window)
    })
    return accept({})
  },
} satisfies Handlers<typeof contract.anchor>
