/** The kinds of data that an entry of the audit is about (45 CFR 170.315(d)(3): granularity is a category of data). */
export const auditCategories = [
  'PATIENT',
  'CONSENT',
  'TREATMENT',
  'SAFETY',
  'PHOTO',
  'DISCLOSURE',
  'DAY',
  'STOCK',
  'STAFF',
  'CLINIC',
  'RECORDS',
  'OTHER',
] as const
export type AuditCategory = (typeof auditCategories)[number]

/** What an entry names as its subject, by category; a refused call and what is not named here are OTHER. */
const subjectsByCategory: Readonly<Record<Exclude<AuditCategory, 'OTHER'>, readonly string[]>> = {
  PATIENT: ['patient', 'patient_list', 'patient_import', 'screening', 'clearance', 'amendment_request'],
  CONSENT: ['consent', 'consent_template', 'questionnaire_text'],
  TREATMENT: ['session', 'session_preset', 'order', 'series', 'sign_off', 'addendum', 'outcome', 'patient_score'],
  SAFETY: ['complication', 'follow_up', 'recall', 'staff_incident'],
  PHOTO: ['photo'],
  DISCLOSURE: ['packet', 'copy', 'disclosure', 'report'],
  DAY: ['visit', 'waiting', 'absence'],
  STOCK: ['device', 'cartridge_lot', 'product_lot'],
  STAFF: ['staff', 'window', 'signing_key'],
  CLINIC: ['clinic', 'policy', 'clock'],
  RECORDS: ['store', 'keyring', 'backup', 'audit', 'job'],
}

/** Subjects of a category; null for OTHER, which is whatever no other one names. */
export function subjectsOf(category: AuditCategory): readonly string[] | null {
  return category === 'OTHER' ? null : subjectsByCategory[category]
}

export function namedSubjects(): readonly string[] {
  return Object.values(subjectsByCategory).flat()
}

export function categoryOf(subject: string): AuditCategory {
  return auditCategories.find((category) => subjectsOf(category)?.includes(subject)) ?? 'OTHER'
}
