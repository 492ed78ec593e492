/** The first thing wrong with a parsed JSON value, as the path of the field, or the value with its text in NFC. */
export type ReadInput = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly field: string }

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
const maxDepth = 40

/**
 * What no field of any procedure may hold: keys that reach a prototype, NUL, halves of a surrogate pair, endless depth.
 * Text becomes NFC here, where it enters, and never later: a signature is over the text as it was stored.
 */
export function readInput(value: unknown, field = '', depth = 0): ReadInput {
  if (depth > maxDepth) return { ok: false, field }
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) return { ok: false, field }
    return { ok: true, value: value.normalize('NFC') }
  }
  if (Array.isArray(value)) {
    const list: unknown[] = []
    for (const [index, entry] of value.entries()) {
      const read = readInput(entry, `${field}[${index}]`, depth + 1)
      if (!read.ok) return read
      list.push(read.value)
    }
    return { ok: true, value: list }
  }
  if (typeof value === 'object' && value !== null) {
    const members: Record<string, unknown> = {}
    for (const [key, entry] of Object.entries(value)) {
      const path = field === '' ? key : `${field}.${key}`
      if (forbiddenKeys.has(key)) return { ok: false, field: path }
      const read = readInput(entry, path, depth + 1)
      if (!read.ok) return read
      members[key] = read.value
    }
    return { ok: true, value: members }
  }
  return { ok: true, value }
}
