/** Records that print and of which a copy is given. */
export const printedRecordKinds = ['SESSION', 'CONSENT'] as const
export type PrintedRecordKind = (typeof printedRecordKinds)[number]
