import { useSyncExternalStore } from 'react'

/** Pages of the set-up, in order. The first three come before there are records, the others are also on the Clinic screen. */
export const setUpPages = ['clinic', 'account', 'passphrase', 'physician', 'policy', 'team', 'copy'] as const
export type SetUpPage = (typeof setUpPages)[number]

// Only the name of a page: a reload comes back to it. Gone when the program closes.
const storageKey = 'countersign-set-up'
const listeners = new Set<() => void>()

/** The page of the set-up that this window stands at; null when it is not setting up. */
export function useSetUpPage(): SetUpPage | null {
  return useSyncExternalStore(subscribe, readPage)
}

export function showSetUpPage(page: SetUpPage | null): void {
  if (page === null) sessionStorage.removeItem(storageKey)
  else sessionStorage.setItem(storageKey, page)
  for (const listener of listeners) listener()
}

function readPage(): SetUpPage | null {
  const kept = sessionStorage.getItem(storageKey)
  return setUpPages.find((page) => page === kept) ?? null
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
