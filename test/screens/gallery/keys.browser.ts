import { expect } from '@playwright/test'
import { openScene, test } from './open-scene.ts'

test('walks the face from zone to zone with the arrows and says each by name', async ({ page }) => {
  await openScene(page, 'session')
  const map = page.getByRole('group', { name: /face map/i })
  const temple = map.getByRole('button', { name: 'Temple, patient’s left, 0.75 mm, over the limit, deviation 1' })
  await temple.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(map.getByRole('button', { name: /^Glabella/ })).toBeFocused()
  await expect(map.getByRole('button', { name: /^Glabella/ })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowUp')
  await expect(map.getByRole('button', { name: /^Forehead/ })).toBeFocused()
  await page.keyboard.press('End')
  await expect(map.getByRole('button', { name: 'Side neck, patient’s left, not treated' })).toBeFocused()
})

test('chooses a zone by a tap beside its thin edge', async ({ page }) => {
  await openScene(page, 'session')
  const fan = page.getByRole('button', { name: /^Crow’s feet, patient’s right/ })
  await fan.click()
  await expect(page.getByRole('heading', { name: 'Crow’s feet, patient’s right' })).toBeVisible()
})

test('moves the depth by 0.05 with arrows and buttons, and reads what is typed', async ({ page }) => {
  await openScene(page, 'session')
  const depth = page.getByRole('spinbutton', { name: 'Depth setting, mm' })
  await depth.focus()
  await page.keyboard.press('ArrowDown')
  await expect(depth).toHaveValue('0.70')
  await page.getByRole('button', { name: 'Depth setting, mm: 0.05 more' }).click()
  await expect(depth).toHaveValue('0.75')
  await depth.fill(',4')
  await depth.blur()
  await expect(depth).toHaveValue('0.40')
  await depth.fill('deep')
  await expect(page.getByText('Not a depth. Type millimetres, e.g. 0.75')).toBeVisible()
  await expect(depth).toHaveValue('deep')
})

test('selects the same zone in the table and on the map', async ({ page }) => {
  await openScene(page, 'session')
  await page.getByRole('row', { name: /Nose bridge/ }).click()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('row', { name: /Nose tip/ })).toBeFocused()
  await expect(page.getByRole('button', { name: /^Nose tip/ })).toHaveAttribute('aria-pressed', 'true')
})

test('shows the keys on ? but never while somebody types', async ({ page }) => {
  await openScene(page, 'today')
  await page.getByRole('combobox', { name: 'Find a patient' }).fill('')
  await page.keyboard.type('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden()
  await page.getByRole('heading', { name: 'Today' }).click()
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
})

test('enters the found patients with the arrow, then a digit chooses', async ({ page }) => {
  await openScene(page, 'search')
  const field = page.getByRole('combobox', { name: 'Find a patient' })
  await field.focus()
  await page.keyboard.press('End')
  await page.keyboard.type('3')
  await expect(field).toHaveValue('wal jo 3/4/843')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { selected: true })).toContainText('Walker, Joan')
  await page.keyboard.press('3')
  await expect(page.getByRole('listbox')).toBeHidden()
  await expect(field).toHaveValue('wal jo 3/4/843')
})

test('leaves the search with Esc', async ({ page }) => {
  await openScene(page, 'search')
  await page.getByRole('combobox', { name: 'Find a patient' }).focus()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toBeHidden()
})

test('keeps the strokes of a signature and gives them up when cleared', async ({ page }) => {
  await openScene(page, 'controls')
  const paper = page.getByRole('img', { name: /^Your signature/ })
  const box = await paper.boundingBox()
  if (!box) throw new Error('the paper is not on the screen')
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 90, { steps: 8 })
  await page.mouse.up()
  await expect(page.getByText('STROKES', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Clear and redo' }).click()
  await expect(page.getByText('nothing drawn', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Type my name instead' }).click()
  await page.getByRole('textbox', { name: 'Your full name' }).fill('Lena Brook')
  await expect(page.getByText('TYPED', { exact: true })).toBeVisible()
})

test('says how a typed date was read and offers the other way', async ({ page }) => {
  await openScene(page, 'controls')
  const born = page.getByRole('textbox', { name: 'Born' })
  await born.fill('3/4/84')
  await expect(page.getByText('read as 04-Mar-1984 (42y)')).toBeVisible()
  await page.getByRole('button', { name: 'Read it as 03-Apr-1984' }).click()
  await expect(born).toHaveValue('03-Apr-1984')
})

test('puts the PIN where the focus is and signs only with six digits', async ({ page }) => {
  await openScene(page, 'reauth')
  const sign = page.getByRole('dialog').getByRole('button', { name: 'Sign 3 records' })
  await page.keyboard.type('12345')
  await expect(sign).toBeDisabled()
  await page.keyboard.type('6')
  await expect(sign).toBeEnabled()
})

test('asks staff for a PIN before patient mode ends', async ({ page }) => {
  await openScene(page, 'patient-read')
  await page.getByRole('button', { name: 'Staff PIN to leave this screen' }).click()
  await expect(page.getByRole('dialog').getByLabel('PIN')).toBeFocused()
})
