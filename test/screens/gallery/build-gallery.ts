import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export default async function buildGallery() {
  await build({ configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)), logLevel: 'warn' })
}
