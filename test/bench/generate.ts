import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import { migrations } from '../../db/migrations/index.ts'
import { openStore, type Store } from '../../db/open.ts'
import { insertImport } from '../../db/queries/patient-import.ts'
import { many } from '../../db/records.ts'
import type { Sealer } from '../../db/signing/seal.ts'
import { keyLock, openKey, sealerOf } from '../../main/app/signing-keys.ts'
import type { Host } from '../../main/hosts/host.ts'
import type { PlannedRow } from '../../shared/domain/patient-import.ts'
import type { ImportId, OrderId, PatientId, SeriesId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import { addDays, addMinutes, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { clinicNow, password } from '../support/clinic.ts'
import { approveModelText, consentOnFile } from '../support/consent.ts'
import { patientOnFile, screenPatient } from '../support/screening.ts'
import {
  approvePolicy,
  countersign,
  loggedUntilNow,
  orderOnFile,
  type SessionClinic,
  startedSession,
  stockOnFile,
  submission,
  type,
} from '../support/session.ts'
import { root } from '../support/steps.ts'
import { openBenchApp, setUpClinic } from './clinic.ts'
import { inventPerson, risingIds, seededRandom } from './people.ts'
import { type Snapshot, snapshotWriter, takeSnapshot } from './snapshot.ts'

/** Raise it when the generator changes; stores of another version, other steps or another schema are made anew. */
const generatorVersion = 3

export type StoreFacts = {
  readonly patients: number
  /** Sessions that stand ready to be submitted, each of a patient of its own. */
  readonly drafts: readonly {
    readonly patientId: PatientId
    readonly sessionId: SessionId
    readonly draftVersion: number
  }[]
  /** Patients with a signed course. */
  readonly charts: readonly PatientId[]
  readonly submitted: number
  readonly signed: number
  /** The one chart with 500 visits. */
  readonly longChart: PatientId
  readonly key: string
  /** The clock at which drafts can be submitted. */
  readonly now: Instant
  readonly madeInMs: number
}

const submittedSessions = 2000
const draftSessions = 240
const signedCharts = 1000
const longVisits = 500

/** The generated clinic of that size under `.cache/bench`, made where it is missing. */
export async function generatedStore(patients: number): Promise<{ folder: string; facts: StoreFacts }> {
  const schema = readFileSync(join(root, 'db', 'schema.sql'))
  const steps = migrations.map(({ id, name }) => `${id} ${name}`).join()
  const stamp = createHash('sha256')
    .update(schema)
    .update(steps)
    .update(String(generatorVersion))
    .digest('hex')
    .slice(0, 10)
  const folder = join(root, '.cache', 'bench', `${patients}-${stamp}`)
  const factsPath = join(folder, 'facts.json')
  if (!existsSync(factsPath)) {
    const making = `${folder}-making-${process.pid}`
    rmSync(making, { recursive: true, force: true })
    mkdirSync(making, { recursive: true })
    try {
      const facts = await generate(making, patients)
      writeFileSync(join(making, 'facts.json'), JSON.stringify(facts))
      rmSync(folder, { recursive: true, force: true })
      renameSync(making, folder)
    } finally {
      rmSync(making, { recursive: true, force: true })
    }
  }
  const plain = join(folder, 'plain.db')
  const facts = JSON.parse(readFileSync(factsPath, 'utf8')) as StoreFacts
  if (!existsSync(plain)) makePlainCopy(join(folder, 'data', 'store.db'), facts.key, plain)
  return { folder, facts }
}

async function generate(folder: string, patients: number): Promise<StoreFacts> {
  const begun = performance.now()
  const model = await buildModel(folder)
  const store = openStore({ path: join(folder, 'data', 'store.db'), key: Buffer.from(model.key, 'hex'), cacheMb: 512 })
  try {
    const { driver } = store
    // A half-made store is thrown away as a whole, so nothing needs to be safe yet.
    driver.pragma('journal_mode=OFF')
    driver.pragma('synchronous=OFF')
    const patientIds = await insertPatients(store, patients, model)
    const triggers = dropTriggers(driver)
    driver.pragma('foreign_keys=OFF')
    driver.exec('begin immediate')
    const courses = insertCourses(driver, { model, patientIds })
    for (const sql of triggers) driver.exec(sql)
    driver.exec('commit')
    const orphans = driver.pragma('foreign_key_check')
    if (Array.isArray(orphans) && orphans.length > 0) throw new Error(`orphans: ${JSON.stringify(orphans[0])}`)
    driver.pragma('journal_mode=WAL')
    const { key, now } = model
    return { patients, ...courses, key, now, madeInMs: Math.round(performance.now() - begun) }
  } catch (error) {
    if (store.driver.inTransaction) store.driver.exec('rollback')
    throw error
  } finally {
    await store.close()
  }
}

type Model = {
  readonly key: string
  /** The keys of the clinic and its people. */
  readonly sealers: readonly Sealer[]
  readonly now: Instant
  readonly aesId: SessionClinic['aesId']
  readonly patientId: PatientId
  readonly sessionId: SessionId
  readonly draftVersion: number
  readonly draft: Snapshot
  readonly submitted: Snapshot
  readonly signed: Snapshot
  /** The signed session alone. */
  readonly visit: Snapshot
}

/** One patient's course by ordinary commands, with a look at its rows after each step. */
async function buildModel(folder: string): Promise<Model> {
  const { app, host } = await openBenchApp(folder)
  try {
    const team = await setUpClinic(app)
    const { aes, aesId, phy, phyId } = team
    const clinic = { app, host, folder }
    await approvePolicy(phy, (body) => body)
    await approveModelText(phy)
    const patientId = await patientOnFile(clinic, { fst: { type: 'II', recordedOn: '2026-01-20', by: phyId } })
    const { seriesId } = await aes.must('series.plan', {
      patientId,
      goals: ['ACNE_SCAR'],
      goalText: 'Softer scars',
      zones: [],
      sessionsPlanned: 4,
      intervalMonths: 1,
      photos: 'DECLINED',
      photoViews: [],
    })
    const orderId: OrderId = await orderOnFile(clinic, {
      patientId,
      seriesId: seriesId as SeriesId,
      phyId,
      changes: {},
    })
    const stock = await stockOnFile(clinic, phyId)
    await screenPatient(aes, patientId, answersOfHealthyPerson('FULL'), 'FULL')
    const consentId = await consentOnFile(aes, patientId, { practitionerId: aesId, physicianId: phyId }, { seriesId })
    const made = { ...clinic, ...team, patientId, seriesId, orderId, consentId, ...stock } as unknown as SessionClinic
    const desk = await type(made, aes, await startedSession(made), loggedUntilNow(made))
    const { driver } = app.services.storeLife.open.store
    const draft = takeSnapshot(driver, patientId)
    await aes.must('session.submit', submission(made, desk))
    const submitted = takeSnapshot(driver, patientId)
    await countersign(made, desk.sessionId)
    const { store, clinicSealer } = app.services.storeLife.open
    return {
      key: app.services.storeLife.key.toString('hex'),
      sealers: [clinicSealer, await personSealer(store.db, host, aesId), await personSealer(store.db, host, phyId)],
      now: host.now(),
      aesId,
      patientId,
      sessionId: desk.sessionId,
      draftVersion: desk.draftVersion,
      draft,
      submitted,
      signed: takeSnapshot(driver, patientId),
      visit: takeSnapshot(driver, desk.sessionId),
    }
  } finally {
    await app.close()
  }
}

/** By the program's own import, in one transaction with sorted key rows. */
async function insertPatients(store: Store, patients: number, { aesId }: Model): Promise<readonly PatientId[]> {
  const random = seededRandom(patients)
  const rows: PlannedRow<PatientId>[] = Array.from({ length: patients }, (_, index) => ({
    verdict: 'NEW',
    line: index + 2,
    candidate: { details: inventPerson(random), chartNumber: null, sourceId: null },
    notices: [],
    pairs: [],
  }))
  const importId = risingIds(1)() as ImportId
  await store.db.transaction().execute((trx) =>
    insertImport(
      trx,
      store.driver,
      {
        importId,
        fileName: 'generated.csv',
        fileSha256: '0'.repeat(64),
        mapping: [],
        dateShape: 'YMD',
        rows,
        newId: risingIds(2),
        at: clinicNow,
        by: aesId,
      },
      { progress: () => undefined, stopAsked: () => false },
    ),
  )
  const found = store.driver.prepare('select id from patient where import_id = ? order by id').all(importId)
  return (found as { id: PatientId }[]).map(({ id }) => id)
}

function dropTriggers(driver: Store['driver']): readonly string[] {
  const triggers = driver.prepare("select name, sql from sqlite_master where type = 'trigger'").all() as {
    name: string
    sql: string
  }[]
  for (const { name } of triggers) driver.exec(`drop trigger ${name}`)
  return triggers.map(({ sql }) => sql)
}

function insertCourses(
  driver: Store['driver'],
  { model, patientIds }: { readonly model: Model; readonly patientIds: readonly PatientId[] },
) {
  const write = snapshotWriter(driver, model.sealers)
  const newId = risingIds(3)
  // Spread over the clinic, so that charts do not lie beside each other.
  const step = Math.floor(patientIds.length / (draftSessions + submittedSessions + signedCharts + 1)) || 1
  let next = 0
  const nextPatient = (): PatientId => {
    const id = patientIds[(next++ * step) % patientIds.length]
    if (id === undefined) throw new Error('no patients')
    return id
  }
  const signedSessions = signedCharts
  const day = model.now.slice(0, 10) as CalendarDate
  const drafts: StoreFacts['drafts'][number][] = []
  for (let count = 0; count < draftSessions; count++) {
    const patientId = nextPatient()
    const ids = write(model.draft, { newId, known: { [model.patientId]: patientId } })
    const sessionId = ids.get(model.sessionId) as SessionId
    drafts.push({ patientId, sessionId, draftVersion: model.draftVersion })
  }
  for (let count = 0; count < submittedSessions; count++) {
    write(model.submitted, {
      newId,
      known: { [model.patientId]: nextPatient() },
      change: ({ table, cells }) =>
        table === 'session' ? { due_at: addMinutes(cells['due_at'] as Instant, count % 600) } : {},
    })
  }
  const charts: PatientId[] = []
  for (let count = 0; count < signedSessions; count++) {
    const patientId = nextPatient()
    charts.push(patientId)
    const words = { [day]: addDays(day, -(count % 300)) }
    write(model.signed, { newId, known: { [model.patientId]: patientId }, words })
  }
  const longChart = nextPatient()
  const series = write(model.signed, { newId, known: { [model.patientId]: longChart } })
  const mapped = Object.fromEntries([...series].filter(([id]) => !model.visit.ids.has(id)))
  for (let visit = 2; visit <= longVisits; visit++) {
    write(model.visit, {
      newId,
      known: mapped,
      words: { [day]: addDays(day, -visit * 7), '"sessionNo":1,': `"sessionNo":${visit},` },
      change: ({ table }) => (table === 'session' ? { session_no: visit } : {}),
    })
  }
  return { drafts, charts, longChart, submitted: submittedSessions, signed: signedSessions + longVisits }
}

/** The same pages without their cipher, for the floor's raw statements. */
function makePlainCopy(storePath: string, key: string, plainPath: string): void {
  const making = `${plainPath}-making`
  copyFileSync(storePath, making)
  const driver = new Driver(making)
  try {
    driver.pragma("cipher='sqlcipher'")
    driver.pragma('legacy=4')
    driver.key(Buffer.from(`raw:${key}`))
    // Nobody needs this copy after a crash.
    driver.pragma('journal_mode=OFF')
    driver.pragma('synchronous=OFF')
    driver.rekey(Buffer.alloc(0))
  } finally {
    driver.close()
  }
  renameSync(making, plainPath)
}

async function personSealer(reader: Store['db'], host: Host, staffId: StaffId): Promise<Sealer> {
  const key = await openKey(reader, staffId, keyLock(host, false, password))
  if (typeof key === 'string') throw new Error('a person without a key')
  const [fact] = await many<{ value: string }>(reader, "select value from store_fact where name = 'store_id'")
  return sealerOf(fact?.value ?? '', key)
}
