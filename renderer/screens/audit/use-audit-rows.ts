import { useRef, useState } from 'react'
import { client, type Input, type Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import type { AuditRow } from '../../parts/audit-sentences.ts'

export type AuditFilter = Omit<Input<'audit.list'>, 'sort' | 'order' | 'after' | 'limit'>
export type AuditOrder = Pick<Input<'audit.list'>, 'sort' | 'order'>
type Place = Output<'audit.list'>['next']

const pageRows = 200

/** The list page by page: the first by the filter, the next ones as the end comes into sight. */
export function useAuditRows(filter: AuditFilter, order: AuditOrder) {
  const first = useQuery('audit.list', { ...filter, ...order, after: null, limit: pageRows })
  const [later, setLater] = useState<{
    readonly of: unknown
    readonly rows: readonly AuditRow[]
    readonly next: Place
  } | null>(null)
  const isAsking = useRef(false)
  // Pages belong to the answer they follow: a new filter or a new first page starts anew.
  const fitting = later !== null && later.of === first.value ? later : null
  const next = fitting ? fitting.next : (first.value?.next ?? null)
  const rows = [...(first.value?.rows ?? []), ...(fitting?.rows ?? [])]

  async function loadMore() {
    if (next === null || isAsking.current) return
    isAsking.current = true
    const of = first.value
    const reply = await client
      .call('audit.list', { ...filter, ...order, after: next, limit: pageRows })
      .catch(() => null)
    isAsking.current = false
    if (!reply?.ok) return
    setLater({ of, rows: [...(fitting?.rows ?? []), ...reply.value.rows], next: reply.value.next })
  }

  return {
    rows,
    hasMore: next !== null,
    isLoading: first.isLoading,
    sees: first.value?.sees ?? null,
    refusal: first.refusal,
    loadMore: () => void loadMore(),
    readAgain: first.refetch,
  }
}
