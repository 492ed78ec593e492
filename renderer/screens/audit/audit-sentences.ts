import type { Output } from '../../client/client.ts'
import { roleTexts } from '../../parts/role-text.ts'

export type AuditRow = Output<'audit.list'>['rows'][number]

/**
 * What an action means, in words that follow "who". A `{subject}` is the person of the clinic that it was about. Actions
 * that have no sentence yet are read from their name, so that none is ever shown as a bare code.
 */
const sentences: Readonly<Record<string, string>> = {
  'clinic.setUp': 'set up the clinic',
  'clinic.edit': 'changed the facts of the clinic',
  'store.open': 'The records were opened with the passphrase',
  'signIn.in': 'signed in',
  'signIn.out': 'signed out',
  'signIn.lock': 'left the screen locked',
  'signIn.refused': 'was refused at the sign-in of {subject}',
  'signIn.wait': 'Too many wrong passwords: {subject} has to wait',
  'signIn.codeUsed': 'chose a password and PIN with a one-time code',
  'signIn.pinSet': 'set a new PIN',
  'signIn.passwordChanged': 'changed their password',
  'staff.invite': 'added {subject} and gave a one-time code',
  'staff.edit': 'changed the facts of {subject}',
  'staff.setRoles': 'changed the roles of {subject}',
  'staff.resetPassword': 'gave {subject} a new one-time code',
  'staff.deactivate': 'closed the account of {subject}',
  'staff.reactivate': 'opened the account of {subject} again',
  'policy.draft': 'started a policy draft',
  'policy.edit': 'worked on the policy draft',
  'policy.discard': 'discarded the policy draft',
  'policy.approve': 'approved a policy and signed it',
  'audit.verify': 'started a chain check',
  'audit.verified': 'The chain check ended',
  'backup.start': 'started a copy of the records',
  'backup.made': 'A copy of the records was made and verified',
  'job.cancel': 'asked to stop a long piece of work',
  'patient.search': 'searched the patient list',
  'patient.register': 'registered a patient',
  'patient.edit': 'changed the details of a patient',
  'patient.archive': 'archived a patient',
  'patient.restore': 'took a patient out of the archive',
  'patientImport.commit': 'imported a patient list',
  'patientImport.undo': 'took an import back',
  'chart.open': 'opened a chart',
  'patientMode.start': 'handed the screen to the patient',
  'patientMode.end': 'took the screen back from the patient',
  'screening.start': 'started a screening',
  'screening.submit': 'signed the screening',
  'consent.sign': 'signed a consent',
  'consent.withdraw': 'recorded the withdrawal of a consent',
  'order.sign': 'signed a treatment order',
  'clearance.sign': 'signed a clearance',
  'session.start': 'started a session',
  'session.submit': 'submitted a session',
  'session.recall': 'recalled a session',
  'signOff.sign': 'countersigned a session',
  'signOff.return': 'returned a session',
  'addendum.sign': 'signed an addendum',
  'complication.report': 'reported a complication',
}

/** `signIn.in` is `Sign-in` to the filter; the list is the order of the day. */
export const auditGroups = [
  { value: 'signIn.', label: 'Sign-in, lock, PIN' },
  { value: 'chart.', label: 'Charts opened' },
  { value: 'patient.', label: 'Patients and search' },
  { value: 'patientImport.', label: 'Imports' },
  { value: 'patientMode.', label: 'Screen with the patient' },
  { value: 'screening.', label: 'Screenings' },
  { value: 'consent.', label: 'Consents' },
  { value: 'order.', label: 'Orders' },
  { value: 'clearance.', label: 'Clearances' },
  { value: 'series.', label: 'Series' },
  { value: 'session.', label: 'Sessions' },
  { value: 'signOff.', label: 'Sign-off' },
  { value: 'addendum.', label: 'Addenda' },
  { value: 'complication.', label: 'Complications' },
  { value: 'followUp.', label: 'Follow-up' },
  { value: 'print.', label: 'Prints and copies for patients' },
  { value: 'visit.', label: 'Day list' },
  { value: 'stock.', label: 'Stock' },
  { value: 'staff.', label: 'Staff' },
  { value: 'policy.', label: 'Policy' },
  { value: 'clinic.', label: 'Clinic' },
  { value: 'audit.', label: 'Audit' },
  { value: 'backup.', label: 'Copies of the records' },
] as const

const reasonTexts: Readonly<Record<string, string>> = {
  PASSWORD: 'by password',
  PIN: 'by PIN',
  CODE: 'by one-time code',
  SAMPLE: 'by a click',
  IDLE: 'nobody touched it',
  PERSON: 'by the person',
  OS_LOCK: 'the computer was locked',
  SUSPEND: 'the computer went to sleep',
  PIN_OFF: 'the PIN was switched off',
  DENIED: 'their role does not include it',
  NOT_FOUND: 'no such record for this patient',
  INTACT: 'every row fits',
  BROKEN: 'a row does not fit',
}

/** Who: the person, the program, or a patient on a screen that a person handed over. */
export function auditActor(row: AuditRow): string {
  if (row.actor === null) return row.subject === 'staff' ? (row.subjectName ?? 'At the door') : 'Nobody signed in'
  return row.roles.includes('patient') ? `Patient, handed over by ${row.actor.printedName}` : row.actor.printedName
}

/** What, as a sentence without its subject. */
export function auditSentence(row: AuditRow): string {
  if (row.outcome === 'REFUSED') return `Refused: ${readName(row.action)}`
  const known = sentences[row.action]
  const text = known?.replace('{subject}', row.subjectName ?? 'somebody') ?? readName(row.action)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Why or how, in words; a code without words is shown as it is, since it tells something. */
export function auditReason(row: AuditRow): string | null {
  if (row.reason === null) return null
  const words = row.reason.split(' ')
  if (row.action === 'staff.setRoles')
    return `now ${words.map((word) => roleTexts[word as keyof typeof roleTexts] ?? word).join(', ')}`
  return reasonTexts[row.reason] ?? row.reason.toLowerCase().replaceAll('_', ' ')
}

/** `signOff.returnSession`: "sign off, return session". */
function readName(action: string): string {
  const [feature = '', step = ''] = action.split('.')
  return `${spaced(feature)}, ${spaced(step)}`
}

function spaced(name: string): string {
  return name
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
    .trim()
}
