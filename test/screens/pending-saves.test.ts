import { afterEach, describe, expect, it, vi } from 'vitest'
import { addPendingSave, flushPendingSaves, savesOnTheWay } from '../../renderer/client/pending-saves.ts'

const ends: (() => void)[] = []
const open = (save: () => Promise<unknown>) => {
  const end = addPendingSave(save)
  ends.push(end)
  return end
}

afterEach(async () => {
  for (const end of ends.splice(0)) end()
  vi.useRealTimers()
  await savesOnTheWay()
})

/** A save that main answers when the test says so. */
function heldSave() {
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  return { save: vi.fn(() => answered), answer }
}

describe('what was typed and not saved yet', () => {
  it('is in the store before the window locks', async () => {
    const { save, answer } = heldSave()
    open(save)
    const onLock = vi.fn()
    const locking = flushPendingSaves().then(onLock)
    await Promise.resolve()
    expect(save).toHaveBeenCalledOnce()
    expect(onLock).not.toHaveBeenCalled()
    answer()
    await locking
    expect(onLock).toHaveBeenCalledOnce()
  })

  it('does not hold up the lock when the store gives no answer', async () => {
    vi.useFakeTimers()
    const { save, answer } = heldSave()
    open(save)
    const onLock = vi.fn()
    const locking = flushPendingSaves().then(onLock)
    await vi.advanceTimersByTimeAsync(1400)
    expect(onLock).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(onLock).toHaveBeenCalledOnce()
    answer()
    await locking
  })

  it('does not hold up the lock when it is refused', async () => {
    open(() => Promise.reject(new Error('no answer')))
    await expect(flushPendingSaves()).resolves.toBeUndefined()
  })

  it('is sent when its screen is left, and the lock right after waits for it', async () => {
    const { save, answer } = heldSave()
    open(save)()
    expect(save).toHaveBeenCalledOnce()
    const onLock = vi.fn()
    const locking = flushPendingSaves().then(onLock)
    await Promise.resolve()
    expect(onLock).not.toHaveBeenCalled()
    answer()
    await locking
    expect(save).toHaveBeenCalledOnce()
  })

  it('is waited for by the form that is opened again', async () => {
    const { save, answer } = heldSave()
    open(save)()
    const onRead = vi.fn()
    const reading = savesOnTheWay().then(onRead)
    await Promise.resolve()
    expect(onRead).not.toHaveBeenCalled()
    answer()
    await reading
    expect(onRead).toHaveBeenCalledOnce()
  })
})
