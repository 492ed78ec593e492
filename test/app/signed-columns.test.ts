import { expect, it } from 'vitest'
import type { Reader } from '../../db/open.ts'
import { addendumRecord, selectAddendum } from '../../db/queries/addendum.ts'
import { clearanceRecord } from '../../db/queries/clearance.ts'
import { selectComplication } from '../../db/queries/complication.ts'
import { consentRecord } from '../../db/queries/consent.ts'
import { orderRecord } from '../../db/queries/order.ts'
import { selectOutcome } from '../../db/queries/outcome.ts'
import { patientRecord } from '../../db/queries/patient.ts'
import { policyRecord, selectPolicies } from '../../db/queries/policy.ts'
import { screeningRecord } from '../../db/queries/screening.ts'
import { seriesRecord } from '../../db/queries/series.ts'
import { selectSession } from '../../db/queries/session.ts'
import { signOffRecord } from '../../db/queries/sign-off.ts'
import { many, one, type RecordDefinition, selectRecord } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import type { RecordKind } from '../../shared/domain/record-kinds.ts'
import type { PatientId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import { emptyHouse, openWindow, type TestHouse, type Window } from '../support/clinic.ts'
import { keepPhoto } from '../support/photos.ts'
import { dropTriggers } from '../support/store.ts'

/** In the sample clinic signing asks for nothing. */
const anyProof = { method: 'PIN', pin: '294718' } as const

const bookkeeping = { version: 'counts saves', created_at: 'bookkeeping', updated_at: 'bookkeeping' }
const byAudit = 'a move of the state, each with its audit row; what was signed is in the bytes'

/** Every table that repeats signed bytes, which of its rows stand under a signature, and the columns that are not signed. */
const tables: Readonly<
  Record<string, { readonly signed: string; readonly unsigned: Readonly<Record<string, string>> }>
> = {
  record_version: {
    signed: 'id in (select version_id from signature)',
    unsigned: {
      made_at: 'the signature has its own time',
      made_by: 'the signature has its own signer',
      reason: byAudit,
    },
  },
  signature: { signed: '1 = 1', unsigned: {} },
  signature_seal: { signed: '1 = 1', unsigned: {} },
  signing_key: {
    signed: 'id in (select key_id from signature)',
    unsigned: { ended_at: 'a pair ends when the next one is made, whose certificate names it' },
  },
  policy: { signed: "state = 'APPROVED'", unsigned: { ...bookkeeping, state: byAudit } },
  screening: {
    signed: "id in (select record_id from signature where kind = 'screening')",
    unsigned: {
      ...bookkeeping,
      series_id: 'for which course it was asked; the session names the screening',
      handed_over_by: 'who handed the screen over, with its audit row',
      marked: 'what the desk marked to ask again',
      has_open_clear: 'works out what the answers ask for, for the worklist',
    },
  },
  clearance: { signed: '1 = 1', unsigned: { ...bookkeeping } },
  consent: {
    signed: "id in (select record_id from signature where kind = 'consent')",
    unsigned: { ...bookkeeping, state: byAudit, voided_at: byAudit, voided_by: byAudit, void_reason: byAudit },
  },
  series: {
    signed: "id in (select series_id from session where state = 'SIGNED')",
    unsigned: { ...bookkeeping },
  },
  treatment_order: {
    signed: "id in (select record_id from signature where kind = 'order')",
    unsigned: {
      ...bookkeeping,
      state: byAudit,
      superseded_by: byAudit,
      ended_by: byAudit,
      ended_at: byAudit,
      ended_reason: byAudit,
    },
  },
  session: {
    signed: "state = 'SIGNED'",
    unsigned: {
      ...bookkeeping,
      author_is_physician: 'the role at the time; the body has the author as they were',
      state: byAudit,
      complications: 'counts later reports',
      submissions: 'counts versions',
      returns: 'counts returns',
      queue_group: 'place in the worklist',
      sign_off_required: 'place in the worklist',
      due_at: 'place in the worklist',
      escalate_at: 'place in the worklist',
      voided_at: byAudit,
      voided_by: byAudit,
      void_reason: byAudit,
      correct_session_id: byAudit,
    },
  },
  ...Object.fromEntries(
    ['session_zone', 'session_cartridge', 'session_product', 'session_photo'].map((table) => [
      table,
      { signed: "session_id in (select id from session where state = 'SIGNED')", unsigned: {} },
    ]),
  ),
  sign_off: { signed: '1 = 1', unsigned: { ...bookkeeping } },
  addendum: {
    signed: "state = 'SIGNED'",
    unsigned: {
      ...bookkeeping,
      state: byAudit,
      supervising_physician_id: 'whose worklist it waits in',
      acceptance_of: 'whose worklist it waits in',
      submitted_at: 'place in the worklist',
      due_at: 'place in the worklist',
      escalate_at: 'place in the worklist',
    },
  },
  complication: {
    signed: '1 = 1',
    unsigned: { ...bookkeeping, state: byAudit, closed_at: byAudit },
  },
  complication_session: { signed: '1 = 1', unsigned: {} },
  complication_zone: { signed: '1 = 1', unsigned: {} },
  complication_photo: { signed: '1 = 1', unsigned: {} },
  outcome: { signed: '1 = 1', unsigned: { ...bookkeeping, follow_up_id: 'which task of the worklist it settles' } },
  outcome_score: { signed: '1 = 1', unsigned: {} },
  outcome_photo: { signed: '1 = 1', unsigned: {} },
  attachment: {
    signed:
      "id in (select image_id from photo where id in (select photo_id from session_photo where session_id in (select id from session where state = 'SIGNED')))",
    unsigned: {
      media_type: 'how it is shown; the hash is of the bytes',
      bytes: 'its length; the hash is of the bytes',
      file_name: 'where the sealed file lies: another file has another hash, which every reading compares',
      made_at: 'bookkeeping',
      made_by: 'bookkeeping',
      patient_id: 'the signed session names the picture',
    },
  },
  photo: {
    signed:
      "id in (select photo_id from session_photo where session_id in (select id from session where state = 'SIGNED'))",
    unsigned: {
      patient_id: 'the signed session names the picture',
      occasion: 'the signed session says before or after',
      view_code: 'the signed session has its view',
      zone: 'for the photo screen',
      side: 'for the photo screen',
      session_id: 'the signed session names the picture',
      complication_id: 'the signed report names the picture',
      taken_on: 'for the photo screen',
      added_at: 'bookkeeping',
      added_by: 'bookkeeping',
      thumbnail_id: 'a smaller copy for lists',
      original_id: 'kept only where the clinic says so',
      width_px: 'of the picture, which is signed by its bytes',
      height_px: 'of the picture, which is signed by its bytes',
      voided_at: byAudit,
      voided_by: byAudit,
      void_reason: byAudit,
    },
  },
}

const definitions: Readonly<Partial<Record<RecordKind, RecordDefinition<never>>>> = {
  patient: patientRecord,
  screening: screeningRecord,
  consent: consentRecord,
  order: orderRecord,
  clearance: clearanceRecord,
  series: seriesRecord,
  sign_off: signOffRecord,
  addendum: addendumRecord,
  policy: policyRecord,
} as never

type Cell = string | number | null

it('names every column of what was signed that is changed behind the program, and says why of each other one', {
  timeout: 120_000,
}, async () => {
  const house = await emptyHouse()
  await house.app.services.storeLife.openSample(false)
  await signWhatTheSampleLacks(house)
  const { open } = house.app.services.storeLife
  const { driver, db } = open.store
  expect(await brokenRecords(db, null)).toEqual([])
  dropTriggers(open)
  driver.pragma('ignore_check_constraints=ON')

  const unnoticed: Record<string, string[]> = {}
  const expected: Record<string, string[]> = {}
  for (const [table, { signed, unsigned }] of Object.entries(tables)) {
    const columns = driver.pragma(`table_info(${table})`) as { readonly name: string; readonly type: string }[]
    unnoticed[table] = []
    expected[table] = Object.keys(unsigned).sort()
    for (const { name, type } of columns) {
      const row = driver
        .prepare(`select rowid as at, * from ${table} where ${signed} order by ${name} is null, rowid desc limit 1`)
        .get() as Record<string, Cell> | undefined
      if (!row) throw new Error(`the sample has no signed ${table}`)
      driver.exec('begin')
      try {
        const value = otherThan(row[name] ?? null, type)
        driver.prepare(`update ${table} set ${name} = ? where rowid = ?`).run(value, row['at'])
        const broken = await brokenRecords(db, name === 'patient_id' ? null : patientOf(row))
        if (broken.length === 0) unnoticed[table]?.push(name)
      } finally {
        driver.exec('rollback')
      }
    }
    unnoticed[table]?.sort()
  }
  expect(unnoticed).toEqual(expected)
})

/** One character or one count away. */
function otherThan(value: Cell, type: string): Cell {
  if (type.toLowerCase() === 'integer') return Number(value ?? 0) + 1
  const text = String(value ?? '')
  return `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`
}

/** Whose records are looked at; a row that names nobody belongs to whoever signed, so all of them. */
function patientOf({ patient_id: patientId }: Record<string, Cell>): string | null {
  return typeof patientId === 'string' ? patientId : null
}

/** Every record of the patient (null: of the clinic) that the program would show as broken, or not show at all. */
async function brokenRecords(reader: Reader, patientId: string | null): Promise<readonly string[]> {
  const records = await many<{ kind: RecordKind; record_id: string; patient_id: PatientId }>(
    reader,
    `select distinct kind, record_id, patient_id from record_version
       ${patientId === null ? '' : 'where patient_id = ? or patient_id is null'}`,
    patientId === null ? [] : [patientId],
  )
  const broken: string[] = []
  for (const record of records) if (!(await isShownWhole(reader, record))) broken.push(record.kind)
  return broken
}

async function isShownWhole(
  reader: Reader,
  { kind, record_id, patient_id }: { kind: RecordKind; record_id: string; patient_id: PatientId },
): Promise<boolean> {
  try {
    const record = await read(reader, kind, record_id, patient_id)
    const signatures = await selectSignatures(reader, kind, record_id)
    return record?.integrity === 'INTACT' && signatures.every(({ integrity }) => integrity === 'INTACT')
  } catch (error) {
    if ((error as { code?: string }).code === 'RECORD_UNREADABLE') return false
    throw error
  }
}

async function read(reader: Reader, kind: RecordKind, id: string, patientId: PatientId) {
  switch (kind) {
    case 'session':
      return selectSession(reader, patientId, id as SessionId)
    case 'complication':
      return selectComplication(reader, patientId, id as never)
    case 'outcome':
      return selectOutcome(reader, patientId, id as never)
    case 'addendum':
      return selectAddendum(reader, patientId, id as never)
    case 'policy':
      return (await selectPolicies(reader)).find((policy) => policy.id === id) ?? null
    default: {
      const definition = definitions[kind]
      // A kind that does not exist is shown by no screen.
      return definition ? selectRecord(reader, definition, id) : null
    }
  }
}

/** An addendum that author and physician signed, a clearance, and a rating with a picture. */
async function signWhatTheSampleLacks(house: TestHouse): Promise<void> {
  const { db } = house.app.services.storeLife.open.store
  const session = await one<{ id: string; patient_id: PatientId; practitioner_id: StaffId; signed_by: StaffId }>(
    db,
    `select * from session where state = 'SIGNED' and id in (select session_id from session_photo)
       and practitioner_id <> signed_by order by signed_at desc limit 1`,
  )
  if (!session) throw new Error('the sample has no signed session with pictures')
  const [aes, phy] = [await as(house, session.practitioner_id), await as(house, session.signed_by)]
  const patientId = session.patient_id
  await addendum(aes, phy, patientId, session.id)
  await clear(phy)
  await rateWithPicture(phy, patientId)
}

async function rateWithPicture(phy: Window, patientId: PatientId): Promise<void> {
  const { seriesId } = await phy.must('series.plan', {
    patientId,
    goals: ['ACNE_SCAR'],
    goalText: 'A smoother surface',
    zones: [],
    sessionsPlanned: 3,
    intervalMonths: 1,
    photos: 'TAKEN',
    photoViews: ['FRONT'],
  })
  await phy.must('outcome.rate', {
    patientId,
    seriesId,
    occasion: 'BASELINE',
    scores: [{ scale: 'GB_QUAL', scaleVersion: '2006', level: 2, parts: [] }],
    photoIds: [await keepPhoto(phy, patientId)],
    note: '',
    reason: null,
    reauth: anyProof,
  })
}

async function as(house: TestHouse, staffId: StaffId): Promise<Window> {
  const window = openWindow(house.app)
  await window.must('signIn.asSample', { staffId })
  return window
}

async function addendum(aes: Window, phy: Window, patientId: PatientId, recordId: string): Promise<void> {
  const begun = await aes.must('addendum.begin', { patientId, kind: 'SESSION', recordId, fieldPath: '/notes' })
  const { addendumId } = begun
  const { draftVersion } = await aes.must('addendum.saveDraft', {
    patientId,
    addendumId,
    draftVersion: begun.draftVersion,
    fieldPath: null,
    reason: 'Told on the phone.',
    text: 'The patient used a mild cleanser that evening.',
    correction: null,
    happenedAt: null,
    amendmentRequest: null,
  })
  await aes.must('addendum.submit', { patientId, addendumId, draftVersion, replies: [], reauth: anyProof })
  const { addendum: shown } = await phy.must('addendum.open', { patientId, addendumId })
  if (!shown) throw new Error('the addendum was not submitted')
  await phy.must('addendum.sign', {
    patientId,
    addendumId,
    seenVersionId: shown.versionId,
    seenSha256: shown.sha256,
    comment: '',
    takeoverReason: null,
    reauth: anyProof,
  })
}

async function clear(phy: Window): Promise<void> {
  const { patients } = await phy.must('clearance.asked', {})
  const [asking] = patients
  const finding = asking?.findings.find(({ outcome }) => outcome === 'CLEAR')
  if (!asking || !finding) throw new Error('nobody in the sample asks for a clearance')
  const { patientId } = asking
  const { defaultExpiresOn } = await phy.must('clearance.list', { patientId })
  await phy.must('clearance.decide', {
    patientId,
    seriesId: null,
    plannedZones: [],
    deviceType: null,
    findings: [{ questionId: finding.questionId, rule: finding.rule }],
    decision: 'CLEARED',
    reason: 'Seen today; well controlled.',
    conditions: { maxDepthUm: null, zonesExcluded: [], zonesAllowed: null, prophylaxis: null, anaestheticPlan: null },
    offLabelNote: 'Told that the label advises against it.',
    expiresOn: defaultExpiresOn,
    reauth: anyProof,
  })
}
