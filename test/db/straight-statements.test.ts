import { expect, it } from 'vitest'
import { insertRow, many } from '../../db/records.ts'
import { newStore } from '../support/store.ts'

const selectFacts = 'select name from store_fact order by name'

it('lets a read that comes while somebody saves wait for the end, and shows what was saved', async () => {
  const { store, write } = await newStore()
  const before = await many(store.db, selectFacts)
  const isInside = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const saving = write(async (trx) => {
    await insertRow(trx, 'store_fact', { name: 'room', value: 'two' })
    isInside.resolve()
    await mayEnd.promise
  })
  await isInside.promise
  const reading = many(store.db, selectFacts)
  mayEnd.resolve()
  await saving
  expect(await reading).toHaveLength(before.length + 1)
})

it('shows nothing of a save that was given up', async () => {
  const { store, write } = await newStore()
  const before = await many(store.db, selectFacts)
  const reads: Promise<unknown>[] = []
  const saving = write(async (trx) => {
    await insertRow(trx, 'store_fact', { name: 'room', value: 'two' })
    reads.push(many(store.db, selectFacts))
    throw new Error('given up')
  })
  await expect(saving).rejects.toThrow('given up')
  expect(await reads[0]).toEqual(before)
})

it('refuses what is written with a save that is over', async () => {
  const { store, write } = await newStore()
  const before = await many(store.db, selectFacts)
  const trx = await write(async (inner) => inner)
  await expect(insertRow(trx, 'store_fact', { name: 'room', value: 'two' })).rejects.toThrow('already committed')
  expect(await many(store.db, selectFacts)).toEqual(before)
})

it('writes nothing outside of a save that the store has ended by itself', async () => {
  const { store, write } = await newStore()
  const before = await many(store.db, selectFacts)
  const saving = write(async (trx) => {
    store.driver.exec('rollback')
    await insertRow(trx, 'store_fact', { name: 'room', value: 'two' })
  })
  await expect(saving).rejects.toThrow('the transaction has ended by itself')
  expect(await many(store.db, selectFacts)).toEqual(before)
})
