import type { Page } from '@playwright/test'

/** Two strokes across the box, as a finger draws them. */
export async function drawSignature(page: Page): Promise<void> {
  const canvas = page.getByRole('img', { name: /^Sign here/ })
  await canvas.scrollIntoViewIfNeeded()
  const box = await canvas.boundingBox()
  if (!box) throw new Error('there is no box to sign in')
  for (const [from, to] of [
    [0.2, 0.5],
    [0.4, 0.8],
  ] as const) {
    await page.mouse.move(box.x + box.width * from, box.y + box.height * 0.6)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * to, box.y + box.height * 0.3, { steps: 6 })
    await page.mouse.up()
  }
}

/** "No" or "None of these" wherever a question offers it; the free text is answered in words. */
export async function answerThisPage(page: Page): Promise<void> {
  for (const question of await page.locator('fieldset.patient-question').all()) {
    const text = question.getByRole('textbox')
    if ((await text.count()) > 0) await text.first().fill('Fewer scars on both cheeks')
    const no = question.getByLabel(/^(No|No, never|None of these)$/)
    const option =
      (await no.count()) > 0 ? no.first() : question.locator('input[type=radio], input[type=checkbox]').first()
    await option.check({ force: true })
  }
}
