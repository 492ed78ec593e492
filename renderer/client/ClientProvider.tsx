import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import type { AppEvent } from '../../shared/rpc/envelope.ts'
import { flushPendingSaves } from './pending-saves.ts'
import { transport } from './transport.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      refetchOnWindowFocus: false,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
      networkMode: 'always',
    },
  },
})

const listeners = new Set<(event: AppEvent) => void>()

/** Asks again for what main says has changed; forgets everything when the window's own state changes. */
export function ClientProvider({ children }: { readonly children: ReactNode }) {
  useEffect(
    () =>
      transport.subscribe((eventText) => {
        // Main is the only writer of these texts.
        const event = JSON.parse(eventText) as AppEvent
        if (event.type === 'LOCKING') void flushPendingSaves()
        if (event.type === 'STATE') void queries.resetQueries()
        if (event.type === 'CHANGED')
          void queries.invalidateQueries({ predicate: ({ queryKey }) => isAbout(queryKey, event.subjects) })
        for (const listener of listeners) listener(event)
      }),
    [],
  )
  useEffect(saveBeforeThePageGoes, [])
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>
}

/** A closed or reloaded page and a covered screen do not wait for the pause after the last letter. */
function saveBeforeThePageGoes(): () => void {
  const save = () => void flushPendingSaves()
  const saveWhenCovered = () => {
    if (document.visibilityState === 'hidden') save()
  }
  window.addEventListener('beforeunload', save)
  window.addEventListener('pagehide', save)
  document.addEventListener('visibilitychange', saveWhenCovered)
  return () => {
    window.removeEventListener('beforeunload', save)
    window.removeEventListener('pagehide', save)
    document.removeEventListener('visibilitychange', saveWhenCovered)
  }
}

/** Events of long work and state changes, for hooks. */
export function onAppEvent(listener: (event: AppEvent) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Asks again for everything, after this window's own sign-in, lock or switch. */
export function forgetEverything(): void {
  void queries.resetQueries()
}

function isAbout(queryKey: readonly unknown[], subjects: readonly string[]): boolean {
  const [name, , dependsOn] = queryKey
  const feature = typeof name === 'string' ? name.slice(0, name.indexOf('.')) : ''
  const wanted = [feature, ...(Array.isArray(dependsOn) ? dependsOn : [])]
  return subjects.some((subject) => wanted.includes(subject))
}
