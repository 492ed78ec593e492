import type { CodeOf, InputOf, OutputOf, ProcedureDefinition } from '../contract/define.ts'
import type { CallRequest, DoorRefusal, Envelope } from './envelope.ts'

export type Contract = { readonly [feature: string]: { readonly [procedure: string]: ProcedureDefinition } }

export type ProcedureName<Api extends Contract> = {
  [Feature in keyof Api & string]: `${Feature}.${keyof Api[Feature] & string}`
}[keyof Api & string]

export type DefinitionOf<Api extends Contract, Name extends string> = Name extends `${infer Feature}.${infer Procedure}`
  ? Feature extends keyof Api
    ? Procedure extends keyof Api[Feature]
      ? Api[Feature][Procedure]
      : never
    : never
  : never

export type Reply<Definition> = Envelope<OutputOf<Definition>, CodeOf<Definition> | DoorRefusal>

export type Client<Api extends Contract> = {
  call<Name extends ProcedureName<Api>>(
    name: Name,
    input: InputOf<DefinitionOf<Api, Name>>,
    key?: string,
  ): Promise<Reply<DefinitionOf<Api, Name>>>
}

/** A typed client over any transport that carries one text there and one back. */
export function createClient<Api extends Contract>(send: (requestText: string) => Promise<string>): Client<Api> {
  return {
    async call(name, input, key) {
      const request: CallRequest = key === undefined ? { name, input } : { name, input, key }
      // The output was parsed against the contract in main before it was sent.
      return JSON.parse(await send(JSON.stringify(request))) as Reply<DefinitionOf<Api, typeof name>>
    },
  }
}
