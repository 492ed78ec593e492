import { loadAllFeatures } from './features/index.ts'

const afterStartMs = 1500

/** Reads the features that no screen has asked for yet, once the first screen stands: later no click waits for one. */
export function warmUp(): void {
  setTimeout(() => void loadAllFeatures(), afterStartMs).unref()
}
