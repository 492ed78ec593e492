import { useCallback, useRef, useState } from 'react'
import type { Refusal } from '../../shared/kernel/result.ts'
import { type Code, type CommandName, client, type Input, newKey, type Output } from './client.ts'

export type CommandReply<P extends CommandName> =
  | { readonly ok: true; readonly value: Output<P> }
  | { readonly ok: false; readonly refusal: Refusal<Code<P>> }

export type Command<P extends CommandName> = {
  run(input: Input<P>): Promise<CommandReply<P>>
  readonly isRunning: boolean
  readonly refusal: Refusal<Code<P>> | null
  reset(): void
}

/**
 * Changes something in main. One idempotency key per form: it is made when the form opens and anew after a success, so a
 * second click while the first is on its way, or a repeat after a lost reply, adds nothing.
 */
export function useCommand<P extends CommandName>(name: P): Command<P> {
  const key = useRef<string | null>(null)
  const [isRunning, setRunning] = useState(false)
  const [refusal, setRefusal] = useState<Refusal<Code<P>> | null>(null)

  const run = useCallback(
    async (input: Input<P>): Promise<CommandReply<P>> => {
      key.current ??= newKey()
      setRunning(true)
      setRefusal(null)
      const reply = (await client
        .call(name, input, key.current)
        .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))) as CommandReply<P>
      setRunning(false)
      if (reply.ok) key.current = null
      else {
        if (reply.refusal.code === 'KEY_REUSED') key.current = null
        setRefusal(reply.refusal)
      }
      return reply
    },
    [name],
  )

  return { run, isRunning, refusal, reset: useCallback(() => setRefusal(null), []) }
}
