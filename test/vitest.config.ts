import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/{domain,db,app,screens,support,faults}/**/*.test.{ts,tsx}'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
})
