import type { AuditCategory } from '../../shared/domain/audit-category.ts'
import type { Output } from '../client/client.ts'
import { roleTexts } from './role-text.ts'

export type AuditRow = Output<'audit.list'>['rows'][number]

/**
 * What an action means, in words that follow "who". A `{subject}` is the person of the clinic that it was about. Actions
 * that have no sentence yet are read from their name, so that none is ever shown as a bare code.
 */
const sentences: Readonly<Record<string, string>> = {
  'clinic.setUp': 'set up the clinic',
  'clinic.edit': 'changed the facts of the clinic',
  'store.open': 'The records were opened',
  'store.rest': 'The records were closed, since nobody was at any window',
  'store.migrate': 'The records were brought to a newer version',
  'store.keySlot': 'The key of the records was wrapped anew',
  'keys.makeFirstCode': 'was shown the first recovery code',
  'keys.makeCode': 'was shown a new recovery code',
  'keys.sheet': 'printed the sheet with the recovery code',
  'keys.confirmCode': 'typed the recovery code back; it is in force',
  'keys.setPassphrase': 'set the passphrase of the records',
  'keys.removePassphrase': 'removed the passphrase of the records',
  'store.clinicKey': 'The clinic’s signing key was made',
  'signIn.in': 'signed in',
  'signIn.out': 'signed out',
  'signIn.lock': 'left the screen locked',
  'signIn.refused': 'A sign-in was refused',
  'signIn.wait': 'Too many wrong passwords; a wait began',
  'signIn.codeUsed': 'chose a password and PIN with a one-time code',
  'signIn.pinSet': 'set a new PIN',
  'signIn.passwordChanged': 'changed their password',
  'signIn.keyMade': 'got a new signing key',
  'staff.invite': 'added {subject} and gave a one-time code',
  'staff.edit': 'changed the facts of {subject}',
  'staffPractice.nameSupervisor': 'named a supervising physician of {subject}',
  'staffPractice.endSupervision': 'ended a supervision of {subject}',
  'staffPractice.addTraining': 'entered a training certificate of {subject}',
  'staffPractice.withdrawTraining': 'took back a training certificate of {subject}',
  'staffPractice.nameDeputy': 'asked {subject} to stand in',
  'staffPractice.endDelegation': 'ended the time in which {subject} stands in',
  'staff.setRoles': 'changed the roles of {subject}',
  'staff.resetPassword': 'gave {subject} a new one-time code',
  'staff.deactivate': 'closed the account of {subject}',
  'staff.reactivate': 'opened the account of {subject} again',
  'photo.list': 'looked at the photos of a chart',
  'photo.open': 'opened a photo',
  'photo.ofRecord': 'looked at the photos of a record',
  'photo.add': 'kept a photo in a chart',
  'photo.void': 'marked a photo as entered in error',
  'photo.release': 'gave a photo out of a chart',
  'photo.setSettings': 'changed whether original photo files are kept',
  'policy.draft': 'started a policy draft',
  'policy.edit': 'worked on the policy draft',
  'policy.discard': 'discarded the policy draft',
  'policy.approve': 'approved a policy and signed it',
  'anchor.held': 'Entries were found missing at the end of the records',
  'anchor.accept': 'went on although entries are missing',
  'clock.step': 'The clock of the computer was set',
  'audit.verify': 'started a chain check',
  'audit.exportCsv': 'saved rows of the audit as a file',
  'audit.verified': 'The chain check ended',
  'backup.start': 'started a copy of the records',
  'backup.made': 'A copy of the records was made and verified',
  'backup.failed': 'A copy of the records could not be made',
  'backup.plan': 'chose where backups go',
  'backup.prove': 'started to prove a restore',
  'backup.proved': 'A copy was restored for a proof, and proved whole',
  'backup.notProved': 'A copy could not be restored for its proof',
  'restore.check': 'had a copy checked for a restore',
  'restore.checked': 'A copy was checked for a restore',
  'restore.epoch': 'The records were replaced by a restore',
  'job.cancel': 'asked to stop a long piece of work',
  'patient.search': 'searched the patient list',
  'patient.open': 'opened the details of a patient',
  'patient.banner': 'opened a chart',
  'patient.history': 'read the history of a patient’s details',
  'patient.draft': 'began to register a patient',
  'patient.discardDraft': 'gave up an unfinished registration',
  'patient.register': 'registered a patient',
  'patient.edit': 'changed the details of a patient',
  'patient.setSkinType': 'recorded a skin type',
  'patient.setAllergies': 'recorded the allergies',
  'patient.archive': 'archived a patient',
  'patient.reactivate': 'took a patient out of the archive',
  'patientMerge.compare': 'compared two charts before a merge',
  'patientMerge.merge': 'merged two charts of one person',
  'patientMerge.unmerge': 'took a merge of two charts back',
  'patientMerge.history': 'read which charts were merged',
  'patientMerge.findPairs': 'looked for charts of one person',
  'patientMerge.keepApart': 'said that two like charts are two people',
  'patientImport.prepare': 'read a patient list for import',
  'patientImport.start': 'imported a patient list',
  'patientImport.startUndo': 'took an import back',
  'patientImport.compare': 'compared an imported person with a chart',
  'patientImport.keepBoth': 'kept an imported person beside a like one',
  'patientImport.doNotAdd': 'did not add an imported person',
  'patientMode.begin': 'handed the screen to the patient',
  'patientMode.end': 'took the screen back from the patient',
  'chart.open': 'opened a chart',
  'screening.begin': 'began a screening',
  'screening.answer': 'answered the screening',
  'screening.sign': 'signed the screening',
  'screening.open': 'opened a screening',
  'screening.outcome': 'read the outcome of a screening',
  'screening.changes': 'read which answers changed',
  'screening.clarify': 'added a clarification to a screening',
  'screening.setConcerns': 'recorded concerns beside a screening',
  'screening.discard': 'discarded an unfinished screening',
  'clearance.decide': 'decided on a clearance and signed it',
  'clearance.list': 'read the clearances',
  'consent.prepare': 'prepared a consent',
  'consent.edit': 'worked on a consent',
  'consent.present': 'showed a consent to the patient',
  'consent.form': 'read a consent on the screen',
  'consent.reacknowledge': 'acknowledged a consent again',
  'consent.refuse': 'refused a consent',
  'consent.revise': 'took a consent back to the desk',
  'consent.supersede': 'A consent was replaced by a newer one',
  'consent.discard': 'discarded an unfinished consent',
  'consent.open': 'opened a consent',
  'consent.sign': 'signed a consent',
  'consent.withdraw': 'recorded the withdrawal of a consent',
  'consent.void': 'declared a consent void',
  'consent.approveTemplate': 'approved a consent text',
  'consentTemplate.start': 'started a draft of a consent text',
  'consentTemplate.edit': 'worked on the draft of a consent text',
  'consentTemplate.discard': 'discarded the draft of a consent text',
  'consentTemplate.publish': 'approved and published a consent text',
  'questionnaire.start': 'started a draft of the health questions',
  'questionnaire.edit': 'worked on the draft of the health questions',
  'questionnaire.discard': 'discarded the draft of the health questions',
  'questionnaire.publish': 'approved and published the health questions',
  'order.begin': 'began a treatment order',
  'order.draft': 'worked on a treatment order',
  'order.write': 'worked on a treatment order',
  'order.sign': 'signed a treatment order',
  'order.open': 'opened a treatment order',
  'order.list': 'read the treatment orders',
  'order.discard': 'discarded an unfinished order',
  'order.revoke': 'revoked a treatment order',
  'order.supersede': 'An order was replaced by a newer one',
  'series.plan': 'planned a series',
  'series.edit': 'changed a series',
  'series.activate': 'started a series',
  'series.setStatus': 'changed the state of a series',
  'series.maintain': 'took a series over to maintenance',
  'series.list': 'read the series',
  'outcome.open': 'read the outcome of a series',
  'outcome.rate': 'rated and signed a baseline or an outcome',
  'outcome.correct': 'corrected a baseline or an outcome',
  'outcome.takePatientScore': 'wrote down what the patient said of the outcome',
  'outcome.print': 'printed the outcome of a series',
  'report.outcomesCsv': 'saved the outcome report as a file',
  'sessionPreset.create': 'made a preset for sessions',
  'sessionPreset.change': 'changed a preset for sessions',
  'sessionPreset.retire': 'took a preset for sessions out of use',
  'session.begin': 'began a session',
  'session.edit': 'worked on a session',
  'session.open': 'opened a session',
  'session.gate': 'asked the start gate',
  'session.start': 'started a session',
  'session.submit': 'signed a session and submitted it',
  'session.signAsAuthor': 'signed their own session as physician',
  'session.recall': 'recalled a session',
  'session.resume': 'took up a returned session',
  'session.discard': 'discarded an unfinished session',
  'session.recordOnly': 'recorded a session that passed no gate',
  'session.clearInterval': 'allowed a shorter gap between sessions',
  'signOff.open': 'opened a session for sign-off',
  'signOff.review': 'worked on a sign-off',
  'signOff.sign': 'countersigned a session',
  'signOff.signBatch': 'countersigned a session in a batch',
  'signOff.return': 'returned a session',
  'signOff.markEnteredInError': 'marked a session as entered in error',
  'amendmentRequest.list': 'read the requests to correct the record',
  'amendmentRequest.take': 'took down a request to correct the record',
  'amendmentRequest.extend': 'extended the time to answer a request',
  'amendmentRequest.accept': 'accepted a request to correct the record',
  'amendmentRequest.deny': 'denied a request to correct the record',
  'amendmentRequest.disagree': 'took down the patient’s disagreement with a denial',
  'amendmentRequest.rebut': 'answered the patient’s disagreement',
  'addendum.begin': 'began an addendum',
  'addendum.edit': 'worked on an addendum',
  'addendum.open': 'opened an addendum',
  'addendum.list': 'read the addenda',
  'addendum.submit': 'signed an addendum and submitted it',
  'addendum.signAsAuthor': 'signed their own addendum as physician',
  'addendum.sign': 'countersigned an addendum',
  'addendum.return': 'returned an addendum',
  'addendum.discard': 'discarded an unfinished addendum',
  'complication.report': 'reported a complication',
  'complication.open': 'opened a complication',
  'complication.assess': 'assessed a complication',
  'complication.acknowledge': 'acknowledged a red flag',
  'complication.decideReport': 'decided on a report',
  'complication.advance': 'moved a complication on',
  'complication.close': 'closed a complication',
  'complication.reopen': 'opened a complication again',
  'complication.liftBlock': 'lifted a block',
  'complication.disclose': 'entered a disclosure about a complication',
  'complication.reportSheet': 'printed the report sheet of a complication',
  'staffIncident.list': 'read the incidents of staff',
  'staffIncident.record': 'recorded an incident of staff',
  'staffIncident.note': 'added a note to an incident of staff',
  'staffIncident.close': 'closed an incident of staff',
  'followUp.add': 'added a follow-up',
  'followUp.give': 'handed a follow-up on',
  'followUp.done': 'did a follow-up',
  'visit.add': 'put a patient on the day list',
  'visit.edit': 'changed an entry of the day list',
  'visit.move': 'moved an entry of the day list',
  'visit.checkIn': 'checked a patient in',
  'visit.cancel': 'took a patient off the day list',
  'booking.clock': 'looked up from when a patient may be treated',
  'booking.wait': 'put a patient on the waiting list',
  'booking.leave': 'took a patient off the waiting list',
  'booking.remind': 'gave out a reminder',
  'booking.setHours': 'changed working hours',
  'booking.setSettings': 'changed the settings of the calendar',
  'booking.addAbsence': 'entered an absence',
  'booking.takeBackAbsence': 'took an absence back',
  'stock.addDevice': 'added a device',
  'stock.editDevice': 'changed a device',
  'stock.addCleaning': 'recorded the cleaning of a device',
  'stock.noteMovement': 'noted a movement of stock',
  'stock.setSettings': 'changed when an expiry is shown as soon',
  'recall.search': 'traced a lot, article or device',
  'recall.open': 'opened a recall',
  'recall.view': 'opened a recall to work on it',
  'recall.searchAgain': 'traced a recall once more',
  'recall.setTask': 'noted the result of a recall for a patient',
  'recall.editLetter': 'changed the letter of a recall',
  'recall.close': 'closed a recall',
  'recall.printLetters': 'printed a recall letter',
  'recall.printReport': 'printed the report of a recall',
  'lookBack.search': 'looked back at an exposure',
  'report.supervisionCsv': 'saved the supervision report as a file',
  'report.safetyCsv': 'saved the safety report as a file',
  'stock.addCartridgeLot': 'added a cartridge lot',
  'stock.editCartridgeLot': 'changed a cartridge lot',
  'stock.addProductLot': 'added a product lot',
  'stock.editProductLot': 'changed a product lot',
  'stock.setStatus': 'changed the state of a lot or device',
  'print.session': 'printed a session record',
  'order.print': 'printed a treatment order',
  'print.consent': 'printed a consent',
  'print.copyGiven': 'gave a copy to the patient',
  'packet.make': 'made the signed packet of a patient',
}

