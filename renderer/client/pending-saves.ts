import { useEffect, useRef } from 'react'

/** Sends what was typed and is not in the store yet; settles when main has answered. Nothing happens where all is saved. */
type SavePending = () => Promise<unknown>

/** A lock waits no longer than this for a store that does not answer. */
const longestWaitMs = 1500

const openForms = new Set<SavePending>()
const onTheWay = new Set<Promise<unknown>>()

/** Names a form's save for as long as the form is there. The returned function is for its end, and saves once more. */
export function addPendingSave(save: SavePending): () => void {
  openForms.add(save)
  return () => {
    openForms.delete(save)
    send(save)
  }
}

/** The same for a hook: leaving the screen does not wait for the pause after the last letter. */
export function usePendingSave(save: SavePending): void {
  const latest = useRef(save)
  latest.current = save
  useEffect(() => addPendingSave(() => latest.current()), [])
}

/**
 * Sends what every form has not saved yet and waits for the answers, for a bounded time. Before a lock, a hand-over to
 * the patient, and when the page goes: afterwards main takes no text from this window.
 */
export async function flushPendingSaves(): Promise<void> {
  for (const save of openForms) send(save)
  await savesOnTheWay()
}

/** Waits for saves that were sent: a form that is opened again shows what was typed when it was left. */
export async function savesOnTheWay(): Promise<void> {
  if (onTheWay.size === 0) return
  let timer: ReturnType<typeof setTimeout> | undefined
  const isLongEnough = new Promise((resolve) => {
    timer = setTimeout(resolve, longestWaitMs)
  })
  await Promise.race([Promise.all(onTheWay), isLongEnough])
  clearTimeout(timer)
}

function send(save: SavePending): void {
  // What is refused is told by the form itself, while it is there.
  const sent: Promise<unknown> = save()
    .catch(() => null)
    .finally(() => onTheWay.delete(sent))
  onTheWay.add(sent)
}
