import { nodeBundle } from './vite.node.ts'

/** The same program behind loopback HTTP, for machines without Electron's binary and for tests. Never packaged. */
export default nodeBundle({ entry: 'serve', outFolder: '../out/serve' })
