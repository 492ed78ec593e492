import type { z } from 'zod'

/** A place in a schema: names of members, `[]` for every element of a list. Choices of a union share their places. */
export type SchemaPlace = { readonly path: readonly string[]; readonly schema: z.ZodType }

// The library's own description of a schema; only the parts that are walked here.
type Def = {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
  readonly items?: readonly z.ZodType[]
  readonly in?: z.ZodType
  readonly left?: z.ZodType
  readonly right?: z.ZodType
  readonly valueType?: z.ZodType
}

/**
 * Every schema inside this one, outermost first: what may be null, left out or read again by a transform is named by
 * each of its layers, so that a scalar is found by being the very same object.
 */
export function schemaPlaces(schema: z.ZodType, path: readonly string[] = []): readonly SchemaPlace[] {
  const def = schema._zod.def as unknown as Def
  const inside = (child: z.ZodType | undefined, ...more: readonly string[]) =>
    child === undefined ? [] : schemaPlaces(child, [...path, ...more])
  return [
    { path, schema },
    ...Object.entries(def.shape ?? {}).flatMap(([name, member]) => inside(member, name)),
    ...inside(def.element, '[]'),
    ...(def.items ?? []).flatMap((item, index) => inside(item, String(index))),
    ...inside(def.valueType, '*'),
    ...(def.options ?? []).flatMap((option) => inside(option)),
    ...[def.innerType, def.in, def.left, def.right].flatMap((layer) => inside(layer)),
  ]
}
