import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'

/** Goes to an address made by `paths` or `pathTo`. `replace` leaves no step to come back to. */
export function useGo(): (path: string, options?: { readonly replace?: boolean }) => void {
  const router = useRouter()
  return useCallback(
    (path, options) => {
      if (options?.replace) router.history.replace(path)
      else router.history.push(path)
    },
    [router],
  )
}
