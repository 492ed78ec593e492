import { useCallback, useRef, useState } from 'react'
import type { PolicyId } from '../../../shared/kernel/ids.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { client } from '../../client/client.ts'
import { usePendingSave } from '../../client/pending-saves.ts'
import type { PolicyText } from './policy-body.ts'
import { findOpenRange } from './policy-ranges.ts'

const saveAfterMs = 600

export type DraftSaving = 'saved' | 'saving' | 'unsaved'

/**
 * The text of a policy draft while it is edited: what was typed is in the store within a second. Saves go one after the
 * other, each naming the one before it, so a second person's save is noticed instead of overwritten.
 */
export function usePolicyDraft(opened: {
  readonly policyId: PolicyId
  readonly draftVersion: number
  readonly text: PolicyText
}) {
  const [text, setText] = useState(opened.text)
  const [saving, setSaving] = useState<DraftSaving>('saved')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const newest = useRef(opened.text)
  const stored = useRef({ text: opened.text, version: opened.draftVersion })
  const running = useRef<Promise<boolean> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const { policyId } = opened

  /** Saves until nothing newer is left; false when the store refused. */
  const flush = useCallback(async (): Promise<boolean> => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    running.current ??= saveAll().finally(() => {
      running.current = null
    })
    return running.current

    async function saveAll(): Promise<boolean> {
      while (newest.current !== stored.current.text) {
        // A range that begins above its end cannot be stored; the field says so and the rest waits for it.
        if (findOpenRange(newest.current) !== null) return false
        if (!(await saveOnce(newest.current))) return false
      }
      return true
    }

    async function saveOnce(body: PolicyText): Promise<boolean> {
      setSaving('saving')
      const reply = await client
        .call('policy.saveDraft', { policyId, draftVersion: stored.current.version, body })
        .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
      if (!reply.ok) {
        setRefusal(reply.refusal)
        setSaving('unsaved')
        return false
      }
      stored.current = { text: body, version: reply.value.draftVersion }
      setRefusal(null)
      setSaving(newest.current === body ? 'saved' : 'unsaved')
      return true
    }
  }, [policyId])

  const change = useCallback(
    (next: PolicyText) => {
      newest.current = next
      setText(next)
      setSaving('unsaved')
      if (timer.current) clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), saveAfterMs)
    },
    [flush],
  )

  usePendingSave(flush)

  return { text, change, saving, refusal, flush, version: () => stored.current.version }
}
