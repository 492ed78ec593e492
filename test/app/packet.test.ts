import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { many, sha256Of } from '../../db/records.ts'
import type { SignedPacket } from '../../shared/domain/signed-packet.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { givenTo, packetText, signedChart } from '../support/packet.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { patientOnFile, signInAgain } from '../support/screening.ts'
import { sessionClinic } from '../support/session.ts'

describe('a signed packet', () => {
  it('holds the chain of one chart, what it is over, the keys and the signed end; who gets it is on record', async () => {
    const clinic = await signedChart()
    const { patientId, phy, phyId, app } = clinic
    const { db } = app.services.storeLife.open.store
    const { token, fileName, signatures, sha256 } = await phy.must('packet.make', { patientId, ...givenTo })
    const blob = await app.readBlob(phy.connection, token)
    const text = blob?.bytes.toString('utf8') ?? ''
    expect(fileName).toMatch(/^S-[0-9a-f]{8}-signed-packet\.json$/)
    expect(sha256Of(text)).toBe(sha256)
    const packet = JSON.parse(text) as SignedPacket
    const seals = await many<{ statement: string }>(
      db,
      'select statement from signature_seal where chain_of = ? order by chain_no',
      [patientId],
    )
    expect(packet.entries.map(({ statement }) => statement)).toEqual(seals.map(({ statement }) => statement))
    expect(packet.entries.map(({ no }) => no)).toEqual(seals.map((_, index) => index + 1))
    expect(seals.length).toBeGreaterThanOrEqual(4)
    expect(new Set(packet.versions.map(({ kind }) => kind))).toEqual(
      new Set(['consent', 'order', 'policy', 'screening', 'series', 'session', 'sign_off']),
    )
    expect(packet.photos).toHaveLength(1)
    expect(packet.clinic.name).toBe('Alder Row Skin Clinic')
    expect(JSON.parse(packet.head.statement)).toMatchObject({ patientId, count: seals.length, at: clinic.host.now() })
    expect(await many(db, 'select * from packet_given')).toEqual([
      {
        id: expect.any(String),
        patient_id: patientId,
        recipient: 'Dr Ines Falk, Lakeside Dermatology',
        purpose: 'Second opinion',
        signatures,
        sha256,
        given_at: clinic.host.now(),
        given_by: phyId,
      },
    ])
    const audited = await many(
      db,
      "select subject, patient_id, actor_id, reason from audit_entry where action = 'packet.make'",
    )
    expect(audited).toEqual([{ subject: 'packet', patient_id: patientId, actor_id: phyId, reason: null }])
    expect(await app.readBlob(clinic.aes.connection, token)).toBeNull()
  })

  it('is made by a physician or the manager, of a patient who is there, for somebody and something', async () => {
    const clinic = await sessionClinic()
    const desk = await clinic.hire(['frontDesk'])
    await signInAgain(desk.window, 'person3')
    const { patientId, aes, phy, manager } = clinic
    const input = { patientId, ...givenTo }
    expect(await manager.code('packet.make', input)).toBe('ok')
    expect(await aes.code('packet.make', input)).toBe('DENIED')
    expect(await desk.window.code('packet.make', input)).toBe('DENIED')
    expect(await phy.code('packet.make', { ...input, patientId: randomUUID() })).toBe('NOT_FOUND')
    expect(await phy.code('packet.make', { ...input, recipient: ' ' })).toBe('INVALID_INPUT')
    expect(await phy.code('packet.make', { ...input, purpose: 'line\nbreak' })).toBe('INVALID_INPUT')
    const { db } = clinic.app.services.storeLife.open.store
    expect(await many(db, 'select count(*) as count from packet_given')).toEqual([{ count: 1 }])
  })

  it('of a chart in which nothing is signed says so', async () => {
    const clinic = await sessionClinic()
    const patientId = await patientOnFile(clinic)
    const packet = JSON.parse(await packetText(clinic, clinic.phy, patientId as PatientId)) as SignedPacket
    expect(packet.entries).toEqual([])
    expect(JSON.parse(packet.head.statement)).toMatchObject({ count: 0, last: null })
  })

  it('is known by the fingerprint that everybody sees in the settings and at the foot of a paper', async () => {
    const clinic = await signedChart()
    const { patientId, sessionId, phy, aes, app } = clinic
    const { fingerprint } = await aes.must('packet.clinicKey', {})
    expect(fingerprint).toMatch(/^([0-9A-F]{4}-){9}[0-9A-F]{4}$/)
    const packet = JSON.parse(await packetText(clinic, phy, patientId)) as SignedPacket
    expect(packet.clinic.fingerprint).toBe(fingerprint)
    const { token } = await phy.must('print.session', { patientId, sessionId })
    const blob = await app.readBlob(phy.connection, token)
    for (const page of await pdfPages(blob?.bytes ?? Buffer.alloc(0)))
      expect(page.replaceAll(/\s+/g, ' ')).toContain(fingerprint)
  })
})
