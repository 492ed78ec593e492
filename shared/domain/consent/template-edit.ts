import type { CalendarDate } from '../../kernel/time.ts'
import type { ConsentSection, ConsentTemplate } from './template.ts'
import { parseTemplateText, placeholdersIn } from './template-text.ts'
import { nextTemplateVersion, type TemplateBump, type TemplateVersion } from './template-version.ts'

/** What a person changes in a draft. Whatever is half typed is kept as it stands; `lintTemplate` says what lacks. */
export type TemplateDraftText = Pick<ConsentTemplate, 'jurisdiction' | 'effectiveFrom' | 'sections'> & {
  readonly bump: TemplateBump
}

/** A text that is being written. Its name, language and procedure stay; there is one draft of a name at a time. */
export type TemplateDraft = TemplateDraftText & Pick<ConsentTemplate, 'templateId' | 'language' | 'procedure'>

/** A draft of the same text, or of one with a name of its own, in force from today at the earliest. */
export function draftFrom(
  published: ConsentTemplate,
  {
    today,
    as,
  }: { readonly today: CalendarDate; readonly as: Pick<ConsentTemplate, 'templateId' | 'procedure'> | null },
): TemplateDraft {
  const { templateId, procedure, language, jurisdiction, effectiveFrom, sections } = published
  return {
    templateId: as?.templateId ?? templateId,
    procedure: as?.procedure ?? procedure,
    language,
    jurisdiction,
    effectiveFrom: as === null && effectiveFrom > today ? effectiveFrom : today,
    bump: 'MINOR',
    sections,
  }
}

/** The version that the draft would be published as. */
export function templateFrom({ bump, ...draft }: TemplateDraft, newest: TemplateVersion | null): ConsentTemplate {
  return { ...draft, ...nextTemplateVersion(newest, bump), effectiveTo: null, approvedBy: null }
}

export type BumpReason = {
  readonly code:
    | 'SECTION_ADDED'
    | 'SECTION_REMOVED'
    | 'PLACEHOLDER_ADDED'
    | 'PLACEHOLDER_REMOVED'
    | 'CONDITION_ADDED'
    | 'CONDITION_REMOVED'
  /** The section's key, the placeholder or the condition. */
  readonly name: string
}

/**
 * What the change asks for: MAJOR as soon as a section, a placeholder or a condition came or went, because the patient
 * then agrees to something else; MINOR where only words changed (clinical reference, section 6). It is advice: the
 * approving physician chooses, since words alone can change what is agreed to as well.
 */
export function suggestBump(
  before: readonly ConsentSection[],
  after: readonly ConsentSection[],
): { readonly bump: TemplateBump; readonly reasons: readonly BumpReason[] } {
  const was = contentOf(before)
  const is = contentOf(after)
  const reasons: readonly BumpReason[] = [
    ...missingIn(was.sections, is.sections).map((name) => ({ code: 'SECTION_ADDED' as const, name })),
    ...missingIn(is.sections, was.sections).map((name) => ({ code: 'SECTION_REMOVED' as const, name })),
    ...missingIn(was.placeholders, is.placeholders).map((name) => ({ code: 'PLACEHOLDER_ADDED' as const, name })),
    ...missingIn(is.placeholders, was.placeholders).map((name) => ({ code: 'PLACEHOLDER_REMOVED' as const, name })),
    ...missingIn(was.conditions, is.conditions).map((name) => ({ code: 'CONDITION_ADDED' as const, name })),
    ...missingIn(is.conditions, was.conditions).map((name) => ({ code: 'CONDITION_REMOVED' as const, name })),
  ]
  return { bump: reasons.length > 0 ? 'MAJOR' : 'MINOR', reasons }
}

/** What keeps a draft from being published beside `lintTemplate`. */
export type DraftProblem = 'STARTS_IN_THE_PAST' | 'STARTS_BEFORE_NEWEST' | 'UNCHANGED'

/**
 * A version never comes into force before the newest one, or it would bring that one's major forward unseen; and it
 * says something new.
 */
export function draftProblems(
  draft: TemplateDraft,
  { newest, today }: { readonly newest: ConsentTemplate | null; readonly today: CalendarDate },
): readonly DraftProblem[] {
  const problems: DraftProblem[] = []
  if (draft.effectiveFrom < today) problems.push('STARTS_IN_THE_PAST')
  if (newest === null) return problems
  if (draft.effectiveFrom < newest.effectiveFrom) problems.push('STARTS_BEFORE_NEWEST')
  if (draft.jurisdiction === newest.jurisdiction && isSameText(draft.sections, newest.sections))
    problems.push('UNCHANGED')
  return problems
}

function isSameText(before: readonly ConsentSection[], after: readonly ConsentSection[]): boolean {
  return (
    before.length === after.length &&
    before.every((section, index) => {
      const other = after[index]
      return (
        section.key === other?.key &&
        section.heading === other.heading &&
        section.body === other.body &&
        section.initialRequired === other.initialRequired
      )
    })
  )
}

type Content = {
  readonly sections: ReadonlySet<string>
  readonly placeholders: ReadonlySet<string>
  readonly conditions: ReadonlySet<string>
}

function contentOf(sections: readonly ConsentSection[]): Content {
  const parts = sections.flatMap(({ body }) => parseTemplateText(body).parts)
  return {
    sections: new Set<string>(sections.map(({ key }) => key)),
    placeholders: new Set<string>(placeholdersIn(parts)),
    conditions: new Set<string>(parts.flatMap((part) => (part.kind === 'IF' ? [part.condition] : []))),
  }
}

function missingIn(here: ReadonlySet<string>, there: ReadonlySet<string>): readonly string[] {
  return [...there].filter((name) => !here.has(name))
}
