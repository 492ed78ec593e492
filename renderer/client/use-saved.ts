import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../../shared/kernel/result.ts'
import { usePendingSave } from './pending-saves.ts'

const saveAfterMs = 500
const retryAfterMs = 3000

export type Saving = 'saved' | 'saving' | 'unsaved'

type SaveReply<Reply> = { readonly ok: true; readonly value: Reply } | { readonly ok: false; readonly refusal: Refusal }

type Options<Value, Reply> = {
  readonly initial: Value
  readonly version: number
  readonly save: (value: Value, version: number) => Promise<SaveReply<Reply>>
}

/**
 * A form that is in the store within a second of each touch: one save at a time, each naming the one before it, the
 * newest state last. `flush` saves what is left, and once more where nothing is; it gives main's reply, or null where
 * the save was refused.
 */
export function useSaved<Value, Reply extends { readonly version: number }>(options: Options<Value, Reply>) {
  const [value, setValue] = useState(options.initial)
  const [saving, setSaving] = useState<Saving>('saved')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [reply, setReply] = useState<Reply | null>(null)
  const newest = useRef(options.initial)
  const stored = useRef({ value: options.initial, version: options.version })
  const running = useRef<Promise<Reply | null> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const isAsked = useRef(false)
  const isHere = useRef(true)
  const send = useRef(options.save)
  send.current = options.save

  const saveOnce = useCallback(async (): Promise<Reply | null> => {
    const wanted = newest.current
    setSaving('saving')
    const answer = await send.current(wanted, stored.current.version)
    if (!answer.ok) {
      setRefusal(answer.refusal)
      setSaving('unsaved')
      return null
    }
    stored.current = { value: wanted, version: answer.value.version }
    setRefusal(null)
    setReply(answer.value)
    setSaving(newest.current === wanted ? 'saved' : 'unsaved')
    return answer.value
  }, [])

  const saveAll = useCallback(async (): Promise<Reply | null> => {
    let answer: Reply | null = null
    do {
      isAsked.current = false
      answer = await saveOnce()
    } while (answer !== null && (isAsked.current || newest.current !== stored.current.value))
    return answer
  }, [saveOnce])

  const flush = useCallback(async (): Promise<Reply | null> => {
    if (timer.current) clearTimeout(timer.current)
    timer.current = null
    isAsked.current = true
    running.current ??= saveAll().finally(() => {
      running.current = null
    })
    const answer = await running.current
    // What was refused may only have been the moment: a full disk, a program that was busy.
    if (answer === null && isHere.current) timer.current = setTimeout(() => void flush(), retryAfterMs)
    return answer
  }, [saveAll])

  const change = useCallback(
    (update: (before: Value) => Value) => {
      newest.current = update(newest.current)
      setValue(newest.current)
      setSaving('unsaved')
      if (timer.current) clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), saveAfterMs)
    },
    [flush],
  )

  usePendingSave(async () => {
    if (newest.current !== stored.current.value) await flush()
  })
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
      if (timer.current) clearTimeout(timer.current)
    }
  }, [])

  return { value, change, flush, saving, refusal, reply }
}
