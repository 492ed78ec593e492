/** Records that are signed or amended: a head row plus immutable versions, each as exact bytes. */
export const recordKinds = [
  'patient',
  'screening',
  'consent',
  'order',
  'clearance',
  'series',
  'session',
  'sign_off',
  'complication',
  'addendum',
  'policy',
  'outcome',
] as const
export type RecordKind = (typeof recordKinds)[number]
