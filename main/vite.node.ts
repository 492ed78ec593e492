import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'vite'

/** Loaded at run time: native, or reading files beside itself. Everything else is bundled. */
const external = ['electron', 'better-sqlite3', 'pdfmake', /^pdfmake\//, 'electron-log', /^electron-log\//]

/** Bundles an entry of `main` and every worker for Node 24 (which is also what Electron runs main code on). */
export function nodeBundle({ entry, outFolder }: { entry: 'main' | 'serve'; outFolder: string }): UserConfig {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const workers = globSync('workers/*.ts', { cwd: folder }).toSorted()
  const input = {
    [entry]: `${folder}${entry}.ts`,
    ...Object.fromEntries(workers.map((path) => [`workers/${basename(path, '.ts')}`, `${folder}${path}`])),
  }
  return defineConfig({
    root: folder,
    ssr: { noExternal: true, external: external.filter((name) => typeof name === 'string') },
    build: {
      ssr: true,
      outDir: fileURLToPath(new URL(outFolder, import.meta.url)),
      emptyOutDir: true,
      target: 'node24',
      minify: true,
      sourcemap: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        external,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', format: 'es' },
      },
    },
  })
}
