import { expect, it } from 'vitest'
import { newStore } from '../support/store.ts'
import type { TypedColumn } from '../support/table-types.ts'
import { readTableTypes } from '../support/table-types.ts'

type Column = { readonly name: string; readonly type: string; readonly notnull: number; readonly pk: number }

it('has in every table of the store exactly the columns that its row type names, of that kind', async () => {
  const { store } = await newStore()
  const tables = store.driver
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
    .all() as { name: string }[]
  const actual = Object.fromEntries(
    tables.map(({ name }) => [name, describe(store.driver.pragma(`table_info(${name})`) as Column[])]),
  )
  const declared = readTableTypes()
  expect(Object.keys(declared).sort()).toEqual(Object.keys(actual))
  for (const table of Object.keys(actual)) expect([table, declared[table]]).toEqual([table, actual[table]])
})

it('reads the row types from their source', () => {
  const types = readTableTypes()
  expect(types['staff_secret']).toMatchObject({
    staff_id: { isNumber: false, isNullable: false },
    locked_until: { isNumber: false, isNullable: true },
    pin_misses: { isNumber: true, isNullable: false },
  })
  expect(Object.keys(types).length).toBeGreaterThan(10)
})

it('knows no column that could hold nothing and yet identifies a row', async () => {
  const { store } = await newStore()
  const keys = store.driver
    .prepare(
      `select m.name as name, c.name as column_name from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table' and c.pk > 0 and c."notnull" = 0`,
    )
    .all()
  expect(keys).toEqual([])
})

function describe(columns: readonly Column[]): Readonly<Record<string, TypedColumn>> {
  return Object.fromEntries(
    columns.map(({ name, type, notnull }) => [
      name,
      { isNumber: type === 'integer' || type === 'INTEGER', isNullable: notnull === 0 },
    ]),
  )
}
