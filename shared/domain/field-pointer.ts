/**
 * What a JSON pointer such as `/zoneRows/2/depthUm` names in a record's body, or null where the body has no such field.
 * Keys of our bodies hold neither `/` nor `~`, so nothing is escaped.
 */
export function fieldAt(body: unknown, pointer: string): { readonly value: unknown } | null {
  let value = body
  for (const key of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return { value }
}

/** `/zoneRows/2/depthUm` from `zoneRows[2].depthUm`, the spelling of diffs and checks. */
export function pointerOf(path: string): string {
  return `/${path.replaceAll('[', '.').replaceAll(']', '').split('.').join('/')}`
}

/** `zoneRows[2].depthUm` from `/zoneRows/2/depthUm`. */
export function pathOf(pointer: string): string {
  return pointer
    .slice(1)
    .split('/')
    .map((key) => (/^\d+$/u.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1)
}
