import { defineConfig } from '@playwright/test'
import journeys from '../journeys/playwright.config.ts'

/** The same browser as the journeys; `-- --grep NAME` draws one screen. */
export default defineConfig({
  ...journeys,
  testDir: '.',
  testMatch: '**/*.pictures.ts',
  outputDir: '../../test-results/screenshots-failed',
  timeout: 60_000,
  retries: 0,
  use: { ...journeys.use, trace: 'off', contextOptions: { reducedMotion: 'reduce' } },
})
