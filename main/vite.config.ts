import { nodeBundle } from './vite.node.ts'

/** The packaged program: `out/main/main.js` and one file per worker. */
export default nodeBundle({ entry: 'main', outFolder: '../out/main' })
