/** `9:30`, `930`, `9.30`, `9`, `2:15 pm` as `HH:mm`. Null where it is no time of the day. */
export function readClock(text: string): string | null {
  const match = /^(\d{1,2})(?:[:. ]?(\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  if (!match) return null
  const half = (match[3] ?? '').toLowerCase()
  const typed = Number(match[1])
  const hour = half === 'pm' && typed < 12 ? typed + 12 : half === 'am' && typed === 12 ? 0 : typed
  const minute = Number(match[2] ?? '0')
  if (hour > 23 || minute > 59 || (half !== '' && (typed < 1 || typed > 12))) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
