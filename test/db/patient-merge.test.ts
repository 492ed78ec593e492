import { beforeEach, describe, expect, it } from 'vitest'
import { endLink, insertLink } from '../../db/queries/patient-merge.ts'
import { insertVerdict, pairOf } from '../../db/queries/patient-pair.ts'
import { change } from '../../db/records.ts'
import type { PatientId, PatientLinkId, StaffId } from '../../shared/kernel/ids.ts'
import { newClinic, type TestClinic } from '../support/clinic.ts'
import { patientOnFile } from '../support/screening.ts'
import { write } from '../support/session.ts'

describe('the store', () => {
  let clinic: TestClinic
  let by: StaffId
  let first: PatientId
  let second: PatientId
  let third: PatientId
  beforeEach(async () => {
    clinic = await newClinic()
    by = clinic.managerId
    first = await patientOnFile(clinic)
    second = await patientOnFile(clinic, { family: 'Haddad' })
    third = await patientOnFile(clinic, { family: 'Silva' })
  })

  function link(mergedId: PatientId, keptId: PatientId): Promise<PatientLinkId> {
    const linkId = clinic.host.newId() as PatientLinkId
    const at = { mergedAt: clinic.host.now(), mergedOn: '2026-08-03', mergedBy: by, reason: 'One person' }
    return write(clinic, async (trx) => {
      await insertLink(trx, { linkId, mergedId, keptId, ...at })
      return linkId
    })
  }

  it('takes no second link of a merged chart, no circle and no chain', async () => {
    await link(first, second)
    await expect(link(first, second)).rejects.toThrow(/unique/i)
    await expect(link(first, third)).rejects.toThrow(/unique/i)
    await expect(link(second, first)).rejects.toThrow(/no_chain/)
    await expect(link(second, third)).rejects.toThrow(/no_chain/)
    await expect(link(third, first)).rejects.toThrow(/no_chain/)
    await expect(link(third, third)).rejects.toThrow(/check/i)
    await link(third, second)
  })

  it('lets a link end once and changes nothing else of it', async () => {
    const linkId = await link(first, second)
    const end = (at: string) => write(clinic, (trx) => endLink(trx, { linkId, at, by, reason: 'Two people' }))
    for (const columns of [
      "reason = 'another'",
      `kept_id = '${third}'`,
      "merged_at = '2020-01-01'",
      "ended_at = '2030'",
    ])
      await expect(write(clinic, (trx) => change(trx, `update patient_link set ${columns}`))).rejects.toThrow()
    await expect(end('2020-01-01T00:00:00.000Z')).rejects.toThrow(/check/i)
    expect(await end(clinic.host.now())).toBe(true)
    expect(await end(clinic.host.now())).toBe(false)
    const reopen = 'update patient_link set ended_at = null, ended_by = null, end_reason = null'
    await expect(write(clinic, (trx) => change(trx, reopen))).rejects.toThrow(/ends_once/)
    await expect(write(clinic, (trx) => change(trx, 'delete from patient_link'))).rejects.toThrow(/never deleted/)
    await link(first, third)
  })

  it('takes no new record and no new version of a merged chart, whoever writes it', async () => {
    const tables = [
      'screening',
      'clearance',
      'consent',
      'treatment_order',
      'series',
      'session',
      'visit',
      'waiting_entry',
      'complication',
      'photo',
    ]
    await link(first, second)
    const { driver } = clinic.app.services.storeLife.open.store
    for (const table of tables) {
      const columns = driver.pragma(`table_info(${table})`) as { name: string; type: string }[]
      const values = columns.map(({ name, type }) => (name === 'patient_id' ? first : type === 'INTEGER' ? 1 : 'x'))
      const insert = `insert into ${table} values (${columns.map(() => '?').join(', ')})`
      await expect(
        write(clinic, (trx) => change(trx, insert, values)),
        table,
      ).rejects.toThrow(/not_in_a_merged_chart/)
    }
    const version = `insert into record_version select id || 'x', kind, record_id, patient_id, 2, schema, body, sha256, made_at, made_by, reason from record_version where record_id = ?`
    await expect(write(clinic, (trx) => change(trx, version, [first]))).rejects.toThrow(/patient_stays_while_merged/)
  })

  it('keeps what somebody decided about two charts', async () => {
    const verdict = {
      ...pairOf(first, second),
      lowFacts: 'a',
      highFacts: 'b',
      reason: 'Twins',
      at: clinic.host.now(),
      by,
    }
    await write(clinic, (trx) => insertVerdict(trx, clinic.host.newId(), verdict))
    for (const statement of ["update duplicate_verdict set reason = 'x'", 'delete from duplicate_verdict'])
      await expect(write(clinic, (trx) => change(trx, statement))).rejects.toThrow(/append-only/)
  })
})