/** Features as the filter names them, in the order of a day. */
export const auditGroups = [
  { value: 'signIn.', label: 'Sign-in, lock, PIN' },
  { value: 'patient.', label: 'Patients, charts, search' },
  { value: 'chart.', label: 'Chart history' },
  { value: 'patientMerge.', label: 'Merged charts' },
  { value: 'patientImport.', label: 'Imports' },
  { value: 'patientMode.', label: 'Screen with the patient' },
  { value: 'screening.', label: 'Screenings' },
  { value: 'consent.', label: 'Consents' },
  { value: 'order.', label: 'Orders' },
  { value: 'clearance.', label: 'Clearances' },
  { value: 'series.', label: 'Series' },
  { value: 'outcome.', label: 'Outcomes' },
  { value: 'session.', label: 'Sessions' },
  { value: 'signOff.', label: 'Sign-off' },
  { value: 'addendum.', label: 'Addenda' },
  { value: 'amendmentRequest.', label: 'Requests to correct the record' },
  { value: 'complication.', label: 'Complications' },
  { value: 'followUp.', label: 'Follow-up' },
  { value: 'print.', label: 'Prints and copies for patients' },
  { value: 'packet.', label: 'Signed packets' },
  { value: 'visit.', label: 'Day list' },
  { value: 'stock.', label: 'Stock' },
  { value: 'report.', label: 'Reports' },
  { value: 'staff.', label: 'Staff' },
  { value: 'staffIncident.', label: 'Incidents of staff' },
  { value: 'policy.', label: 'Policy' },
  { value: 'clinic.', label: 'Clinic' },
  { value: 'audit.', label: 'Audit' },
  { value: 'anchor.', label: 'Missing entries' },
  { value: 'clock.', label: 'Clock of the computer' },
  { value: 'backup.', label: 'Copies of the records' },
  { value: 'restore.', label: 'Restores' },
] as const

