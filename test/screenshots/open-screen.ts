import type { Browser, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import type { SampleClinic } from './sample-clinic.ts'
import type { Screen } from './screens.ts'

/** Brings the person's window to the screen, whatever stood there before. */
export async function openScreen(screen: Screen, sample: SampleClinic, browser: Browser): Promise<Page> {
  const page = await sample.windowOf(screen.who, browser)
  await page.goto('about:blank')
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${sample.origin}/#${screen.path(sample)}`)
  await expectDrawn(page)
  if (screen.open) {
    await screen.open(page)
    await expectDrawn(page)
  }
  return page
}

/** Nothing is being fetched any more and every letter has its face. */
export async function expectDrawn(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible()
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

/** What is wider than its place, sideways scrolling included; empty on a good screen. */
export function findOverflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('html, body, body *')) {
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth <= 1) continue
      const { overflowX } = getComputedStyle(element)
      const scrolls = overflowX === 'auto' || overflowX === 'scroll'
      if (element === document.documentElement || scrolls)
        found.push(
          `${element.tagName.toLowerCase()}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`,
        )
    }
    return found
  })
}
