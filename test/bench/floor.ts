import { randomUUID } from 'node:crypto'
import Driver from 'better-sqlite3'
import type { PatientId } from '../../shared/kernel/ids.ts'

type Cell = string | number | null
type Row = Readonly<Record<string, Cell>>
type Period = { readonly from: string; readonly to: string }

/**
 * What the same work costs at least: the same driver and pages without the cipher, statements prepared once, rows read
 * and written as they are, no checks.
 */
export class Floor {
  readonly driver: Driver.Database
  readonly #statements = new Map<string, Driver.Statement>()

  constructor(plainPath: string) {
    this.driver = new Driver(plainPath)
    for (const setting of ['journal_mode=WAL', 'synchronous=FULL', 'temp_store=MEMORY', 'cache_size=-65536'])
      this.driver.pragma(setting)
    // The floor writes rows without the records around them.
    this.driver.pragma('foreign_keys=OFF')
    for (const { name } of this.all("select name from sqlite_master where type = 'trigger'"))
      this.driver.exec(`drop trigger ${String(name)}`)
  }

  all(text: string, ...parameters: readonly Cell[]): readonly Row[] {
    return this.#prepared(text).all(...parameters) as Row[]
  }

  run(text: string, ...parameters: readonly Cell[]): void {
    this.#prepared(text).run(...parameters)
  }

  patientsById(ids: readonly string[]): void {
    for (const id of ids) this.all('select * from patient where id = ?', id)
  }

  /** The rows a chart's first screen shows, and the one row of its audit, on the disk. */
  openChart(patientId: PatientId): void {
    this.all('select * from patient p join record_version v on v.id = p.version_id where p.id = ?', patientId)
    this.timeline(patientId)
    for (const table of ['series', 'treatment_order'])
      this.all(
        `select * from ${table} t join record_version v on v.id = t.version_id where t.patient_id = ?`,
        patientId,
      )
    this.all("select * from policy p join record_version v on v.id = p.version_id where p.state = 'APPROVED'")
    this.all('select * from staff')
    this.all('select count(*) from session where patient_id = ?', patientId)
    this.auditRow()
  }

  timeline(patientId: PatientId): void {
    this.sessions(patientId, 21)
    for (const table of timelineTables) this.all(`select * from ${table} where patient_id = ? limit 21`, patientId)
  }

  sessions(patientId: PatientId, limit: number): void {
    this.all('select * from session where patient_id = ? order by created_at desc limit ?', patientId, limit)
  }

  /** Fifty waiting sessions with their bytes, people and courses, and how many wait. */
  queuePage(): void {
    this.all(
      `select q.*, p.*, v.sha256, v.body, c.body as course from
         (select * from session where state = 'SUBMITTED' order by queue_group, due_at, id limit 51) q
         join record_version v on v.id = q.version_id join patient p on p.id = q.patient_id
         join series s on s.id = q.series_id join record_version c on c.id = s.version_id`,
    )
    this.all("select queue_group, count(*) from session where state = 'SUBMITTED' group by queue_group")
    this.all('select * from staff')
  }

  /** The sessions of a lot with their people, by its index, what could not be read, the stock, and the audit row. */
  recallByLot({ from, to }: Period): void {
    for (const condition of ["p.lot_normalised = 'MN240917B'", 'p.lot_legible = 0'])
      for (const table of ['session_cartridge', 'session_product'])
        this.all(
          `select s.*, patient.* from ${table} p join session s on s.id = p.session_id
             join patient on patient.id = s.patient_id
             where ${condition} and s.performed_on between ? and ? order by s.performed_on desc limit 1001`,
          from,
          to,
        )
    this.all("select * from cartridge_lot where lot_normalised = 'MN240917B'")
    this.auditRow()
  }

  /** The figures of the supervision report by one grouped query each, and the queue's rows. */
  supervisionReport({ from, to }: Period): void {
    this.all(
      `select supervising_physician_id, practitioner_id, state, count(*), sum(returns), sum(deviations) from session
         where performed_on between ? and ? group by 1, 2, 3`,
      from,
      to,
    )
    this.all(
      `select supervising_physician_id, practitioner_id, submitted_at, signed_at from session
         where performed_on between ? and ? and state = 'SIGNED'`,
      from,
      to,
    )
    this.all("select supervising_physician_id, practitioner_id, due_at from session where state = 'SUBMITTED'")
  }

  /** What was done in the period by depth, skin, device and person, by lot, and the complications of it. */
  safetyReport({ from, to }: Period): void {
    const done = 'session s where s.performed_on between ? and ?'
    this.all(
      `select s.max_depth_um, p.skin_type, s.device_id, s.practitioner_id, count(*)
         from (select * from ${done}) s join patient p on p.id = s.patient_id group by 1, 2, 3, 4`,
      from,
      to,
    )
    this.all(
      `select c.lot_normalised, count(distinct s.id) from (select s.id from ${done}) s
         join session_cartridge c on c.session_id = s.id group by 1`,
      from,
      to,
    )
    this.all('select * from complication')
  }

  /** The courses that were rated in the period and their levels before and after. */
  outcomeReport({ from, to }: Period): void {
    const rated = "outcome o where o.occasion = 'OUTCOME' and o.rated_on between ? and ?"
    this.all(
      `select o.*, s.* from ${rated.replace('outcome o', 'outcome o join series s on s.id = o.series_id')}`,
      from,
      to,
    )
    for (const version of ['version_id', 'baseline_version_id'])
      this.all(
        `select l.* from ${rated.replace('outcome o', `outcome o join outcome_score l on l.version_id = o.${version}`)}`,
        from,
        to,
      )
  }

