import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'

/** One key of the keyboard layer. `keys` is written as on the screen: `N`, `/`, `?`, `Ctrl K`, `Alt 1`, `Enter`, `Esc`. */
export type Shortcut = {
  readonly keys: string
  /** What it does, as the key list says it: `Register a patient`. */
  readonly label: string
  /** Heading in the key list: `Everywhere`, `Today`, `Sign-off`. */
  readonly group: string
  readonly run: () => void
  /** False leaves the key in the list but silent, e.g. because the button beside it is disabled. */
  readonly isEnabled?: boolean
  /** Stays active while a dialog covers the screen; only the dialog's own keys want this. */
  readonly isForDialog?: boolean
}

export type ListedShortcut = Pick<Shortcut, 'keys' | 'label' | 'group'>

type ShortcutLayer = {
  readonly add: (owner: object, shortcuts: readonly Shortcut[]) => void
  readonly remove: (owner: object) => void
  readonly list: () => readonly ListedShortcut[]
  readonly hasSingleKeys: boolean
}

const ShortcutContext = createContext<ShortcutLayer | null>(null)

/**
 * Holds the keyboard layer of a window. With `hasSingleKeys` false (a person's setting) keys without Ctrl or Alt are
 * silent. In patient mode `isSilent` switches the whole layer off.
 */
export function ShortcutProvider({
  hasSingleKeys,
  isSilent = false,
  children,
}: {
  readonly hasSingleKeys: boolean
  readonly isSilent?: boolean
  readonly children: ReactNode
}) {
  const [byOwner] = useState(() => new Map<object, readonly Shortcut[]>())

  useEffect(() => {
    if (isSilent) return
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const shortcut = findShortcut([...byOwner.values()].reverse().flat(), event, hasSingleKeys)
      if (!shortcut) return
      event.preventDefault()
      shortcut.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [byOwner, hasSingleKeys, isSilent])

  const layer = useMemo<ShortcutLayer>(
    () => ({
      // Taken out first: the most recently mounted owner wins a key that two of them want.
      add: (owner, shortcuts) => byOwner.set(owner, shortcuts),
      remove: (owner) => byOwner.delete(owner),
      list: () => [...byOwner.values()].flat(),
      hasSingleKeys,
    }),
    [byOwner, hasSingleKeys],
  )
  return <ShortcutContext.Provider value={layer}>{children}</ShortcutContext.Provider>
}

/** Registers keys while the calling component is mounted. Without a provider (print, gallery) it does nothing. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const layer = useContext(ShortcutContext)
  const owner = useRef({})
  useEffect(() => {
    layer?.add(owner.current, shortcuts)
  })
  useEffect(() => {
    const key = owner.current
    return () => layer?.remove(key)
  }, [layer])
}

/** A function that reads the keys registered at that moment, for the key list; and whether single letters are on. */
export function useShortcutList(): { readonly list: () => readonly ListedShortcut[]; readonly hasSingleKeys: boolean } {
  const layer = useContext(ShortcutContext)
  return { list: layer?.list ?? (() => []), hasSingleKeys: layer?.hasSingleKeys ?? true }
}

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'>

/** The shortcut a key press means, or undefined: never a single key while typing, nothing behind an open dialog. */
export function findShortcut(
  shortcuts: readonly Shortcut[],
  press: Press,
  hasSingleKeys: boolean,
): Shortcut | undefined {
  const isCombined = press.ctrlKey || press.metaKey || press.altKey
  if (!isCombined && (!hasSingleKeys || isTyping(press.target))) return undefined
  const isBehindDialog = document.querySelector('[role="dialog"][aria-modal="true"]') !== null
  return shortcuts.find(
    (shortcut) =>
      shortcut.isEnabled !== false &&
      (!isBehindDialog || shortcut.isForDialog === true) &&
      matchesKeys(shortcut.keys, press),
  )
}

/** `Ctrl` also means the command key of a Mac. Digits are read from the key's place, so Alt does not turn them into signs. */
export function matchesKeys(keys: string, press: Omit<Press, 'target'>): boolean {
  const words = keys.split(' ')
  const key = words.at(-1) ?? ''
  if (words.includes('Ctrl') !== (press.ctrlKey || press.metaKey)) return false
  if (words.includes('Alt') !== press.altKey) return false
  if (words.includes('Shift') && !press.shiftKey) return false
  if (/^[0-9]$/.test(key)) return press.code === `Digit${key}` || press.code === `Numpad${key}` || press.key === key
  if (/^[A-Z]$/.test(key)) {
    if (press.shiftKey && !words.includes('Shift')) return false
    return press.key.toUpperCase() === key || (press.altKey && press.code === `Key${key}`)
  }
  return press.key === (key === 'Esc' ? 'Escape' : key)
}

/** True where a letter would be text: shortcuts are silent there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  const role = target.getAttribute('role')
  return role === 'textbox' || role === 'combobox' || role === 'searchbox' || role === 'spinbutton'
}
