import { useRef } from 'react'

/**
 * How many a second, since this phase began; null for the first moments. Measured by the page's own stopwatch, which
 * says nothing about the time of day.
 */
export function useRate(done: number, phase: string): number | null {
  const began = useRef({ phase: '', done: 0, ms: 0 })
  if (began.current.phase !== phase) began.current = { phase, done, ms: performance.now() }
  const seconds = (performance.now() - began.current.ms) / 1000
  const counted = done - began.current.done
  return seconds < 0.5 || counted <= 0 ? null : counted / seconds
}
