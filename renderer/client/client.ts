import type { CodeOf, InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import { createClient, type DefinitionOf, type ProcedureName } from '../../shared/rpc/client.ts'
import type { DoorRefusal } from '../../shared/rpc/envelope.ts'
import { transport } from './transport.ts'

export type Name = ProcedureName<Api>
export type QueryName = { [P in Name]: DefinitionOf<Api, P> extends { readonly kind: 'query' } ? P : never }[Name]
export type CommandName = { [P in Name]: DefinitionOf<Api, P> extends { readonly kind: 'command' } ? P : never }[Name]
export type Input<P extends Name> = InputOf<DefinitionOf<Api, P>>
export type Output<P extends Name> = OutputOf<DefinitionOf<Api, P>>
export type Code<P extends Name> = CodeOf<DefinitionOf<Api, P>> | DoorRefusal | 'UNREACHABLE'

export const client = createClient<Api>((requestText) => transport.call(requestText))

/** A new idempotency key: made when a form opens, so that a double click or a repeated call adds once. */
export function newKey(): string {
  return crypto.randomUUID()
}
