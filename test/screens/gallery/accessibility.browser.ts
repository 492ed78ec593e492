import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { openScene, scenes, test } from './open-scene.ts'

for (const scheme of ['light', 'dark'] as const) {
  for (const scene of scenes) {
    test(`breaks no rule of WCAG 2.2 A and AA: ${scene}, ${scheme}`, async ({ page }) => {
      await openScene(page, scene, scheme)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
      ).toEqual([])
    })
  }
}

for (const scene of scenes) {
  test(`loses nothing sideways at 200 % zoom: ${scene}`, async ({ page }) => {
    await page.setViewportSize({ width: 720, height: 450 })
    await openScene(page, scene)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
}
