import { describe, expect, it } from 'vitest'
import { change, many } from '../../db/records.ts'
import { type SessionClinic, sessionClinic, write } from '../support/session.ts'

async function denied(): Promise<SessionClinic> {
  const clinic = await sessionClinic()
  const { aes, phy, patientId } = clinic
  const wish = 'The cream was LMX 4.'
  const taken = { patientId, requestedBy: 'Mara Lindqvist', requestedOn: '2026-08-03', wish }
  const { amendmentRequestId } = await aes.must('amendmentRequest.take', taken)
  const address = { patientId, amendmentRequestId }
  await phy.must('amendmentRequest.deny', {
    ...address,
    version: 1,
    record: null,
    grounds: ['NOT_CREATED_HERE'],
    reason: 'It is the dermatologist’s letter.',
  })
  await aes.must('amendmentRequest.disagree', { ...address, version: 2, statement: 'It is wrong all the same.' })
  return clinic
}

describe('the store', () => {
  it.each([
    ["wish = 'something else'"],
    ["requested_on = '2026-01-01'"],
    ["state = 'ACCEPTED', addendum_id = 'x', record_kind = 'SESSION', record_id = 'y'"],
    ["state = 'OPEN', decided_at = null, decided_by = null, denial_reason = null, denial_grounds = null"],
    ["denial_reason = 'none'"],
    ["due_on = '2027-01-01'"],
    ["disagreement = 'nothing'"],
    ['disagreement = null, disagreement_at = null, disagreement_by = null'],
    ["rebuttal = 'without its author'"],
  ])('keeps an answered request as it was asked and answered: no %s', async (columns) => {
    const clinic = await denied()
    await expect(write(clinic, (trx) => change(trx, `update amendment_request set ${columns}`))).rejects.toThrow()
    await expect(write(clinic, (trx) => change(trx, 'delete from amendment_request'))).rejects.toThrow()
    const { db } = clinic.app.services.storeLife.open.store
    expect(await many(db, "select state from amendment_request where disagreement like 'It is wrong%'")).toEqual([
      { state: 'DENIED' },
    ])
  })
})
