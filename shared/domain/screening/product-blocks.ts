import { anaestheticAgents } from '../lot.ts'
import { chosen, type ScreeningAnswers, textIn } from './answer.ts'

const askedAgents = ['LIDOCAINE', 'TETRACAINE', 'PRILOCAINE'] as const

/** Numbing agents a recorded allergy keeps away from this patient (SQ-36). */
export type AgentBlocks = {
  readonly agents: readonly (typeof askedAgents)[number][]
  /** An agent outside the list as the patient named it, or UNNAMED: then no anaesthetic is free of doubt. */
  readonly other:
    | { readonly kind: 'NONE' }
    | { readonly kind: 'NAMED'; readonly text: string }
    | { readonly kind: 'UNNAMED' }
}

export function blockedAgents(answers: ScreeningAnswers): AgentBlocks {
  const other = chosen(answers, 'SQ-36', 'OTHER')
  const text = other && textIn(other)
  return {
    agents: askedAgents.filter((agent) => chosen(answers, 'SQ-36', agent) !== null),
    other: !other ? { kind: 'NONE' } : text ? { kind: 'NAMED', text } : { kind: 'UNNAMED' },
  }
}

export const productAllergens = ['METAL', 'LATEX', 'ADHESIVE', 'SKINCARE'] as const
export type ProductAllergen = (typeof productAllergens)[number]

/** What a product must be free of (SQ-37); `named` is the metal or ingredient in the patient's words. */
export type ProductBlock = { readonly allergen: ProductAllergen; readonly named: string | null }

export function blockedProducts(answers: ScreeningAnswers): readonly ProductBlock[] {
  return productAllergens.flatMap((allergen) => {
    const allergy = chosen(answers, 'SQ-37', allergen)
    return allergy ? [{ allergen, named: textIn(allergy) }] : []
  })
}

/**
 * Substances the start gate compares products with: agent codes, and metals and ingredients as the patient named them.
 * An agent the patient cannot name blocks every anaesthetic, because none of them can be told to be safe.
 */
export function blockedSubstances(answers: ScreeningAnswers): readonly string[] {
  const { agents, other } = blockedAgents(answers)
  const unlisted = other.kind === 'NONE' ? [] : other.kind === 'NAMED' ? [other.text, 'OTHER'] : [...anaestheticAgents]
  const named = blockedProducts(answers).flatMap((block) =>
    block.named === null ? [block.allergen] : [block.allergen, block.named],
  )
  return [...new Set([...agents, ...unlisted, ...named])]
}
