import { type Refusal, refuse } from '../../shared/kernel/result.ts'

/** Hands a refusal of the domain on where the procedure promised it; any other one would be a mistake of ours. */
export function passRefusal<const Code extends string>(refusal: Refusal<string>, promised: readonly Code[]) {
  const code = promised.find((one) => one === refusal.code)
  if (code === undefined) throw new Error(`unexpected refusal ${refusal.code}`)
  return refuse(code, refusal.facts)
}
