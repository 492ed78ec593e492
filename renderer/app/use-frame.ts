import type { Frame } from './AppFrame.tsx'

/** Where this person stands, as main tells it. */
export function useFrame(): Frame {
  return { kind: 'starting' }
}
