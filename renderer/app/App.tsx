import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import type { UseFrame } from './AppFrame.tsx'
import { createAppRouter } from './router.tsx'
import { ErrorBoundary } from './ScreenError.tsx'
import { ThemeProvider } from './ThemeProvider.tsx'

/** `useFrame` says what stands round the screens; it may use the client and the router. */
export function App({ useFrame }: { readonly useFrame: UseFrame }) {
  const [router] = useState(() => createAppRouter(useFrame))
  return (
    <ThemeProvider>
      <ErrorBoundary>
        <RouterProvider router={router} />
      </ErrorBoundary>
    </ThemeProvider>
  )
}
