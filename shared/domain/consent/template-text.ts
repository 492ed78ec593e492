import type { ConsentCondition, ConsentPlaceholder } from './template.ts'
import { consentConditions, consentPlaceholders } from './template.ts'

/** A template body taken apart: plain text, placeholders, and conditional stretches of both. */
export type TemplatePart =
  | { readonly kind: 'TEXT'; readonly text: string }
  | { readonly kind: 'PLACEHOLDER'; readonly name: ConsentPlaceholder }
  | { readonly kind: 'IF'; readonly condition: ConsentCondition; readonly parts: readonly TemplatePart[] }

export type TemplateTextFault =
  | { readonly code: 'UNKNOWN_PLACEHOLDER'; readonly name: string }
  | { readonly code: 'UNKNOWN_CONDITION'; readonly name: string }
  | { readonly code: 'UNBALANCED_CONDITION' }
  | { readonly code: 'BROKEN_BRACES' }

const TAG = /\{\{(#if [^{}]*|\/if|[^{}]*)\}\}/g

/** Reads one body. Every fault is named; the parts are whole only where there is none. Conditions do not nest. */
export function parseTemplateText(body: string): {
  readonly parts: readonly TemplatePart[]
  readonly faults: readonly TemplateTextFault[]
} {
  const faults: TemplateTextFault[] = []
  const outer: TemplatePart[] = []
  let open: { condition: ConsentCondition | null; parts: TemplatePart[] } | null = null
  let position = 0

  const addText = (text: string) => {
    if (text === '') return
    if (text.includes('{{') || text.includes('}}')) faults.push({ code: 'BROKEN_BRACES' })
    const into: TemplatePart[] = open?.parts ?? outer
    into.push({ kind: 'TEXT', text })
  }

  for (const match of body.matchAll(TAG)) {
    addText(body.slice(position, match.index))
    position = match.index + match[0].length
    const tag = match[1] ?? ''
    if (tag === '/if') {
      if (open === null) faults.push({ code: 'UNBALANCED_CONDITION' })
      else if (open.condition !== null) outer.push({ kind: 'IF', condition: open.condition, parts: open.parts })
      open = null
    } else if (tag.startsWith('#if ')) {
      if (open !== null) faults.push({ code: 'UNBALANCED_CONDITION' })
      const name = tag.slice(4).trim()
      const condition = consentConditions.find((known) => known === name) ?? null
      if (condition === null) faults.push({ code: 'UNKNOWN_CONDITION', name })
      open = { condition, parts: [] }
    } else {
      const name = consentPlaceholders.find((known) => known === tag)
      if (name === undefined) faults.push({ code: 'UNKNOWN_PLACEHOLDER', name: tag })
      else (open?.parts ?? outer).push({ kind: 'PLACEHOLDER', name })
    }
  }
  addText(body.slice(position))
  if (open !== null) faults.push({ code: 'UNBALANCED_CONDITION' })
  return { parts: outer, faults }
}

/** Every placeholder of the parts, conditional ones included. */
export function placeholdersIn(parts: readonly TemplatePart[]): readonly ConsentPlaceholder[] {
  return parts.flatMap((part) => {
    if (part.kind === 'PLACEHOLDER') return [part.name]
    return part.kind === 'IF' ? placeholdersIn(part.parts) : []
  })
}
