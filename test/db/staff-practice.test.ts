import { describe, expect, it } from 'vitest'
import {
  endDelegation,
  endSupervision,
  insertCredential,
  insertDelegation,
  insertSupervision,
  insertTraining,
  selectSupervisorOn,
  withdrawTraining,
} from '../../db/queries/staff-practice.ts'
import { change } from '../../db/records.ts'
import type { DelegationId, StaffId, SupervisionId, TrainingId } from '../../shared/kernel/ids.ts'
import { addStaff, newStore, storeNow } from '../support/store.ts'

async function storeWithTeam() {
  const store = await newStore()
  const okafor = await addStaff(store, 'okafor')
  const brandt = await addStaff(store, 'brandt')
  const lena = await addStaff(store, 'lena')
  return { store, okafor, brandt, lena, making: { at: storeNow, by: okafor } }
}

describe('the store', () => {
  it('holds one supervisor a day and ends a link only earlier', async () => {
    const { store, okafor, brandt, lena, making } = await storeWithTeam()
    const link = (id: string, physicianId: StaffId, fromOn: string, untilOn: string | null) =>
      store.write((trx) =>
        insertSupervision(
          trx,
          { supervisionId: id as SupervisionId, staffId: lena, physicianId, fromOn, untilOn },
          making,
        ),
      )
    await link('first', okafor, '2026-01-01', null)
    await expect(link('second', brandt, '2026-06-01', null)).rejects.toThrow('one_supervisor_a_day')
    const end = (untilOn: string | null) =>
      store.write((trx) => endSupervision(trx, { supervisionId: 'first' as SupervisionId, untilOn }, making))
    await end('2026-05-31')
    await expect(end('2026-07-31')).rejects.toThrow('only_ends_earlier')
    await expect(end('2025-12-31')).rejects.toThrow('CHECK')
    await link('second', brandt, '2026-06-01', null)
    expect(await selectSupervisorOn(store.store.db, lena, '2026-05-31')).toBe(okafor)
    expect(await selectSupervisorOn(store.store.db, lena, '2026-06-01')).toBe(brandt)
    expect(await selectSupervisorOn(store.store.db, lena, '2025-12-31')).toBeNull()
    await expect(link('self', lena, '2027-06-01', null)).rejects.toThrow()
    await expect(
      store.write((trx) => change(trx, 'update staff_supervision set physician_id = ?', [okafor])),
    ).rejects.toThrow('link_stays')
    await expect(store.write((trx) => change(trx, 'delete from staff_supervision'))).rejects.toThrow('never deleted')
  })

  it('frees the days of a link that was taken back', async () => {
    const { store, okafor, brandt, lena, making } = await storeWithTeam()
    const link = (id: string, physicianId: StaffId) =>
      store.write((trx) =>
        insertSupervision(
          trx,
          { supervisionId: id as SupervisionId, staffId: lena, physicianId, fromOn: '2026-09-01', untilOn: null },
          making,
        ),
      )
    await link('first', okafor)
    const takeBack = () =>
      store.write((trx) => endSupervision(trx, { supervisionId: 'first' as SupervisionId, untilOn: null }, making))
    await takeBack()
    await expect(takeBack()).rejects.toThrow('does not stand')
    await link('second', brandt)
    expect(await selectSupervisorOn(store.store.db, lena, '2026-09-01')).toBe(brandt)
  })

  it('keeps certificates as they were entered, also those taken back', async () => {
    const { store, lena, making } = await storeWithTeam()
    const trainingId = 'training' as TrainingId
    const training = { trainingId, manufacturer: 'Kestrel Medical', model: 'Pen 2', certificate: 'KM-1' }
    await store.write((trx) =>
      insertTraining(trx, lena, { ...training, completedOn: '2026-01-01', expiresOn: null }, making),
    )
    await expect(store.write((trx) => change(trx, "update staff_training set certificate = 'KM-2'"))).rejects.toThrow(
      'certificate_stays',
    )
    const takeBack = () =>
      store.write((trx) => withdrawTraining(trx, { staffId: lena, trainingId, reason: 'another person' }, making))
    expect([await takeBack(), await takeBack()]).toEqual([true, false])
    await expect(
      store.write((trx) =>
        change(trx, 'update staff_training set withdrawn_at = null, withdrawn_by = null, withdrawn_reason = null'),
      ),
    ).rejects.toThrow('withdrawn_stays')
  })

  it('leads from a physician who is away to somebody who is there', async () => {
    const { store, okafor, brandt, lena, making } = await storeWithTeam()
    const handOver = (id: string, physicianId: StaffId, deputyId: StaffId, fromOn: string, untilOn: string) =>
      store.write((trx) =>
        insertDelegation(trx, { delegationId: id as DelegationId, physicianId, deputyId, fromOn, untilOn }, making),
      )
    await handOver('first', okafor, brandt, '2026-08-03', '2026-08-14')
    await expect(handOver('again', okafor, lena, '2026-08-14', '2026-08-20')).rejects.toThrow('one_step_to_a_deputy')
    await expect(handOver('chain', brandt, lena, '2026-08-10', '2026-08-12')).rejects.toThrow('one_step_to_a_deputy')
    await expect(handOver('ring', lena, okafor, '2026-08-10', '2026-08-12')).rejects.toThrow('one_step_to_a_deputy')
    await handOver('next', okafor, lena, '2026-08-15', '2026-08-20')
    const end = { delegationId: 'first' as DelegationId, untilOn: '2026-08-05' }
    await store.write((trx) => endDelegation(trx, end, making))
    await handOver('between', okafor, lena, '2026-08-06', '2026-08-06')
  })

  it('changes no licence without keeping what it becomes', async () => {
    const { store, okafor } = await storeWithTeam()
    const set = (expiresOn: string, version: number) =>
      store.write((trx) =>
        change(
          trx,
          "update staff set licence_number = 'MD-1', licence_state = 'IL', licence_level = 'PHYSICIAN', licence_expires_on = ?, version = ? where id = ?",
          [expiresOn, version, okafor],
        ),
      )
    await expect(set('2028-12-31', 2)).rejects.toThrow('credential_is_kept')
    const kept = {
      staff_id: okafor,
      version: 2,
      printed_name: 'Dr Samuel Okafor',
      credential: 'MD',
      board_certification: null,
      licence_number: 'MD-1',
      licence_state: 'IL',
      licence_level: 'PHYSICIAN',
      licence_expires_on: '2028-12-31',
    }
    await store.write((trx) => insertCredential(trx, kept, { at: storeNow, by: okafor }))
    expect(await set('2028-12-31', 2)).toBe(1)
    await expect(
      store.write((trx) => change(trx, "update staff_credential set licence_expires_on = '2030-01-01'")),
    ).rejects.toThrow('append-only')
  })
})
