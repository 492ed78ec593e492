type DeepReadonly<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }

/**
 * `true` when what a schema lets through and the domain's type are the same, apart from `readonly`, which zod does not
 * speak of; otherwise `never`, so that the constant holding it does not compile.
 */
export type SameType<Parsed, Domain> = [DeepReadonly<Parsed>] extends [DeepReadonly<Domain>]
  ? [DeepReadonly<Domain>] extends [DeepReadonly<Parsed>]
    ? true
    : never
  : never
