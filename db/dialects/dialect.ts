/** What SQLite and PostgreSQL say differently, and nothing else. */
export interface StoreDialect {
  readonly engine: 'sqlite' | 'postgres'
  /**
   * `CREATE TABLE` from a body in the common subset: `integer`, `text`, `blob`, CHECK, REFERENCES.
   * `clustered` keeps the rows in primary-key order where the engine can.
   */
  table(name: string, body: string, options?: { readonly clustered?: boolean }): string
  /** Trigger statements as this engine takes them; empty where the engine's triggers are not written yet. */
  triggers(statements: readonly string[]): readonly string[]
}
