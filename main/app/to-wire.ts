type Primitive = string | number | boolean | null | undefined

/** The same value as the contract's schemas type it: their lists and objects are not readonly. */
export type Wire<Value> = Value extends Primitive
  ? Value
  : Value extends readonly (infer Element)[]
    ? Wire<Element>[]
    : { -readonly [Key in keyof Value]: Wire<Value[Key]> }

export function toWire<Value>(value: Value): Wire<Value> {
  // Only `readonly` goes away, which no value knows of; nobody writes to it before it is text.
  return value as Wire<Value>
}