/** Categories of data, as the filter and the table name them. */
export const auditCategoryTexts: Readonly<Record<AuditCategory, string>> = {
  PATIENT: 'Patients and screenings',
  CONSENT: 'Consents and texts',
  TREATMENT: 'Treatments',
  SAFETY: 'Complications and recalls',
  PHOTO: 'Photos',
  DISCLOSURE: 'What left the clinic',
  DAY: 'Day list',
  STOCK: 'Stock',
  STAFF: 'Staff and sign-in',
  CLINIC: 'Clinic and policy',
  RECORDS: 'Records and copies',
  OTHER: 'Other',
}

export const auditOutcomeTexts: Readonly<Record<AuditRow['outcome'], string>> = {
  DONE: 'Done',
  REFUSED: 'Refused',
  FAILED: 'Failed',
}

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
  STORE_CLOSED: 'the records were closed',
  INTACT: 'every row fits',
  BROKEN: 'a row does not fit',
}

/** Who: the person, the program, or a patient on a screen that a person handed over. */
export function auditActor(row: AuditRow): string {
  if (row.actor === null) return row.subject === 'staff' ? (row.subjectName ?? 'At the door') : 'The program'
  return row.roles.includes('patient') ? `Patient, handed over by ${row.actor.printedName}` : row.actor.printedName
}

