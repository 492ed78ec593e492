import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** One CommonJS file that requires nothing but `electron`: all that a sandboxed preload may be. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL('../out/preload', import.meta.url)),
    emptyOutDir: true,
    target: 'chrome150',
    minify: true,
    reportCompressedSize: false,
    lib: { entry: 'windows/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
})
