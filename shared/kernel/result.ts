/** What a user may act on: a code of the contract and the facts its sentence needs. The text lives in the renderer. */
export type Refusal<Code extends string = string> = {
  readonly code: Code
  readonly facts?: Readonly<Record<string, RefusalFact>>
}
export type RefusalFact = string | number | boolean | null | readonly string[]

export type Result<Value, Code extends string = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal<Code> }

export function accept<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function refuse<Code extends string>(
  code: Code,
  facts?: Readonly<Record<string, RefusalFact>>,
): { readonly ok: false; readonly refusal: Refusal<Code> } {
  return { ok: false, refusal: facts === undefined ? { code } : { code, facts } }
}
