/**
 * RFC 8785 (JSON Canonicalization Scheme): the one text of a JSON value, so that a hash of it means the value.
 * Refuses what JSON cannot carry (undefined, functions, non-finite numbers, lone surrogates) instead of dropping it:
 * a signature must never cover less than what was shown. Numbers and strings are written as ECMAScript writes them,
 * which is what the RFC prescribes; keys are ordered by UTF-16 code units, which is how `sort` compares.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('canonical JSON has no non-finite numbers')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new Error('canonical JSON has no lone surrogates')
    return JSON.stringify(value)
  }
  // Not `map`, which would pass over a hole without a word.
  if (Array.isArray(value)) return `[${Array.from(value, (entry) => canonicalJson(entry)).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const members = value as Readonly<Record<string, unknown>>
    let text = ''
    for (const key of Object.keys(members).sort()) {
      text += `${text === '' ? '' : ','}${canonicalJson(key)}:${canonicalJson(members[key])}`
    }
    return `{${text}}`
  }
  throw new Error(`canonical JSON cannot carry a ${typeof value}`)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
