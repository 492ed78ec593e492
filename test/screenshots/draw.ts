import type { Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { violationsOf } from '../journeys/house.ts'
import { expectDrawn, findOverflow } from './open-screen.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const schemes = ['light', 'dark'] as const
const folder = new URL('../../test-results/screenshots/', import.meta.url).pathname

/** The page in both schemes and both sizes: nothing is cut off, and nobody is kept out. */
export async function draw(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await expectDrawn(page)
      await page.screenshot({ path: `${folder}${colorScheme}-${size.width}/${name}.png`, animations: 'disabled' })
      if (size.width === 1280) expect.soft(await violationsOf(page), `${name}, ${colorScheme}`).toEqual([])
    }
    expect.soft(await findOverflow(page), `${name}, ${size.width} wide`).toEqual([])
  }
}
