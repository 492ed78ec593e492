import './IdleGuard.css'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { forgetEverything } from '../client/ClientProvider.tsx'
import { client } from '../client/client.ts'
import { flushPendingSaves } from '../client/pending-saves.ts'

const warningMs = 30_000
const pingEveryMs = 5_000
/** Main locks within a second of the end; only after that is it asked whether it did. */
const graceMs = 2_000
const inputEvents = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Tells main about input, at most every five seconds, and warns half a minute before main locks the window. Main counts
 * and locks; here is only the warning. Whatever the person touches keeps the window open.
 */
export function IdleGuard({ who = 'staff' }: { readonly who?: 'staff' | 'patient' }) {
  const secondsLeft = useIdleWarning()
  if (secondsLeft === null) return null
  return (
    <aside className="idle-guard" data-size={who} role="alert">
      <IconLock size={who === 'patient' ? 28 : 18} stroke={1.7} aria-hidden="true" />
      <p>
        <strong>This screen locks in half a minute.</strong>{' '}
        {who === 'patient'
          ? 'Touch it to go on.'
          : 'Move the pointer or press a key to go on. Drafts are kept either way.'}
      </p>
      <span className="figures" aria-hidden="true">
        {secondsLeft} s
      </span>
    </aside>
  )
}

/** Seconds until the lock while a warning is due, otherwise null. */
function useIdleWarning(): number | null {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null)

  useEffect(() => {
    let lockAtMs = Number.POSITIVE_INFINITY
    let lastPingMs = Number.NEGATIVE_INFINITY
    let isInputUntold = false
    let isOver = false

    async function ping() {
      lastPingMs = performance.now()
      isInputUntold = false
      const reply = await client.call('signIn.ping', {}).catch(() => null)
      if (isOver || reply === null) return
      if (reply.ok) lockAtMs = performance.now() + reply.value.idleLockInMs
      // A lock whose event did not arrive here: the frame finds out by asking again.
      else forgetEverything()
      setSecondsLeft(null)
    }

    async function lookAgain() {
      const reply = await client.call('signIn.state', {}).catch(() => null)
      if (!isOver && reply?.ok && reply.value.kind !== 'SIGNED_IN' && reply.value.kind !== 'PATIENT_MODE')
        forgetEverything()
    }

    function onInput() {
      isInputUntold = true
      const isWarning = lockAtMs - performance.now() <= warningMs
      if (isWarning || performance.now() - lastPingMs >= pingEveryMs) void ping()
    }

    const ticking = setInterval(() => {
      const nowMs = performance.now()
      if (isInputUntold && nowMs - lastPingMs >= pingEveryMs) return void ping()
      const leftMs = lockAtMs - nowMs
      if (leftMs > warningMs) return setSecondsLeft(null)
      if (leftMs > 0) {
        // What could not be saved so far gets its last chances before main locks.
        void flushPendingSaves()
        return setSecondsLeft(Math.ceil(leftMs / 1000))
      }
      if (leftMs < -graceMs) {
        // Where the whole computer's input counts, main may not have locked: look again after another warning's time.
        lockAtMs = nowMs + 2 * warningMs
        setSecondsLeft(null)
        void lookAgain()
      }
    }, 1000)

    for (const name of inputEvents) window.addEventListener(name, onInput, { capture: true, passive: true })
    void ping()
    return () => {
      isOver = true
      clearInterval(ticking)
      for (const name of inputEvents) window.removeEventListener(name, onInput, { capture: true })
    }
  }, [])

  return secondsLeft
}
