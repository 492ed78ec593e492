import type { Page } from '@playwright/test'
import { expect } from './house.ts'

/** A drawn face: a stand-in for a photo, made by the browser itself. */
async function drawnFace(page: Page, hue: number): Promise<Buffer> {
  const base64 = await page.evaluate((colour) => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2250
    const brush = canvas.getContext('2d')
    if (!brush) throw new Error('no canvas')
    brush.fillStyle = '#8f949c'
    brush.fillRect(0, 0, 3000, 2250)
    brush.fillStyle = `hsl(${colour} 40% 55%)`
    brush.beginPath()
    brush.ellipse(1500, 1100, 620, 850, 0, 0, Math.PI * 2)
    brush.fill()
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  }, hue)
  return Buffer.from(base64, 'base64')
}

/** Chooses a drawn picture in the drawer that is open, and keeps it. */
export async function keepFromFile(page: Page, hue: number): Promise<void> {
  const drawer = page.getByRole('dialog', { name: 'Add photos' })
  const buffer = await drawnFace(page, hue)
  await drawer.locator('input[type=file]').setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer })
  await expect(drawer.getByText('2048 × 1536 px')).toBeVisible()
  await drawer.getByRole('button', { name: 'Keep this photo' }).click()
  await expect(drawer.getByRole('img', { name: /^The new picture/ })).toHaveCount(0)
}
