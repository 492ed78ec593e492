import type { StoreDialect } from './dialect.ts'

export const sqliteDialect: StoreDialect = {
  engine: 'sqlite',
  table: (name, body, options) =>
    `create table ${name} (\n${body}\n) strict${options?.clustered ? ', without rowid' : ''}`,
  triggers: (statements) => statements,
}

/** Second lock: rows of `table` can be neither changed nor deleted, whatever the program above believes. */
export function appendOnly(table: string): readonly string[] {
  return [
    `create trigger ${table}_never_changes before update on ${table} begin select raise(abort, '${table} is append-only'); end`,
    `create trigger ${table}_never_goes before delete on ${table} begin select raise(abort, '${table} is append-only'); end`,
  ]
}

/** Second lock: rows of `table` can be changed but never deleted. */
export function neverDeleted(table: string): readonly string[] {
  return [
    `create trigger ${table}_never_goes before delete on ${table} begin select raise(abort, '${table} is never deleted'); end`,
  ]
}

/**
 * Second lock: `columns` of a row stay as they are once `condition` (over `old.`) holds; the state may move on.
 * `condition` and `columns` are program text, never input.
 */
export function frozenWhen(
  table: string,
  name: string,
  condition: string,
  columns: readonly string[],
): readonly string[] {
  const changed = columns.map((column) => `new.${column} is not old.${column}`).join(' or ')
  return [
    `create trigger ${table}_${name} before update on ${table} when (${condition}) and (${changed}) begin select raise(abort, '${table}: ${name}'); end`,
  ]
}

/** Second lock: only the listed moves of `column`; every other one is refused by the store. */
export function onlyMoves(
  table: string,
  column: string,
  moves: readonly (readonly [from: string, to: string])[],
): readonly string[] {
  const allowed = moves.map(([from, to]) => `(old.${column} = '${from}' and new.${column} = '${to}')`).join(' or ')
  return [
    `create trigger ${table}_${column}_moves before update of ${column} on ${table} when new.${column} is not old.${column} and not (${allowed}) begin select raise(abort, '${table}: illegal ${column}'); end`,
  ]
}

/**
 * Second lock: these members of the body are in every later version what they were in the first. The bodies are
 * canonical, so equal values are equal text. `kind` and `members` are program text, never input.
 */
export function frozenInVersions(kind: string, members: readonly string[]): readonly string[] {
  const changed = members
    .map((member) => `json_extract(first.body, '$.${member}') is not json_extract(new.body, '$.${member}')`)
    .join(' or ')
  return [
    `create trigger ${kind}_body_stays before insert on record_version when new.kind = '${kind}' and new.number > 1 and exists (select 1 from record_version first where first.kind = '${kind}' and first.record_id = new.record_id and first.number = 1 and (${changed})) begin select raise(abort, '${kind}: what was signed stays'); end`,
  ]
}

/**
 * Second lock: a change of `table` that `condition` (over `old.` and `new.`) describes is refused by the store.
 * `condition` is program text, never input.
 */
export function refusedUpdate(table: string, name: string, condition: string): readonly string[] {
  return [
    `create trigger ${table}_${name} before update on ${table} when ${condition} begin select raise(abort, '${table}: ${name}'); end`,
  ]
}

/**
 * Keeps a count of another table in step: `statement` runs after each `event` on `table` that `condition` (over `old.`
 * and `new.`) describes. Both are program text, never input.
 */
export function keepsCount(
  table: string,
  name: string,
  { event, condition, statement }: { readonly event: string; readonly condition: string; readonly statement: string },
): readonly string[] {
  return [`create trigger ${table}_${name} after ${event} on ${table} when ${condition} begin ${statement}; end`]
}

/** Second lock: a new row of `table` that `condition` (over `new.`) describes is refused by the store. */
export function refusedInsert(table: string, name: string, condition: string): readonly string[] {
  return [
    `create trigger ${table}_${name}_insert before insert on ${table} when ${condition} begin select raise(abort, '${table}: ${name}'); end`,
  ]
}

/**
 * Second lock: rows of a part table come, change and go only while `condition` holds for the row of `parent` that
 * `column` names. `condition` is over `parent` alone, and program text.
 */
export function changedOnlyWhile(
  table: string,
  { parent, column, condition }: { readonly parent: string; readonly column: string; readonly condition: string },
): readonly string[] {
  const isOpen = (row: 'old' | 'new') =>
    `exists (select 1 from ${parent} where ${parent}.id = ${row}.${column} and (${condition}))`
  const refuse = `begin select raise(abort, '${table}: its ${parent} is closed'); end`
  return [
    `create trigger ${table}_comes_while_open before insert on ${table} when not ${isOpen('new')} ${refuse}`,
    `create trigger ${table}_changes_while_open before update on ${table} when not (${isOpen('old')} and ${isOpen('new')}) ${refuse}`,
    `create trigger ${table}_goes_while_open before delete on ${table} when not ${isOpen('old')} ${refuse}`,
  ]
}
