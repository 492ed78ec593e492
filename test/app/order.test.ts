import { describe, expect, it } from 'vitest'
import { newClinic, pin } from '../support/clinic.ts'
import { auditOf, byPassword, orderOnFile, planSeries, writeOrder } from '../support/course.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { patientOnFile } from '../support/screening.ts'

async function clinicWithPhysician() {
  const clinic = await newClinic()
  const physician = await clinic.hire(['physician'])
  const patientId = await patientOnFile(clinic)
  return { clinic, physician: physician.window, patientId }
}

describe('a treatment order', () => {
  it('is written, signed with the password and counts from then on', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const seriesId = await planSeries(physician, patientId)
    const orderId = await orderOnFile(physician, patientId, { seriesId })
    const opened = await physician.must('order.open', { patientId, orderId })
    expect(opened).toMatchObject({
      standing: 'ACTIVE',
      isIntact: true,
      sessionsUsed: 0,
      sessionsLeft: 4,
      end: null,
      body: {
        seriesId,
        examinedOn: '2026-08-03',
        expiresOn: '2027-08-03',
        scarGrade: 'GB_2006_3',
        signature: { credential: 'MD', signedAt: '2026-08-03T15:42:00.000Z', utcOffsetMin: -300 },
      },
      signatures: [{ meaning: 'TREATMENT_ORDER', licence: 'LIC-1001 (IL)', sha256: opened.sha256, isIntact: true }],
    })
    expect(await auditOf(clinic, orderId)).toEqual([
      'order.begin physician DONE',
      'order.draft physician DONE',
      'order.sign physician DONE PASSWORD',
      'order.open physician DONE',
    ])
  })

  it('notes the skin type of the exam in the chart, unless somebody has looked later', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const orderId = await orderOnFile(physician, patientId)
    const chart = async () => (await physician.must('patient.open', { patientId })).facts
    expect(await chart()).toMatchObject({ fst: { type: 'II', recordedOn: '2026-08-03' } })
    expect(await auditOf(clinic, patientId)).toContain('patient.setSkinType physician DONE')
    clinic.host.advanceMinutes(1)
    await orderOnFile(physician, patientId, { change: { fst: 'IV', examinedOn: '2026-07-20' } })
    expect(await chart()).toMatchObject({ fst: { type: 'II' } })
    expect((await physician.must('order.open', { patientId, orderId })).body.fst).toBe('II')
  })

  it('names an examiner only as what the staff record says', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const lena = await clinic.hire(['aesthetician'])
    const examiner = { staffId: lena.staffId, printedName: 'Lena Brook', kind: 'PHYSICIAN' } as const
    const { orderId, draftVersion } = await writeOrder(physician, patientId, { change: { examiner } })
    const sign = { patientId, orderId, draftVersion, supersedes: [], reauth: byPassword }
    expect(await physician.code('order.sign', sign)).toBe('ORDER_EXAMINER_DIFFERS')
  })

  it('is left as a draft that another day, or another physician, can take up', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const { orderId, draftVersion } = await writeOrder(physician, patientId)
    const other = (await clinic.hire(['physician'])).window
    expect((await other.must('order.list', { patientId })).drafts).toEqual([
      { orderId, ownerName: 'Dr Samuel Okafor 1', isOwn: false, savedAt: '2026-08-03T15:42:00.000Z' },
    ])
    const opened = await other.must('order.draft', { patientId, orderId })
    expect(opened).toMatchObject({ draftVersion, draft: { findings: 'rolling scars on both cheeks', fst: 'II' } })
    await other.must('order.discardDraft', { patientId, orderId, draftVersion })
    expect(await physician.must('order.list', { patientId })).toMatchObject({ orders: [], drafts: [] })
  })

  it('keeps what two people typed apart: the later save of an old version is refused', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const { orderId, draftVersion } = await writeOrder(physician, patientId)
    const other = (await clinic.hire(['physician'])).window
    const { draft } = await other.must('order.draft', { patientId, orderId })
    const save = { patientId, orderId, draftVersion, draft }
    expect(await other.code('order.saveDraft', save)).toBe('ok')
    expect(await physician.code('order.saveDraft', save)).toBe('CONFLICT')
    const sign = { patientId, orderId, draftVersion, supersedes: [], reauth: byPassword }
    expect(await physician.code('order.sign', sign)).toBe('CONFLICT')
  })

  it('takes the place of the one before it, which stays readable', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const first = await orderOnFile(physician, patientId)
    clinic.host.advanceMinutes(1)
    const { orderId, draftVersion } = await writeOrder(physician, patientId)
    const { standingOrders } = await physician.must('order.draft', { patientId, orderId })
    expect(standingOrders.map((standing) => standing.orderId)).toEqual([first])
    const supersedes = standingOrders.map(({ orderId: earlier, version }) => ({ orderId: earlier, version }))
    const reauth = { method: 'PIN', pin } as const
    await physician.must('order.sign', { patientId, orderId, draftVersion, supersedes, reauth })
    const { orders } = await physician.must('order.list', { patientId })
    expect(orders.map((order) => [order.orderId, order.standing])).toEqual([
      [orderId, 'ACTIVE'],
      [first, 'SUPERSEDED'],
    ])
    expect(orders[1]?.end).toMatchObject({ kind: 'SUPERSEDED', by: orderId, byName: 'Dr Samuel Okafor 1' })
    expect(await auditOf(clinic, first)).toContain('order.supersede physician DONE')
  })

  it('is revoked with a reason, once', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const orderId = await orderOnFile(physician, patientId)
    const input = { patientId, orderId, version: 1, reason: 'new anticoagulant, exam to be repeated' }
    expect(await physician.code('order.revoke', { ...input, reason: ' ' })).toBe('INVALID_INPUT')
    await physician.must('order.revoke', input)
    const opened = await physician.must('order.open', { patientId, orderId })
    expect(opened).toMatchObject({ standing: 'REVOKED', isIntact: true, end: { reason: input.reason } })
    expect(await physician.code('order.revoke', { ...input, version: 2 })).toBe('ORDER_ENDED')
    expect(await auditOf(clinic, orderId)).toContain('order.revoke physician DONE')
  })

  it('is not signed while something is missing or against the policy, and says what', async () => {
    const { physician, patientId } = await clinicWithPhysician()
    const refusalOf = async (change: Parameters<typeof writeOrder>[2]) => {
      const written = await writeOrder(physician, patientId, change)
      const reply = await physician.call('order.sign', { patientId, ...written, supersedes: [], reauth: byPassword })
      return reply.ok ? 'signed' : reply.refusal
    }
    expect(await refusalOf({ change: { findings: ' ', indications: [], scarGrade: null } })).toEqual({
      code: 'ORDER_NOT_COMPLETE',
      facts: { gaps: ['FINDINGS_MISSING', 'INDICATION_MISSING'] },
    })
    expect(await refusalOf({ change: { scarGrade: null, isHistoryReviewed: false, sessions: 12 } })).toEqual({
      code: 'ORDER_HAS_PROBLEMS',
      facts: { problems: ['HISTORY_NOT_REVIEWED', 'SCAR_GRADE_MISSING', 'TOO_MANY_SESSIONS'] },
    })
  })

  it('is not signed without the right proof of who signs, nor under an expired licence', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const written = await writeOrder(physician, patientId)
    const sign = { patientId, ...written, supersedes: [] }
    expect(await physician.code('order.sign', { ...sign, reauth: { method: 'PIN', pin } })).toBe('PASSWORD_NEEDED')
    expect(await physician.code('order.sign', { ...sign, reauth: { method: 'PASSWORD', password: 'wrong' } })).toBe(
      'REAUTH_WRONG',
    )
    const { members } = await clinic.manager.must('staff.list', {})
    const member = members.find(({ roles }) => roles.includes('physician'))
    if (!member?.licence) throw new Error('no physician')
    const { staffId, version, printedName, credential, boardCertification, examinerKind } = member
    const licence = { ...member.licence, expiresOn: '2026-08-02' }
    await clinic.manager.must('staff.edit', {
      staffId,
      version,
      printedName,
      credential,
      boardCertification,
      examinerKind,
      licence,
    })
    expect(await physician.code('order.sign', { ...sign, reauth: byPassword })).toBe('ORDER_LICENCE_NOT_VALID')
  })

  it('is printed as it was signed, with what is outside the authorised use and how it ended', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const orderId = await orderOnFile(physician, patientId, { change: { indications: ['ACNE_SCAR', 'TEXTURE'] } })
    const textOf = async (token: string) => {
      const blob = await clinic.app.readBlob(physician.connection, token)
      return blob ? (await pdfPages(blob.bytes)).join(' ').replaceAll(/\s+/g, ' ') : ''
    }
    const printed = await physician.must('order.print', { patientId, orderId })
    expect(printed.fileName).toMatch(/^S-[0-9a-f]{8}-order\.pdf$/)
    const text = await textOf(printed.token)
    for (const words of [
      'Treatment order of 03-Aug-2026',
      'rolling scars on both cheeks',
      'atrophic acne scars',
      '1.50 mm',
      'texture on',
      'Meaning: Treatment order',
      'LIC-1001 (IL)',
    ])
      expect(text).toContain(words)
    const { version } = await physician.must('order.open', { patientId, orderId })
    await physician.must('order.revoke', { patientId, orderId, version, reason: 'The patient moved away' })
    const again = await physician.must('order.print', { patientId, orderId })
    expect(await textOf(again.token)).toContain('The patient moved away')
    expect((await auditOf(clinic, orderId)).filter((line) => line.startsWith('order.print'))).toEqual([
      'order.print physician DONE',
      'order.print physician DONE',
    ])
    const desk = (await clinic.hire(['frontDesk'])).window
    const other = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    expect([
      await desk.code('order.print', { patientId, orderId }),
      await physician.code('order.print', { patientId: other, orderId }),
      await physician.code('order.print', { patientId }),
    ]).toEqual(['DENIED', 'NOT_FOUND', 'INVALID_INPUT'])
  })

  it('is written by a physician alone, read by who treats, and belongs to its patient', async () => {
    const { clinic, physician, patientId } = await clinicWithPhysician()
    const orderId = await orderOnFile(physician, patientId)
    const other = await patientOnFile(clinic, { family: 'Ferreira', given: 'Tomas' })
    const aesthetician = (await clinic.hire(['aesthetician'])).window
    const desk = (await clinic.hire(['frontDesk'])).window
    expect(await aesthetician.code('order.list', { patientId })).toBe('ok')
    expect(await aesthetician.code('order.open', { patientId, orderId })).toBe('ok')
    expect(await aesthetician.code('order.open', { patientId: other, orderId })).toBe('NOT_FOUND')
    expect(await auditOf(clinic, other)).toEqual(['order.open aesthetician REFUSED NOT_FOUND'])
    for (const [name, input] of [
      ['order.begin', { patientId, seriesId: null }],
      ['order.draft', { patientId, orderId }],
      ['order.discardDraft', { patientId, orderId, draftVersion: 1 }],
      ['order.sign', { patientId, orderId, draftVersion: 1, supersedes: [], reauth: byPassword }],
      ['order.revoke', { patientId, orderId, version: 1, reason: 'no' }],
    ] as const) {
      expect(await aesthetician.code(name, input)).toBe('DENIED')
      expect(await desk.code(name, input)).toBe('DENIED')
      expect(
        await physician.code(name, {
          ...input,
          patientId: other,
          ...(name === 'order.begin' ? { seriesId: orderId } : {}),
        }),
      ).toBe('NOT_FOUND')
    }
    expect(await desk.code('order.list', { patientId })).toBe('DENIED')
    const unsigned = await writeOrder(physician, patientId)
    const { draft } = await physician.must('order.draft', { patientId, orderId: unsigned.orderId })
    const save = { patientId, ...unsigned, draft }
    expect(await aesthetician.code('order.saveDraft', save)).toBe('DENIED')
    expect(await physician.code('order.saveDraft', { ...save, patientId: other })).toBe('NOT_FOUND')
    const impossible = [{ zone: 'CHEEK_ANT', side: 'L', site: null, maxDepthUm: -5 }]
    expect(await physician.code('order.saveDraft', { ...save, draft: { ...draft, zones: impossible } })).toBe(
      'INVALID_INPUT',
    )
  })
})
