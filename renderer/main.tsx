import './csp-safe-zod.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { useFrame } from './app/use-frame.tsx'
import { ClientProvider } from './client/ClientProvider.tsx'

const place = document.getElementById('root')
if (!place) throw new Error('the page has no #root')
createRoot(place).render(
  <StrictMode>
    <ClientProvider>
      <App useFrame={useFrame} />
    </ClientProvider>
  </StrictMode>,
)
