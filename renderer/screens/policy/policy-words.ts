import type { PolicySummary } from '../../../shared/contract/policy.ts'
import type { ExaminerKind, ExamMode, PolicyProblem, SupervisionMode } from '../../../shared/domain/policy.ts'
import type { LicenceLevel, TreatingRole } from '../../../shared/domain/staff.ts'
import type { Indication } from '../../../shared/domain/zones.ts'

export const treatingRoleTexts: Readonly<Record<TreatingRole, string>> = {
  aesthetician: 'Aesthetician',
  physician: 'Physician',
}

export const levelTexts: Readonly<Record<LicenceLevel | 'ANY', string>> = {
  ANY: 'Any other level',
  AESTHETICIAN: 'Aesthetician',
  MASTER_AESTHETICIAN: 'Master aesthetician',
  PHYSICIAN: 'Physician',
}

export const supervisionTexts: Readonly<Record<SupervisionMode, string>> = {
  ON_SITE: 'A physician is on site',
  IMMEDIATE: 'Same building or within 15 minutes',
  AVAILABLE: 'By phone or video',
  NONE: 'None',
}

export const examinerTexts: Readonly<Record<ExaminerKind, string>> = {
  PHYSICIAN: 'Physician',
  NP: 'Nurse practitioner',
  PA: 'Physician assistant',
}

export const examModeTexts: Readonly<Record<ExamMode, string>> = {
  IN_PERSON: 'In person',
  TELEHEALTH: 'By video',
}

export const indicationTexts: Readonly<Record<Indication, string>> = {
  ACNE_SCAR: 'Acne scars',
  OTHER_SCAR: 'Other scars',
  DYSCHROMIA: 'Uneven colour, melasma',
  RHYTIDES_FINE: 'Fine lines',
  RHYTIDES_DEEP: 'Deep lines',
  PORES: 'Pores',
  TEXTURE: 'Texture',
  LAXITY: 'Laxity',
  TONE: 'Tone, glow',
  STRIAE: 'Stretch marks',
  PHOTOAGING: 'Sun damage',
}

export const problemTexts: Readonly<Record<PolicyProblem['code'], string>> = {
  CEILING_IMPOSSIBLE: 'The ceiling lies above 0 and at most at 3.50 mm.',
  ROLE_TWICE: 'This role and level stand in the table twice; one row would never count.',
  DEPTH_OVER_CEILING: 'Deeper than the ceiling for everybody.',
  UNSUPERVISED_OVER_SUPERVISED: 'Deeper without supervision than with it.',
  BANDS_LEAVE_A_GAP: 'One band must begin above 0.00 mm, or the shallowest depths have no rule.',
  BAND_TWICE: 'Two bands begin at the same depth; one would never count.',
  EXAMINER_MISSING: 'An examination is required, but nobody or no way is ticked.',
  DEADLINES_OUT_OF_ORDER: 'The deadlines go up: submit, sign, escalate.',
  SIGN_OFF_DEPTH_OVER_CEILING:
    'No session is deeper than the ceiling for everybody, so none would be countersigned for its depth.',
}

/** With the row that it is about, where it is about one of several. */
export function problemSentence({ code, path }: PolicyProblem): string {
  const row = /^permittedRoles\[(\d+)\]/.exec(path)?.[1]
  return row === undefined ? problemTexts[code] : `Row ${Number(row) + 1} of who may treat: ${problemTexts[code]}`
}

export const standingTexts: Readonly<Record<PolicySummary['standing'], string>> = {
  DRAFT: 'Draft',
  UPCOMING: 'Approved, to come',
  IN_FORCE: 'In force',
  REPLACED: 'Replaced',
  DISCARDED: 'Discarded draft',
}
