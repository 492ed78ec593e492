import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import {
  asideName,
  finishRestore,
  incomingName,
  type RestoreEvent,
  readJournal,
  removeJournal,
  sealSwap,
  swapRecords,
} from '../../main/app/restore-swap.ts'
import { scratchFolder, storeNow } from '../support/store.ts'

const aside = asideName('nowhere', storeNow)
const event: RestoreEvent = {
  kind: 'RESTORE',
  at: storeNow,
  by: null,
  copyMadeAt: storeNow,
  headBefore: { seq: 9, hash: 'b' },
  headAfter: { seq: 5, hash: 'a' },
  epoch: 1,
  carried: {},
}
const key = Buffer.alloc(32, 7)
const swap = sealSwap({ incoming: incomingName, aside, event }, key)
const oldParts = ['store.db', 'store.db-wal', 'store.db-shm', 'keyring.json', 'keyring.json.bak']
const newParts = ['store.db', 'keyring.json', 'keyring.json.bak']

/** Records with a log beside them, and a prepared copy. The texts tell which is which. */
function folderWithBoth(): string {
  const folder = scratchFolder()
  for (const name of oldParts) writeFileSync(join(folder, name), `old ${name}`)
  writeIn(join(folder, 'files'), 'photo', 'old photo')
  writeIn(join(folder, 'copies'), 'kept', 'beside')
  for (const name of newParts) writeIn(join(folder, incomingName), name, `new ${name}`)
  writeIn(join(folder, incomingName, 'files'), 'photo', 'new photo')
  return folder
}

function writeIn(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
}

function textOf(folder: string, name: string): string | null {
  return existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null
}

function expectOld(folder: string): void {
  for (const name of oldParts) expect([name, textOf(folder, name)]).toEqual([name, `old ${name}`])
  expect(textOf(folder, 'files/photo')).toBe('old photo')
}

function expectNew(folder: string): void {
  for (const name of newParts) expect([name, textOf(folder, name)]).toEqual([name, `new ${name}`])
  expect(textOf(folder, 'files/photo')).toBe('new photo')
  // A log of the records before would be replayed into these.
  expect(textOf(folder, 'store.db-wal')).toBe(null)
  expect(textOf(folder, 'store.db-shm')).toBe(null)
}

function stepsOf(folder: string): readonly string[] {
  const steps: string[] = []
  swapRecords(folder, swap, (step) => steps.push(step))
  return steps
}

describe('putting a copy in the place of the records', () => {
  it('moves the records aside with their logs, and leaves what is not theirs', () => {
    const folder = folderWithBoth()
    swapRecords(folder, swap)
    expectNew(folder)
    expectOld(join(folder, aside))
    expect(textOf(folder, 'copies/kept')).toBe('beside')
    expect(readJournal(folder)).toMatchObject({ stage: 'OPENING', event })
    removeJournal(folder)
    expect(readdirSync(folder).sort()).toEqual([...newParts, aside, 'copies', 'files'].sort())
  })

  it('brings the earlier ones back the same way', () => {
    const folder = folderWithBoth()
    swapRecords(folder, swap)
    removeJournal(folder)
    const second = asideName(folder, storeNow)
    swapRecords(folder, sealSwap({ incoming: aside, aside: second, event: { ...event, kind: 'GO_BACK' } }, key))
    removeJournal(folder)
    expectOld(folder)
    expectNew(join(folder, second))
    expect(existsSync(join(folder, aside))).toBe(false)
  })

  it('works on a computer that has no records yet', () => {
    const folder = scratchFolder()
    for (const name of newParts) writeIn(join(folder, incomingName), name, `new ${name}`)
    writeIn(join(folder, incomingName, 'files'), 'photo', 'new photo')
    swapRecords(folder, swap)
    expectNew(folder)
    expect(existsSync(join(folder, aside))).toBe(false)
  })

  it('needs something to put there, and a free place for what goes', () => {
    const folder = folderWithBoth()
    mkdirSync(join(folder, aside))
    expect(() => swapRecords(folder, swap)).toThrow('taken')
    rmSync(join(folder, aside), { recursive: true })
    rmSync(join(folder, incomingName, 'store.db'))
    expect(() => swapRecords(folder, swap)).toThrow('nothing was prepared')
    expectOld(folder)
  })
})

describe('F42 a restore that the program did not live to finish', () => {
  const steps = (() => {
    const names: string[] = []
    return () => {
      if (names.length === 0) names.push(...stepsOf(folderWithBoth()))
      return names
    }
  })()

  it('F42 is whole after the next start, whichever step was its last', () => {
    expect(steps().length).toBeGreaterThan(8)
    for (const [index, last] of steps().entries()) {
      const folder = folderWithBoth()
      let at = -1
      const dies = () =>
        swapRecords(folder, swap, () => {
          at += 1
          if (at === index) throw new Error('killed')
        })
      expect(dies, last).toThrow('killed')
      expect(finishRestore(folder)?.stage, last).toBe('OPENING')
      expectNew(folder)
      expectOld(join(folder, aside))
    }
  })

  it('F42 is whole also where each start is killed again after one step', () => {
    const folder = folderWithBoth()
    const oneStep = (work: () => unknown) => {
      try {
        work()
        return true
      } catch {
        return false
      }
    }
    const dieAtSecondStep = () => {
      let at = 0
      return () => {
        at += 1
        if (at > 1) throw new Error('killed')
      }
    }
    oneStep(() => swapRecords(folder, swap, dieAtSecondStep()))
    let starts = 0
    while (!oneStep(() => finishRestore(folder, dieAtSecondStep()))) {
      starts += 1
      if (starts > 40) throw new Error('it never comes to an end')
    }
    expect(starts).toBeGreaterThan(3)
    expectNew(folder)
    expectOld(join(folder, aside))
  })

  it('F42 goes back where the prepared copy is gone before anything of it was moved', () => {
    const folder = folderWithBoth()
    let at = 0
    expect(() =>
      swapRecords(folder, swap, () => {
        at += 1
        if (at === 4) throw new Error('killed')
      }),
    ).toThrow('killed')
    rmSync(join(folder, incomingName), { recursive: true })
    expect(finishRestore(folder)).toBe(null)
    expectOld(folder)
    expect(readJournal(folder)).toBe(null)
  })

  it('F42 that was only prepared leaves the records as they are', () => {
    const folder = folderWithBoth()
    expect(finishRestore(folder)).toBe(null)
    expectOld(folder)
    expect(existsSync(join(folder, incomingName))).toBe(false)
  })

  test.for([
    ['cut', '{"v":1,"stage":"MOVING_OUT"'],
    ['of another version', '{"v":2}'],
    [
      'that points elsewhere',
      '{"v":1,"stage":"MOVING_IN","incoming":"../other","aside":"before-restore-1","event":{}}',
    ],
  ] as const)('F42 with a journal %s moves nothing and says so', ([, text]) => {
    const folder = folderWithBoth()
    writeFileSync(join(folder, 'restore.json'), text)
    expect(() => finishRestore(folder)).toThrow()
    expectOld(folder)
  })
})
