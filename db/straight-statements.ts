import type { CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Database } from './schema.ts'

/** The driver as far as a statement needs it. */
export type Statements = {
  readonly inTransaction: boolean
  prepare(text: string): {
    readonly reader: boolean
    all(parameters: readonly unknown[]): unknown[]
    run(parameters: readonly unknown[]): { readonly changes: number | bigint }
  }
}

/**
 * Kysely's way to the connection (a mutex, a provider, some ten promises) costs several times what a point read does. A
 * statement that finds no transaction open has nobody to wait for, and one of the open transaction has its turn already:
 * both go to the driver at once. Whatever has to wait for another's transaction takes Kysely's way.
 */
export function runStraight(db: Kysely<Database>, statements: Statements): void {
  const inTurn = db.executeQuery.bind(db)
  db.executeQuery = async (query, options) =>
    statements.inTransaction || options !== undefined || !isCompiled(query)
      ? inTurn(query, options)
      : run(statements, query)

  const begin = db.transaction.bind(db)
  db.transaction = () => {
    const builder = begin()
    const execute = builder.execute.bind(builder)
    builder.execute = (work) =>
      execute(async (trx) => {
        const asKyselyDoes = trx.executeQuery.bind(trx)
        let isOver = false
        trx.executeQuery = async (query, options) =>
          // Kysely refuses what comes after the end.
          isOver || options !== undefined || !isCompiled(query)
            ? asKyselyDoes(query, options)
            : runInside(statements, query)
        try {
          return await work(trx)
        } finally {
          isOver = true
        }
      })
    return builder
  }
}

/** SQLite ends a transaction by itself on a full disk; what would follow must not be written outside of any. */
function runInside<Row>(statements: Statements, query: CompiledQuery<Row>): QueryResult<Row> {
  if (!statements.inTransaction) throw new Error('the transaction has ended by itself')
  return run(statements, query)
}

function run<Row>(statements: Statements, { sql, parameters }: CompiledQuery<Row>): QueryResult<Row> {
  const statement = statements.prepare(sql)
  // As for every query, the row's type is the word of whoever wrote the text.
  if (statement.reader) return { rows: statement.all(parameters) as Row[] }
  return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) }
}

function isCompiled<Row>(query: unknown): query is CompiledQuery<Row> {
  return typeof query === 'object' && query !== null && 'sql' in query && 'parameters' in query
}
