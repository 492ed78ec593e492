import { sessionFieldWords, sessionGroupNames } from '../../parts/session-field-names.ts'

/** "Cartridge 1, lot" from `/cartridgeUses/0/lotRaw`; keys without a name of their own are English words. */
export function fieldName(path: string): string {
  const words = path
    .split('/')
    .slice(1)
    .map((key, depth) => {
      if (/^\d+$/.test(key)) return String(Number(key) + 1)
      return (depth === 0 ? sessionGroupNames : sessionFieldWords)[key] ?? spaced(key)
    })
    .filter((word) => word !== '')
    .join(', ')
    .replace(/, (\d+)/g, ' $1')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A field's value as a person reads it; a group by its named parts. */
export function fieldWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `${value.length} entries`
  return Object.entries(value)
    .filter(([, part]) => typeof part === 'string' || typeof part === 'number')
    .slice(0, 3)
    .map(([, part]) => String(part))
    .join(', ')
}

/** Fields of a signed record that an addendum can name: its own and those one level below. */
export function fieldChoices(body: unknown): readonly { readonly value: string; readonly label: string }[] {
  return leaves('', body, 0)
    .filter((path) => !hidden.test(path))
    .map((value) => ({ value, label: fieldName(value) }))
}

const hidden = /(?:\/schema|Id|Ids|sha256|\/mark|\/version)(?:\/|$)/

function leaves(path: string, value: unknown, depth: number): readonly string[] {
  if (typeof value !== 'object' || value === null || depth > 3) return path === '' ? [] : [path]
  return Object.entries(value).flatMap(([key, part]) => leaves(`${path}/${key}`, part, depth + 1))
}

function spaced(key: string): string {
  return key.replace(/([A-Z])/g, ' $1').toLowerCase()
}
