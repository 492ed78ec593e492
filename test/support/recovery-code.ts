import type { InputOf, OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { ShownCode } from '../../shared/contract/keys.ts'
import type { DefinitionOf, ProcedureName } from '../../shared/rpc/client.ts'

type Must = <P extends ProcedureName<Api>>(
  name: P,
  input: InputOf<DefinitionOf<Api, P>>,
) => Promise<OutputOf<DefinitionOf<Api, P>>>

/** Ends a set-up as its owner does: the code is shown, and the two groups that are asked for are typed back. */
export async function finishSetUp(must: Must): Promise<string> {
  const shown = await must('keys.makeFirstCode', {})
  await must('keys.confirmCode', askedGroups(shown))
  return shown.code
}

/** What a person reads from the paper. */
export function askedGroups({ code, asked }: ShownCode): { readonly first: string; readonly second: string } {
  const groups = code.split('-')
  return { first: groups[asked.first - 1] ?? '', second: groups[asked.second - 1] ?? '' }
}
