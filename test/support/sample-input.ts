import type { z } from 'zod'
import type { ProcedureDefinition } from '../../shared/contract/define.ts'
import { contract } from '../../shared/contract/index.ts'

export type Procedure = { readonly name: string; readonly feature: string; readonly definition: ProcedureDefinition }

/** Every procedure of the contract, so that a new one is in every generated test by itself. */
export const procedures: readonly Procedure[] = Object.entries(contract).flatMap(([feature, group]) =>
  Object.entries(group as Readonly<Record<string, ProcedureDefinition>>).map(([procedure, definition]) => ({
    name: `${feature}.${procedure}`,
    feature,
    definition,
  })),
)

/** The first of these that a text field takes stands in the sample. */
const texts = [
  'Lantern',
  '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d',
  '2026-08-03',
  '2026-08-03T15:42:16.000Z',
  '09:30',
  '294718',
  'IL',
  'en',
  'America/Chicago',
  'TGFudGVybg==',
  'quiet harbour lantern 41',
  'a'.repeat(64),
  '+1 312 555 0100',
  '0',
  '',
]
const numbers = [1, 0, 500, 1500, 30, 2026, -1, 0.5, 6]

/** An input that the schema takes, made from the schema alone. */
export function sampleInput(schema: z.ZodType): unknown {
  return sampleOf(schema)
}

// The library's own description of a schema; only the parts that are walked here.
type Def = {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly items?: readonly z.ZodType[]
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, unknown>>
  readonly in?: z.ZodType
  readonly left?: z.ZodType
  readonly right?: z.ZodType
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
  readonly getter?: () => z.ZodType
}

function defOf(schema: z.ZodType): Def {
  return schema._zod.def as unknown as Def
}

function sampleOf(schema: z.ZodType): unknown {
  const def = defOf(schema)
  const takes = (value: unknown) => schema.safeParse(value).success
  switch (def.type) {
    case 'object': {
      const members = Object.entries(def.shape ?? {}).map(([name, member]) => ({
        name,
        member,
        value: sampleOf(member),
      }))
      const whole = toObject(members.filter(({ value }) => value !== undefined))
      const least = toObject(members.filter(({ member }) => defOf(member).type !== 'optional'))
      return takes(whole) || !takes(least) ? whole : least
    }
    case 'array': {
      const one = [sampleOf(def.element ?? schema)]
      return takes(one) || !takes([]) ? one : []
    }
    case 'tuple':
      return (def.items ?? []).map(sampleOf)
    case 'record': {
      const keys = Object.values(defOf(def.keyType ?? schema).entries ?? { one: sampleOf(def.keyType ?? schema) })
      const whole = toObject(keys.map((key) => ({ name: String(key), value: sampleOf(def.valueType ?? schema) })))
      return takes(whole) || !takes({}) ? whole : {}
    }
    case 'string':
      return texts.find(takes) ?? texts[0]
    case 'number':
      return numbers.find(takes) ?? numbers[0]
    case 'boolean':
      return takes(true)
    case 'literal':
      return def.values?.[0]
    case 'enum':
      return Object.values(def.entries ?? {}).find(takes)
    case 'null':
      return null
    case 'undefined':
      return undefined
    case 'union': {
      const samples = (def.options ?? []).map(sampleOf)
      return samples.find(takes) ?? samples[0]
    }
    case 'intersection':
      return { ...(sampleOf(def.left ?? schema) as object), ...(sampleOf(def.right ?? schema) as object) }
    case 'nullable':
    case 'optional':
    case 'default':
    case 'readonly':
    case 'nonoptional': {
      const inner = sampleOf(def.innerType ?? schema)
      return takes(inner) || !takes(null) ? inner : null
    }
    case 'pipe': {
      const inner = sampleOf(def.in ?? schema)
      if (takes(inner)) return inner
      return [{}, [], ...texts, ...numbers].find(takes) ?? inner
    }
    case 'lazy':
      return def.getter ? sampleOf(def.getter()) : null
    default:
      return null
  }
}

function toObject(members: readonly { readonly name: string; readonly value: unknown }[]): Record<string, unknown> {
  return Object.fromEntries(members.map(({ name, value }) => [name, value]))
}

type Path = readonly (string | number)[]

/** Every place in a value, the whole of it first. */
export function placesIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...children.flatMap(([key, child]) => placesIn(child, [...path, key]))]
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], value)
}

/** A copy with something else in one place; `undefined` takes the member away. */
export function withValueAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return replacement
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const members = copy as Record<string | number, unknown>
  const child = withValueAt(members[key], rest, replacement)
  if (child === undefined && !Array.isArray(copy)) delete members[key]
  else members[key] = child
  return copy
}

/** As a refusal names it: `zones[2].depthUm`. */
export function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : part))
    .join('.')
    .replaceAll('.[', '[')
}
