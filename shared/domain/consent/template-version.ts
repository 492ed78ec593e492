import type { ConsentTemplate } from './template.ts'

/** MINOR = wording, nobody signs again; MAJOR = everyone does (clinical reference, section 6). */
export const templateBumps = ['MINOR', 'MAJOR'] as const
export type TemplateBump = (typeof templateBumps)[number]

export type TemplateVersion = Pick<ConsentTemplate, 'major' | 'minor'>

/** The version that follows the newest published one; 1.0 where there is none yet. */
export function nextTemplateVersion(newest: TemplateVersion | null, bump: TemplateBump): TemplateVersion {
  if (newest === null) return { major: 1, minor: 0 }
  return bump === 'MAJOR' ? { major: newest.major + 1, minor: 0 } : { major: newest.major, minor: newest.minor + 1 }
}

/** Older first. */
export function compareTemplateVersions(a: TemplateVersion, b: TemplateVersion): number {
  return a.major - b.major || a.minor - b.minor
}
