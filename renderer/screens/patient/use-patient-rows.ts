import { useRef, useState } from 'react'
import type { PatientStatus } from '../../../shared/domain/patient.ts'
import { client, type Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'

type Page = Output<'patient.list'>
export type PatientRow = Page['patients'][number]

const pageRows = 100

/** The list page by page: the next one as the end comes into sight. */
export function usePatientRows(status: PatientStatus) {
  const first = useQuery(
    'patient.list',
    { status, after: null, limit: pageRows },
    { dependsOn: ['visit'], keepPrevious: true },
  )
  const [later, setLater] = useState<{
    readonly of: unknown
    readonly rows: readonly PatientRow[]
    readonly next: Page['next']
  } | null>(null)
  const isAsking = useRef(false)
  // Pages belong to the answer they follow: when something changed the list begins anew.
  const fitting = later !== null && later.of === first.value ? later : null
  const next = fitting ? fitting.next : (first.value?.next ?? null)
  const rows = [...(first.value?.patients ?? []), ...(fitting?.rows ?? [])]

  async function loadMore() {
    if (next === null || isAsking.current) return
    isAsking.current = true
    const of = first.value
    const reply = await client.call('patient.list', { status, after: next, limit: pageRows }).catch(() => null)
    isAsking.current = false
    if (!reply?.ok) return
    setLater({ of, rows: [...(fitting?.rows ?? []), ...reply.value.patients], next: reply.value.next })
  }

  return {
    rows,
    counts: first.value?.counts ?? null,
    isLoading: first.isLoading,
    refusal: first.refusal,
    loadMore: () => void loadMore(),
  }
}
