import { expect } from '@playwright/test'
import { draw } from './draw.ts'
import { openScreen } from './open-screen.ts'
import { test } from './sample-clinic.ts'
import { screens } from './screens.ts'

for (const screen of screens) {
  test(screen.name, async ({ sample, browser }) => {
    const page = await openScreen(screen, sample, browser)
    await draw(page, screen.name)
    expect.soft(sample.takeFaults(), 'errors in the window').toEqual([])
  })
}
