import { keepPreviousData, useQuery as useTanstackQuery } from '@tanstack/react-query'
import type { Refusal } from '../../shared/kernel/result.ts'
import { type Code, client, type Input, type Output, type QueryName } from './client.ts'
import { savesOnTheWay } from './pending-saves.ts'

export type QueryState<P extends QueryName> = {
  /** Undefined while nothing has arrived yet. */
  readonly value: Output<P> | undefined
  readonly refusal: Refusal<Code<P>> | null
  readonly isLoading: boolean
  refetch(): void
}

type Options = {
  readonly isEnabled?: boolean
  /** Subjects whose change makes this answer stale, besides the feature's own. */
  readonly dependsOn?: readonly string[]
  /** Keeps the last answer on screen while the input changes. Never across patients: another one's data must not show. */
  readonly keepPrevious?: boolean
  /** A form is filled from the answer: whoever comes back to it reads the store anew, after what they typed was saved. */
  readonly isForm?: boolean
}

/** Reads from main; asks again when main says that a subject it depends on has changed. */
export function useQuery<P extends QueryName>(name: P, input: Input<P>, options: Options = {}): QueryState<P> {
  const { isEnabled = true, dependsOn = [], keepPrevious = false, isForm = false } = options
  const query = useTanstackQuery<Output<P>, RefusedError<P>>({
    queryKey: [name, input, dependsOn],
    queryFn: async () => {
      if (isForm) await savesOnTheWay()
      const reply = await client
        .call(name, input)
        .catch((): { ok: false; refusal: Refusal<Code<P>> } => ({ ok: false, refusal: { code: 'UNREACHABLE' } }))
      if (!reply.ok) throw new RefusedError<P>(reply.refusal as Refusal<Code<P>>)
      return reply.value as Output<P>
    },
    enabled: isEnabled,
    ...(isForm ? { gcTime: 0 } : {}),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  })
  return {
    value: query.data as Output<P> | undefined,
    refusal: query.error ? query.error.refusal : null,
    isLoading: query.isLoading,
    refetch: () => void query.refetch(),
  }
}

class RefusedError<P extends QueryName> extends Error {
  readonly refusal: Refusal<Code<P>>
  constructor(refusal: Refusal<Code<P>>) {
    super(refusal.code)
    this.refusal = refusal
  }
}
