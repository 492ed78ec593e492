import { useCallback, useEffect, useRef, useState } from 'react'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import type { ReturnReply } from '../../../shared/domain/sign-off.ts'
import type { PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { client, type Input, newKey } from '../../client/client.ts'
import { usePendingSave } from '../../client/pending-saves.ts'

const saveAfterMs = 400
const retryAfterMs = 3000

export type Saving = 'saved' | 'saving' | 'unsaved'

type WireDraft = Input<'session.save'>['draft']

export type SessionText = { readonly draft: SessionDraft; readonly replies: readonly ReturnReply[] }

/**
 * What is typed, in the store within a second of each touch: one save at a time, each naming the one before it, the
 * newest text last. A text that somebody saved over from another window is not sent again: `isOvertaken`.
 */
export function useSessionDraft({
  patientId,
  sessionId,
  initial,
  initialVersion,
}: {
  readonly patientId: PatientId
  readonly sessionId: SessionId
  readonly initial: SessionText
  readonly initialVersion: number
}) {
  const [text, setText] = useState(initial)
  const [saving, setSaving] = useState<Saving>('saved')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const newest = useRef(initial)
  const stored = useRef({ text: initial, version: initialVersion })
  const running = useRef<Promise<number | null> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const isOvertaken = refusal?.code === 'CONFLICT'

  const saveOnce = useCallback(async (): Promise<number | null> => {
    const wanted = newest.current
    setSaving('saving')
    const reply = await client
      .call(
        'session.save',
        {
          patientId,
          sessionId,
          draftVersion: stored.current.version,
          // The domain's draft is the wire's, only readonly.
          draft: wanted.draft as WireDraft,
          replies: [...wanted.replies],
        },
        newKey(),
      )
      .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
    if (!reply.ok) {
      setRefusal(reply.refusal)
      setSaving('unsaved')
      return null
    }
    stored.current = { text: wanted, version: reply.value.draftVersion }
    setRefusal(null)
    setSaving(newest.current === wanted ? 'saved' : 'unsaved')
    return reply.value.draftVersion
  }, [patientId, sessionId])

  /** The number of the save that holds everything typed so far; null where it could not be saved. */
  const flush = useCallback(async (): Promise<number | null> => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    running.current ??= (async () => {
      let version: number | null = stored.current.version
      while (version !== null && newest.current !== stored.current.text) version = await saveOnce()
      return version
    })().finally(() => {
      running.current = null
    })
    const version = await running.current
    if (version !== null && newest.current !== stored.current.text) return flush()
    return version
  }, [saveOnce])

  const changeText = useCallback(
    (update: (before: SessionText) => SessionText) => {
      newest.current = update(newest.current)
      setText(newest.current)
      setSaving('unsaved')
      if (timer.current) clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), saveAfterMs)
    },
    [flush],
  )

  const change = useCallback(
    (update: (before: SessionDraft) => SessionDraft) =>
      changeText((before) => ({ ...before, draft: update(before.draft) })),
    [changeText],
  )
  const set = useCallback((part: Partial<SessionDraft>) => change((before) => ({ ...before, ...part })), [change])
  const setReplies = useCallback(
    (replies: readonly ReturnReply[]) => changeText((before) => ({ ...before, replies })),
    [changeText],
  )

  // A full disk or a busy program may be over in a moment; a text saved elsewhere is not.
  useEffect(() => {
    if (saving !== 'unsaved' || refusal === null || isOvertaken) return
    const again = setTimeout(() => void flush(), retryAfterMs)
    return () => clearTimeout(again)
  }, [saving, refusal, isOvertaken, flush])

  usePendingSave(flush)

  return { ...text, change, set, setReplies, flush, saving, refusal, isOvertaken }
}
