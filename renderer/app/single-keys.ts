import { useState } from 'react'

// A setting of this computer, like the colour scheme: it says nothing about anybody.
const storageKey = 'countersign-single-keys'

/** Whether single letters are keys; kept on this computer. */
export function useSingleKeys(): readonly [boolean, (hasSingleKeys: boolean) => void] {
  const [hasSingleKeys, setState] = useState(() => localStorage.getItem(storageKey) !== 'off')
  return [
    hasSingleKeys,
    (next) => {
      localStorage.setItem(storageKey, next ? 'on' : 'off')
      setState(next)
    },
  ]
}