/** What, as a sentence without its subject. */
export function auditSentence(row: AuditRow): string {
  if (row.outcome === 'REFUSED') return `Refused: ${readName(row.action)}`
  const known = sentences[row.action]
  const text = known?.replace('{subject}', row.subjectName ?? 'somebody') ?? readName(row.action)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** One line of a list that has no column for the person. */
export function actionSentence(action: string, actorName: string | null): string {
  const text = sentences[action]?.replace('{subject}', 'somebody') ?? readName(action)
  const isOfPerson = actorName !== null && text.charAt(0) === text.charAt(0).toLowerCase()
  return isOfPerson ? `${actorName} ${text}` : text.charAt(0).toUpperCase() + text.slice(1)
}

/** Why or how, in words; a code without words is shown as it is, since it tells something. */
export function auditReason(row: AuditRow): string | null {
  if (row.reason === null) return null
  if (row.action === 'restore.epoch') {
    const [, before = '', after = ''] = /BEFORE (\w+)\S* AFTER (\d+)/.exec(row.reason) ?? []
    return before === 'UNREADABLE'
      ? `in place of records that could not be read; the audit goes on after row ${after}`
      : `the audit had come to row ${before} and goes on after row ${after}`
  }
  if (row.action === 'anchor.held' || row.action === 'anchor.accept') return missingText(row.reason)
  if (row.action === 'clock.step') return stepText(row.reason)
  const words = row.reason.split(' ')
  if (row.action === 'staff.setRoles')
    return `now ${words.map((word) => roleTexts[word as keyof typeof roleTexts] ?? word).join(', ')}`
  return reasonTexts[row.reason] ?? row.reason.toLowerCase().replaceAll('_', ' ')
}

function missingText(reason: string): string {
  const [, anchored = '', found = '', missing = ''] =
    /ANCHORED (\w+)\S* FOUND (\d+)\S* MISSING (\w+)/.exec(reason) ?? []
  const noted = anchored === 'UNREADABLE' ? 'the note of the end was gone' : `the end was noted as row ${anchored}`
  return `${noted}, and was found as row ${found}${missing === 'UNKNOWN' ? '' : `: ${missing} missing`}`
}

function stepText(reason: string): string {
  const [direction = '', seconds = '0'] = reason.split(' ')
  return `${direction === 'BACK' ? 'back' : 'forward'} by ${Math.round(Number(seconds) / 60)} minutes`
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
