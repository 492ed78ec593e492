/** The first thing wrong with a parsed JSON value, as the path of the field, or the value with its text in NFC. */
export type ReadInput = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly field: string }

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
const maxDepth = 40

/**
 * What no field of any procedure may hold: keys that reach a prototype, control characters (line breaks and tabs are text),
 * halves of a surrogate pair, endless depth, numbers beyond what can be stored (`1e999`). Text becomes NFC here, where it enters, and never later: a signature is
 * over the text as it was stored.
 */
export function readInput(value: unknown, field = '', depth = 0): ReadInput {
  if (depth > maxDepth) return { ok: false, field }
  if (typeof value === 'string') {
    return isStorable(value) ? { ok: true, value: value.normalize('NFC') } : { ok: false, field }
  }
  if (typeof value === 'number') {
    // A minus zero would be stored as another number than it is hashed as.
    return Number.isFinite(value) ? { ok: true, value: value === 0 ? 0 : value } : { ok: false, field }
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
      if (!isStorable(key)) return { ok: false, field }
      const name = key.normalize('NFC')
      const path = field === '' ? name : `${field}.${name}`
      if (forbiddenKeys.has(name) || Object.hasOwn(members, name)) return { ok: false, field: path }
      const read = readInput(entry, path, depth + 1)
      if (!read.ok) return read
      members[name] = read.value
    }
    return { ok: true, value: members }
  }
  return { ok: true, value }
}

const control = /[^\P{Cc}\n\r\t]/u

function isStorable(text: string): boolean {
  return text.isWellFormed() && !control.test(text)
}
