import type { AddendumBody } from '../../shared/domain/addendum.ts'
import type { ComplicationBody } from '../../shared/domain/complication.ts'
import type { ConsentBody, ConsentSignature } from '../../shared/domain/consent/consent.ts'
import type { ConsentNeed, ConsentOnFile } from '../../shared/domain/consent/consent-validity.ts'
import { modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import type { ConsentValues } from '../../shared/domain/consent/render-consent.ts'
import { attestations, type SignOffBody } from '../../shared/domain/sign-off.ts'
import type { Branded, StaffId, VersionId } from '../../shared/kernel/ids.ts'

/** The same id for the same number, in the form that main makes. */
export function idOf<Id extends Branded<string>>(number: number): Id {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as Id
}

export const lena = idOf<StaffId>(1)
export const noor = idOf<StaffId>(2)
export const okafor = idOf<StaffId>(3)
export const deputy = idOf<StaffId>(4)
export const frontDesk = idOf<StaffId>(5)
export const shaOf = (digit: string) => digit.repeat(64)

export const marasValues: ConsentValues = {
  patient_name: 'Mara Lindqvist',
  dob: '14-Feb-1991',
  clinic_name: 'Harbour Skin Clinic',
  zones: 'both front cheeks',
  goals: 'rolling acne scars',
  practitioner_name: 'Lena Brook',
  practitioner_credential: 'licensed master aesthetician',
  is_or_is_not: 'is not',
  physician_name: 'Chidi Okafor',
  physician_credential: 'board-certified dermatologist',
  supervision_sentence: 'is in the building during my treatment',
  dwell: '30',
  max_depth_mm: '1.5',
  duration: '30',
  n_sessions: '4',
  interval: 'one month',
  urgent_phone: '+1 555 0100',
  language: 'English',
  interpreter_clause: '',
  questions: 'none',
  relationship: 'patient herself',
  age_of_majority: '18',
  off_label: false,
  photoPermissions: null,
}

export function signatureOf(changes: Partial<ConsentSignature> = {}): ConsentSignature {
  return {
    role: 'PATIENT',
    name: 'Mara Lindqvist',
    relationship: null,
    proofOfAuthority: null,
    identityDocument: 'DRIVING_LICENCE',
    mark: {
      kind: 'STROKES',
      strokes: [
        [
          { x: 100, y: 200, atMs: 0 },
          { x: 900, y: 250, atMs: 40 },
        ],
      ],
    },
    imageId: null,
    intentStatement: 'By signing I agree to the treatment described above.',
    intentTicked: true,
    documentSha256: shaOf('a'),
    signedAt: '2026-01-20T15:30:00.000Z',
    utcOffsetMin: -300,
    workstation: 'Room 2',
    ...changes,
  }
}

export function consentBodyOf(changes: Partial<ConsentBody> = {}): ConsentBody {
  const template = modelConsentTemplate('2026-01-01')
  const physician = { staffId: okafor, name: 'Chidi Okafor', credential: 'MD' }
  return {
    schema: 'consent/1',
    consentId: idOf(100),
    version: 1,
    patient: { patientId: idOf(200), name: 'Mara Lindqvist', bornOn: '1991-02-14', chartNumber: 'C-000123' },
    seriesId: idOf(300),
    template: { templateId: template.templateId, major: 1, minor: 0, language: 'en', sha256: shaOf('b') },
    scope: {
      procedure: 'MECHANICAL',
      addons: [],
      zones: [
        { zone: 'CHEEK_ANT', side: 'L', site: null },
        { zone: 'CHEEK_ANT', side: 'R', site: null },
      ],
      indications: ['ACNE_SCAR'],
      maxDepthUm: 1500,
      sessions: 4,
    },
    practitioner: { staffId: lena, name: 'Lena Brook', credential: 'Master aesthetician', isPhysician: false },
    supervisingPhysician: physician,
    offLabelItems: [],
    document: {
      sections: [
        { key: 'RISKS', heading: 'What can go wrong', body: 'Bleeding.' },
        { key: 'PHOTOGRAPHS', heading: 'Photographs', body: '[x] [ ] [ ]' },
      ],
      text: 'What can go wrong\nBleeding.',
      sha256: shaOf('a'),
    },
    photoPermissions: { ownRecord: true, staffTeaching: false, marketing: false },
    initials: [
      { section: 'RISKS', initials: 'ML', at: '2026-01-20T15:28:00.000Z' },
      { section: 'PHOTOGRAPHS', initials: 'ML', at: '2026-01-20T15:29:00.000Z' },
    ],
    language: 'en',
    interpreter: null,
    minor: null,
    explainedBy: { staffId: lena, name: 'Lena Brook', credential: 'Master aesthetician' },
    witness: { staffId: frontDesk, name: 'Ida Holm', credential: '' },
    questionsAsked: '',
    readingTimeSec: 340,
    refusals: [],
    copyGiven: null,
    signature: signatureOf(),
    ...changes,
  }
}

export function consentOnFileOf(changes: Partial<ConsentOnFile> = {}): ConsentOnFile {
  return {
    body: consentBodyOf(),
    state: 'SIGNED',
    signedOn: '2026-01-20',
    withdrawals: [],
    reacknowledgements: [],
    ...changes,
  }
}

export function consentNeedOf(changes: Partial<ConsentNeed> = {}): ConsentNeed {
  const { scope, seriesId } = consentBodyOf()
  return {
    seriesId,
    zones: scope.zones,
    indications: scope.indications,
    maxDepthUm: 1500,
    procedure: 'MECHANICAL',
    addons: [],
    practitionerId: lena,
    supervisingPhysicianId: okafor,
    currentMajor: 1,
    bornOn: '1991-02-14',
    guardianName: null,
    language: 'en',
    hasNewClearFinding: false,
    hasNewDiagnosisOrMedicine: false,
    complicationsSince: [],
    agreesToday: true,
    ...changes,
  }
}

export function signOffBodyOf(changes: Partial<SignOffBody> = {}): SignOffBody {
  return {
    schema: 'sign-off/1',
    signOffId: idOf(400),
    patientId: idOf(200),
    record: { kind: 'SESSION', recordId: idOf(500), version: 2, versionId: idOf<VersionId>(602), sha256: shaOf('c') },
    signer: {
      staffId: okafor,
      printedName: 'Chidi Okafor',
      credential: 'MD, board-certified dermatologist',
      licence: { number: 'MD-44120', state: 'UT', level: 'PHYSICIAN', expiresOn: '2027-12-31' },
    },
    policyVersionId: null,
    signedAt: '2026-06-11T15:12:00.000Z',
    utcOffsetMin: -360,
    meaning: 'REVIEWED_AND_APPROVED',
    attestation: attestations.REVIEWED_AND_APPROVED,
    supervision: { mode: 'ON_SITE', confirmed: true, note: '' },
    patientSeen: false,
    dispositions: [],
    decision: 'PROCEED',
    comment: '',
    takeoverReason: null,
    batchId: null,
    ...changes,
  }
}

export function addendumBodyOf(changes: Partial<AddendumBody> = {}): AddendumBody {
  return {
    schema: 'addendum/1',
    addendumId: idOf(700),
    version: 1,
    patientId: idOf(200),
    amends: {
      kind: 'SESSION',
      recordId: idOf(500),
      versionId: idOf<VersionId>(602),
      sha256: shaOf('c'),
      fieldPath: '/notes',
    },
    reason: 'Patient asked for a correction of a medicine name',
    text: 'The medicine named in the notes is levothyroxine.',
    correction: { was: 'levotiroxin', shouldBe: 'levothyroxine' },
    happenedAt: null,
    writtenAt: '2026-06-22T14:00:00.000Z',
    isLateEntry: true,
    amendmentRequest: { requestedBy: 'Ivo Petrov', requestedOn: '2026-06-20' },
    author: { staffId: lena, printedName: 'Lena Brook', credential: 'Master aesthetician', isPhysician: false },
    ...changes,
  }
}

export function complicationBodyOf(changes: Partial<ComplicationBody> = {}): ComplicationBody {
  return {
    schema: 'complication/1',
    complicationId: idOf(800),
    version: 1,
    patientId: idOf(200),
    sessionIds: [idOf(500)],
    zones: [{ zone: 'CHIN', side: 'M', site: null }],
    code: 'BRUISING',
    onsetOn: '2026-05-05',
    reportedAt: '2026-05-06T14:00:00.000Z',
    reportedBy: { kind: 'PATIENT', name: 'Aisha Bello' },
    takenBy: frontDesk,
    channel: 'PHONE',
    grade: null,
    worstGrade: null,
    gradeHistory: [],
    description: 'Dark marks on the chin',
    photoIds: [],
    cartridgeLots: [{ lotId: idOf(900), lotNumber: 'MN24-0917B' }],
    productLots: [],
    deviceId: idOf(950),
    signs: [],
    actionTaken: '',
    treatmentOrderedBy: null,
    physicianNotices: [],
    causality: null,
    seriesDecision: null,
    blockLifted: null,
    followUps: [],
    outcome: 'ONGOING',
    resolvedOn: null,
    isPermanentChange: false,
    neededIntervention: false,
    hasSterilityDoubt: false,
    stableOn: null,
    reportDecision: null,
    linkedComplicationIds: [],
    ...changes,
  }
}
