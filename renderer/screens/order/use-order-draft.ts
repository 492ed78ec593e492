import { useCallback, useEffect, useRef, useState } from 'react'
import type { OrderDraft } from '../../../shared/domain/order-draft.ts'
import type { OrderId, PatientId } from '../../../shared/kernel/ids.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { client, type Input } from '../../client/client.ts'
import { usePendingSave } from '../../client/pending-saves.ts'

const saveAfterMs = 500
const retryAfterMs = 3000

export type DraftSaving = 'saved' | 'saving' | 'unsaved'

type Opened = {
  readonly patientId: PatientId
  readonly orderId: OrderId
  readonly draftVersion: number
  readonly draft: OrderDraft
}

/**
 * An order while it is written: what was typed is in the store within a second. Saves go one after the other, each
 * naming the one before it, so a second person's save is noticed instead of overwritten.
 */
export function useOrderDraft({ patientId, orderId, draftVersion, draft: opened }: Opened) {
  const [draft, setDraft] = useState(opened)
  const [saving, setSaving] = useState<DraftSaving>('saved')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const newest = useRef(opened)
  const stored = useRef({ draft: opened, version: draftVersion })
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const isHere = useRef(true)

  const saveOnce = useCallback(
    async (wanted: OrderDraft): Promise<boolean> => {
      setSaving('saving')
      // The contract's input is mutable where the domain's type is not.
      const input = {
        patientId,
        orderId,
        draftVersion: stored.current.version,
        draft: wanted,
      } as Input<'order.saveDraft'>
      const reply = await client
        .call('order.saveDraft', input)
        .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
      if (!reply.ok) {
        setRefusal(reply.refusal)
        setSaving('unsaved')
        return false
      }
      stored.current = { draft: wanted, version: reply.value.draftVersion }
      setRefusal(null)
      setSaving(newest.current === wanted ? 'saved' : 'unsaved')
      return true
    },
    [patientId, orderId],
  )

  /** Saves until nothing newer is left; false where the store refused. */
  const flush = useCallback(async (): Promise<boolean> => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    running.current ??= (async () => {
      let isSaved = true
      while (isSaved && newest.current !== stored.current.draft) isSaved = await saveOnce(newest.current)
      return isSaved
    })().finally(() => {
      running.current = null
    })
    const isSaved = await running.current
    // What was refused may only have been the moment: a full disk, a program that was busy.
    if (!isSaved && isHere.current) timer.current = setTimeout(() => void flush(), retryAfterMs)
    return isSaved
  }, [saveOnce])

  const change = useCallback(
    (part: Partial<OrderDraft>) => {
      newest.current = { ...newest.current, ...part }
      setDraft(newest.current)
      setSaving('unsaved')
      if (timer.current) clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), saveAfterMs)
    },
    [flush],
  )

  usePendingSave(flush)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
      if (timer.current) clearTimeout(timer.current)
    }
  }, [])

  return { draft, change, flush, saving, refusal, version: () => stored.current.version }
}