  auditRow(): void {
    const [last] = this.all('select * from audit_entry order by seq desc limit 1')
    if (last) this.insert('audit_entry', { ...last, seq: Number(last['seq']) + 1 })
  }

  /** The rows of one submission as they stand in the store, to be written again under other ids. */
  submissionOf(sessionId: string): readonly { readonly table: string; readonly row: Row }[] {
    const rows = (table: string, where: string) =>
      this.all(`select * from ${table} where ${where}`, sessionId).map((row) => ({ table, row }))
    return [
      ...rows('record_version', "kind = 'session' and record_id = ? order by number desc limit 1"),
      ...rows('signature', 'record_id = ?'),
      ...rows('signature_seal', 'record_id = ?'),
      ...['session_zone', 'session_cartridge', 'session_product', 'follow_up'].flatMap((table) =>
        rows(table, 'session_id = ?'),
      ),
    ]
  }

  /** The submission's rows and its audit row in one transaction. */
  submit(sessionId: string, rows: ReturnType<Floor['submissionOf']>): void {
    this.run('begin immediate')
    this.#writeSubmission(sessionId, rows)
    this.auditRow()
    this.run('commit')
  }

  /** The same without the audit row, the signature and its seal, which is what a program that trusts everybody would write. */
  submitUntold(sessionId: string, rows: ReturnType<Floor['submissionOf']>): void {
    this.run('begin immediate')
    this.#writeSubmission(
      sessionId,
      rows.filter(({ table }) => table !== 'signature' && table !== 'signature_seal'),
    )
    this.run('commit')
  }

  /**
   * The rows of one countersignature: the review as a record with its version, the signature with its seal, the audit
   * row. Not told: the review alone.
   */
  signOff(sessionId: string, isTold = true): void {
    const [session] = this.all('select * from session where id = ?', sessionId)
    const [version] = this.all('select * from record_version where id = ?', session?.['version_id'] ?? '')
    const [signature] = this.all('select * from signature where record_id = ? limit 1', sessionId)
    if (!session || !version || !signature) throw new Error(`no submitted session ${sessionId}`)
    const [id, versionId, at] = [randomUUID(), randomUUID(), session['submitted_at'] ?? '']
    const body = String(version['body']).slice(0, 1500)
    this.run('begin immediate')
    this.insert('record_version', { ...version, id: versionId, kind: 'sign_off', record_id: id, number: 1, body })
    this.insert('sign_off', {
      id,
      patient_id: session['patient_id'] ?? null,
      version: 1,
      version_id: versionId,
      created_at: at,
      updated_at: at,
      record_kind: 'SESSION',
      record_id: sessionId,
      // No version is countersigned twice; the floor signs the same few sessions again and again.
      record_version_id: versionId,
      signer_id: signature['signer_id'] ?? null,
      meaning: 'REVIEWED_AND_APPROVED',
      decision: 'PROCEED',
      signed_at: at,
      batch_id: null,
    })
    if (isTold) {
      const signatureId = randomUUID()
      this.insert('signature', { ...signature, id: signatureId, record_id: id, version_id: versionId })
      for (const seal of this.all('select * from signature_seal where signature_id = ?', signature['id'] ?? ''))
        this.insert('signature_seal', { ...seal, signature_id: signatureId, record_id: id, chain_of: id })
    }
    this.run('update session set version = version + 1, updated_at = submitted_at where id = ?', sessionId)
    if (isTold) this.auditRow()
    this.run('commit')
  }

  /** A try at a password as it goes to the disk: counted before the comparison, taken back after it. */
  provedIdentity(): void {
    for (const misses of [1, 0]) this.run('update staff_secret set password_misses = ?', misses)
  }

  #writeSubmission(sessionId: string, rows: ReturnType<Floor['submissionOf']>): void {
    const id = randomUUID()
    const renewedIds = new Map<Cell | undefined, string>()
    for (const { table, row } of rows) {
      const renewed: Record<string, Cell> = { ...row }
      if ('id' in row) {
        renewed['id'] = randomUUID()
        renewedIds.set(row['id'], renewed['id'])
      }
      // A chain of its own, since no place in a chain is given twice.
      if ('chain_of' in row) renewed['chain_of'] = id
      if ('signature_id' in row) renewed['signature_id'] = renewedIds.get(row['signature_id']) ?? randomUUID()
      for (const name of ['record_id', 'session_id']) if (name in row) renewed[name] = id
      this.insert(table, renewed)
    }
    this.run('update session set version = version + 1, updated_at = submitted_at where id = ?', sessionId)
  }

  insert(table: string, row: Row): void {
    const names = Object.keys(row)
    this.run(
      `insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    )
  }

  /**
   * What `.import` of the SQLite shell does: split and write into one bare table, in one transaction. It is not the same
   * work: no cipher, no index, no search key, no version and no comparison with anybody.
   */
  importList(text: string): void {
    this.run('create table if not exists imported (a text, b text, c text, d text, e text)')
    this.run('begin immediate')
    for (const line of text.trimEnd().split('\n').slice(1))
      this.run('insert into imported values (?, ?, ?, ?, ?)', ...line.split(','))
    this.run('commit')
  }

  #prepared(text: string): Driver.Statement {
    const statement = this.#statements.get(text) ?? this.driver.prepare(text)
    this.#statements.set(text, statement)
    return statement
  }
}

const timelineTables = [
  'consent',
  'screening',
  'treatment_order',
  'clearance',
  'complication',
  'addendum',
  'sign_off',
  'follow_up',
  'visit',
]
