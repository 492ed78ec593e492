import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePacket } from '../../db/queries/packet.ts'
import { verifyPacket } from '../../main/verifier/countersign-verify.ts'
import type { PatientId, PatientLinkId } from '../../shared/kernel/ids.ts'
import { choice, on } from '../domain/screening-answers.ts'
import { answersOfHealthyPerson } from '../domain/screening-healthy.ts'
import { isAuditWhole } from '../support/audit-rows.ts'
import { newClinic, pin, type TestClinic, type Window } from '../support/clinic.ts'
import { consentOnFile } from '../support/consent.ts'
import { auditOf, byPassword } from '../support/course.ts'
import { pdfPages } from '../support/pdf-text.ts'
import { detailsOf, register } from '../support/people.ts'
import { patientOnFile, screenPatient } from '../support/screening.ts'
import { beginSession, readyToStart, sessionClinic, submittedSession, type, write } from '../support/session.ts'

const reason = 'Passport seen; she was registered under her maiden name'

async function twoCharts() {
  const clinic = await newClinic()
  const { window: phy } = await clinic.hire(['physician'])
  const { window: desk } = await clinic.hire(['frontDesk'])
  const keptId = await register(desk, { family: 'Haddad', given: 'Noor', bornOn: '1984-03-04' })
  const mergedId = await register(desk, { family: 'Marchetti', given: 'Noor', bornOn: '1979-11-23' })
  return { clinic, phy, desk, keptId, mergedId }
}

async function mergeInto(
  window: Window,
  pair: { readonly mergedId: PatientId; readonly keptId: PatientId },
): Promise<PatientLinkId> {
  const { mergedId: patientId, keptId } = pair
  return (await window.must('patientMerge.merge', { patientId, keptId, reason, reauth: byPassword })).linkId
}

function merging(mergedId: PatientId, keptId: PatientId) {
  return { patientId: mergedId, keptId, reason, reauth: byPassword }
}

describe('a merge', () => {
  it('opens either chart as the kept one, finds the old name, and stands in the audit of both', async () => {
    const { clinic, phy, desk, keptId, mergedId } = await twoCharts()
    const before = await phy.must('patient.banner', { patientId: mergedId })
    const linkId = await mergeInto(phy, { mergedId, keptId })

    for (const patientId of [keptId, mergedId]) {
      const opened = await phy.must('chart.open', { patientId })
      expect(opened).toMatchObject({
        patientId: keptId,
        merged: [{ patientId: mergedId, family: 'Marchetti', chartNumber: before.chartNumber }],
      })
    }
    expect(await phy.must('patient.banner', { patientId: mergedId })).toMatchObject({
      family: 'Marchetti',
      mergedInto: { patientId: keptId, family: 'Haddad' },
    })
    const found = await desk.must('patientSearch.find', { text: 'marchetti' })
    expect(found.hits).toMatchObject([{ patientId: keptId, family: 'Marchetti', mergedInto: { family: 'Haddad' } }])
    expect((await desk.must('patientSearch.find', { text: before.chartNumber })).hits).toMatchObject([
      { patientId: keptId },
    ])
    const both = await desk.must('patientSearch.find', { text: 'noor' })
    expect(both.hits.map(({ patientId }) => patientId)).toEqual([keptId])
    expect(await desk.must('patient.list', { status: 'ACTIVE', after: null, limit: 50 })).toMatchObject({
      patients: [{ patientId: keptId }],
      counts: { ACTIVE: 1 },
    })
    expect(await auditOf(clinic, linkId)).toEqual([
      'patientMerge.merge physician DONE PASSWORD',
      'patientMerge.merge physician DONE PASSWORD',
    ])
    expect((await phy.must('patientMerge.history', { patientId: keptId })).links).toMatchObject([
      { linkId, merged: { patientId: mergedId }, kept: { patientId: keptId }, reason, ended: null },
    ])
    expect(await auditOf(clinic, keptId)).toContain('patientMerge.history physician DONE')
    expect(await isAuditWhole(clinic.app)).toBe(true)
  })

  it('sends everything new to the kept chart, and leaves the merged one what is its own', async () => {
    const { phy, desk, keptId, mergedId } = await twoCharts()
    await mergeInto(phy, { mergedId, keptId })
    const { chartNumber } = await desk.must('patient.banner', { patientId: keptId })
    const booking = { onDate: '2026-08-03', atTime: '15:00', service: 'CONSULTATION' as const }
    const visit = { ...booking, serviceNote: null, practitionerId: null, room: null }
    const reply = await desk.call('visit.add', { patientId: mergedId, ...visit })
    expect(reply).toEqual({ ok: false, refusal: { code: 'MERGED', facts: { chartNumber } } })
    const edit = { patientId: mergedId, version: 1, nameChange: null, draftId: null }
    expect(await desk.code('patient.edit', { ...edit, details: detailsOf({ family: 'X' }) })).toBe('MERGED')
    await desk.must('visit.add', { patientId: keptId, ...visit })
    const taken = { requestedBy: 'Noor Haddad', requestedOn: '2026-08-03', wish: 'The old form has a wrong lot.' }
    await phy.must('amendmentRequest.take', { patientId: mergedId, ...taken })
  })

  it('is made and taken back by physician or manager alone, with the password and a reason', async () => {
    const { clinic, phy, desk, keptId, mergedId } = await twoCharts()
    const { window: aes } = await clinic.hire(['aesthetician'])
    const asked = merging(mergedId, keptId)
    for (const window of [desk, aes]) {
      expect(await window.code('patientMerge.merge', asked)).toBe('DENIED')
      expect(await window.code('patientMerge.pairs', {})).toBe('DENIED')
      expect(await window.code('patientMerge.compare', { patientId: mergedId, keptId })).toBe('DENIED')
    }
    expect(await phy.code('patientMerge.merge', { ...asked, reason: '  ' })).toBe('INVALID_INPUT')
    expect(await phy.code('patientMerge.merge', { ...asked, keptId: 'nobody' })).toBe('INVALID_INPUT')
    expect(await phy.code('patientMerge.merge', { ...asked, keptId: clinic.host.newId() })).toBe('NOT_FOUND')
    const linkId = await mergeInto(clinic.manager, { mergedId, keptId })
    const byPin = { method: 'PIN', pin } as const
    const back = { patientId: mergedId, linkId, reason: 'Two people after all' }
    expect(await clinic.manager.code('patientMerge.unmerge', { ...back, reauth: byPin })).toBe('PASSWORD_NEEDED')
    expect(await desk.code('patientMerge.unmerge', { ...back, reauth: byPassword })).toBe('DENIED')
    expect(await phy.code('patientMerge.unmerge', { ...back, reason: '', reauth: byPassword })).toBe('INVALID_INPUT')
    await phy.must('patientMerge.unmerge', { ...back, reauth: byPassword })
    expect(await phy.code('patientMerge.unmerge', { ...back, reauth: byPassword })).toBe('NOT_MERGED')
    expect(await phy.must('chart.open', { patientId: mergedId })).toMatchObject({ patientId: mergedId, merged: [] })
    expect((await phy.must('patientMerge.history', { patientId: mergedId })).links).toMatchObject([
      { linkId, ended: { reason: 'Two people after all' } },
    ])
  })

  it('is refused for one chart, in a chain, into an archived chart and while something is under way', async () => {
    const { phy, desk, keptId, mergedId } = await twoCharts()
    const code = (from: PatientId, into: PatientId) => phy.code('patientMerge.merge', merging(from, into))
    const third = await register(desk, { family: 'Okonkwo', given: 'Ifeoma', bornOn: '1990-01-31' })
    expect(await code(keptId, keptId)).toBe('SAME_CHART')
    const talk = { service: 'CONSULTATION' as const, serviceNote: null, practitionerId: null, room: null }
    const added = await desk.must('visit.add', { patientId: mergedId, onDate: '2026-08-20', atTime: '09:00', ...talk })
    expect(await phy.call('patientMerge.merge', merging(mergedId, keptId))).toEqual({
      ok: false,
      refusal: { code: 'VISITS_AHEAD', facts: { count: 1 } },
    })
    const { visitId } = added
    await desk.must('visit.cancel', { patientId: mergedId, visitId, version: 1, reason: 'MISTAKE', isToWait: false })
    await mergeInto(phy, { mergedId, keptId })
    expect(await code(mergedId, third)).toBe('MERGED')
    expect(await code(third, mergedId)).toBe('KEPT_IS_MERGED')
    expect(await code(keptId, third)).toBe('HAS_MERGED_CHARTS')
    await desk.must('patient.archive', { patientId: third, version: 1, reason: 'MOVED_AWAY', note: null })
    const fourth = await register(desk, { family: 'Silva', given: 'Rui', bornOn: '1971-05-05' })
    expect(await code(fourth, third)).toBe('KEPT_IS_ARCHIVED')
  })

  it('waits for the session that is being written under the other name', async () => {
    const clinic = await sessionClinic()
    const keptId = await patientOnFile(clinic, { family: 'Haddad', given: 'Noor' })
    await beginSession(clinic, clinic.aes)
    expect(await clinic.phy.code('patientMerge.merge', merging(clinic.patientId, keptId))).toBe('SESSIONS_OPEN')
  })
})

describe('what leaves the clinic', () => {
  it('names both charts: the signed packet of either, and the paper of a record', async () => {
    const clinic = await sessionClinic()
    const { phy, patientId: mergedId } = clinic
    const sessionId = await submittedSession(clinic)
    const keptId = await patientOnFile(clinic, { family: 'Haddad', given: 'Noor' })
    await mergeInto(phy, { mergedId, keptId })
    const { open } = clinic.app.services.storeLife
    for (const patientId of [keptId, mergedId]) {
      const asked = { patientId, publicKey: open.clinicPublicKey, at: clinic.host.now() }
      const packet = await write(clinic, (trx) => makePacket(trx, open.clinicSealer, asked))
      expect(JSON.parse(packet.head.statement)).toMatchObject({
        patientId,
        charts: [
          { patientId: keptId, name: 'Noor Haddad', mergedOn: null },
          { patientId: mergedId, name: 'Mara Lindqvist', mergedOn: '2026-08-03' },
        ],
      })
      const report = verifyPacket(JSON.stringify(packet))
      expect(report.verdict).toBe('CONSISTENT')
      expect(report.notes.filter((note) => note.includes('merged on 2026-08-03'))).toHaveLength(1)
    }
    const { token } = await phy.must('print.session', { patientId: mergedId, sessionId })
    const blob = await clinic.app.readBlob(phy.connection, token)
    const [text] = await pdfPages(blob?.bytes ?? Buffer.alloc(0))
    expect(text?.replaceAll(/\s+/g, ' ')).toMatch(/Merged into chart S-[0-9a-f]{8}, .*Haddad.*, on 03-Aug-2026/)
  })
})

describe('the start gate after a merge', () => {
  async function ready() {
    const clinic = await sessionClinic()
    const { aes, patientId } = clinic
    const desk = await type(clinic, aes, await beginSession(clinic, aes), readyToStart(clinic))
    const gate = async () =>
      (await aes.must('session.gate', { patientId, sessionId: desk.sessionId })).failures.map(({ code }) => code)
    const mergedId = await patientOnFile(clinic, {
      family: 'Haddad',
      allergies: { state: 'LISTED', entries: [{ substance: 'Nickel', reaction: null, kind: 'METAL' }] },
    })
    return { clinic, gate, mergedId, keptId: patientId }
  }

  it('counts findings, holds and complications of the other name, and opens again as it was', async () => {
    const { clinic, gate, mergedId, keptId } = await ready()
    const { aes, phy } = clinic
    const isotretinoin = { ...answersOfHealthyPerson('FULL'), ...choice('SQ-10', 'PAST', on('2026-06-02')) }
    await screenPatient(aes, mergedId, isotretinoin, 'FULL')
    await aes.must('complication.report', {
      patientId: mergedId,
      sessionIds: [],
      zones: [],
      description: 'Red and sore since the evening',
      channel: 'PHONE',
      reportedBy: { kind: 'PATIENT', name: 'The patient' },
      onsetOn: null,
      signs: [],
      code: null,
      grade: null,
      actionTaken: '',
      notices: [],
    })
    expect(await gate()).toEqual([])
    clinic.host.advanceMinutes(1)
    const linkId = await mergeInto(phy, { mergedId, keptId })
    expect(await gate()).toEqual([
      'SCREENING_FULL_MISSING',
      'SCREENING_SHORT_NOT_TODAY',
      'CLEARANCE_MISSING',
      'COMPLICATION_BLOCKS_ZONE',
    ])
    const banner = await aes.must('patient.banner', { patientId: keptId })
    expect(banner.alerts).toMatchObject({
      allergies: { state: 'LISTED', entries: [{ substance: 'Nickel' }] },
      openComplications: 1,
    })
    clinic.host.advanceMinutes(1)
    await screenPatient(aes, keptId, answersOfHealthyPerson('FULL'), 'FULL')
    expect(await gate()).toEqual(['COMPLICATION_BLOCKS_ZONE'])
    const back = { patientId: mergedId, linkId, reason: 'Two people', reauth: byPassword }
    await phy.must('patientMerge.unmerge', back)
    expect(await gate()).toEqual([])
  })

  it('is not opened by a consent or a questionnaire that was signed under the other name', async () => {
    const clinic = await sessionClinic({ consent: 'NONE', screening: 'NONE' })
    const { aes, aesId, phy, phyId, patientId } = clinic
    const mergedId = await patientOnFile(clinic, { family: 'Haddad' })
    await screenPatient(aes, mergedId, answersOfHealthyPerson('FULL'), 'FULL')
    await consentOnFile(aes, mergedId, { practitionerId: aesId, physicianId: phyId })
    await mergeInto(phy, { mergedId, keptId: patientId })
    const desk = await type(clinic, aes, await beginSession(clinic, aes), readyToStart(clinic))
    const { failures } = await aes.must('session.gate', { patientId, sessionId: desk.sessionId })
    expect(failures.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['SCREENING_FULL_MISSING', 'SCREENING_SHORT_NOT_TODAY', 'CONSENT_MISSING']),
    )
    expect((await aes.must('patient.banner', { patientId })).alerts?.consent.standing).toBe('NONE')
  })

  it('minds the interval from a treatment under the other name, and the timeline says whose it is', async () => {
    const clinic = await sessionClinic()
    const { aes, phy, patientId: mergedId } = clinic
    const sessionId = await submittedSession(clinic)
    const keptId = await patientOnFile(clinic, { family: 'Haddad', given: 'Noor' })
    await mergeInto(phy, { mergedId, keptId })
    const opened = await aes.must('chart.open', { patientId: keptId })
    const entry = opened.timeline.entries.find(({ id }) => id === sessionId)
    expect(entry).toMatchObject({ patientId: mergedId, under: { family: 'Lindqvist' } })
    expect(opened.lastSession).toMatchObject({ sessionId, patientId: mergedId, under: { family: 'Lindqvist' } })
    expect(opened.outstanding).toContainEqual(
      expect.objectContaining({ kind: 'SESSION', patientId: mergedId, sessionId }),
    )
    // The record itself is read where it was signed, and only there.
    expect(await aes.must('session.open', { patientId: mergedId, sessionId })).toMatchObject({ session: { sessionId } })
    expect(await aes.code('session.open', { patientId: keptId, sessionId })).toBe('NOT_FOUND')

    const { seriesId } = await aes.must('series.plan', {
      patientId: keptId,
      goals: ['ACNE_SCAR'],
      goalText: 'Softer scars',
      zones: [],
      sessionsPlanned: 3,
      intervalMonths: 1,
      photos: 'DECLINED',
      photoViews: [],
    })
    const kept = { ...clinic, patientId: keptId, seriesId }
    const desk = await type(kept, aes, await beginSession(kept, aes), readyToStart(kept))
    const { failures } = await aes.must('session.gate', { patientId: keptId, sessionId: desk.sessionId })
    expect(failures.map(({ code }) => code)).toContain('INTERVAL_TOO_SHORT')
  })
})

describe('taking a merge back', () => {
  /** Every row of the store but the links themselves, the trail, and what a repeated click is answered with. */
  function snapshot({ app }: TestClinic): Readonly<Record<string, unknown>> {
    const { driver } = app.services.storeLife.open.store
    const left = ['patient_link', 'audit_entry', 'command_reply', 'signing_key', 'signing_secret', 'staff_secret']
    const tables = driver
      .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name")
      .all() as { name: string }[]
    return Object.fromEntries(
      tables
        .filter(({ name }) => !left.includes(name))
        .map(({ name }) => [name, JSON.stringify(driver.prepare(`select * from "${name}" order by 1, 2`).all())]),
    )
  }

  it('leaves every byte of every record as it was, whatever is merged and taken apart in whatever order', async () => {
    const clinic = await sessionClinic()
    await submittedSession(clinic)
    const { phy } = clinic
    const ids = [
      clinic.patientId,
      await patientOnFile(clinic, { family: 'Haddad', given: 'Noor', bornOn: '1984-03-04' }),
      await patientOnFile(clinic, { family: 'Haddad', given: 'Nora', bornOn: '1984-03-04' }),
      await patientOnFile(clinic, { family: 'Marchetti', given: 'Ada', bornOn: '1984-03-04' }),
    ]
    const person = fc.nat(ids.length - 1)
    const step = fc.oneof(
      fc.record({ kind: fc.constant('MERGE' as const), from: person, into: person }),
      fc.record({ kind: fc.constant('APART' as const), from: person, into: person }),
    )
    const before = snapshot(clinic)
    const linkByMerged = new Map<PatientId, PatientLinkId>()
    const apart = async (patientId: PatientId, linkId: PatientLinkId) => {
      await phy.must('patientMerge.unmerge', { patientId, linkId, reason: 'Two people', reauth: byPassword })
      linkByMerged.delete(patientId)
    }
    const idAt = (place: number) => ids[place] ?? clinic.patientId
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        for (const { kind, from, into } of steps) {
          const mergedId = idAt(from)
          const linkId = linkByMerged.get(mergedId)
          if (kind === 'APART' && linkId) await apart(mergedId, linkId)
          if (kind === 'APART') continue
          const asked = { patientId: mergedId, keptId: idAt(into), reason, reauth: byPassword }
          const reply = await phy.call('patientMerge.merge', asked)
          if (reply.ok) linkByMerged.set(mergedId, (reply.value as { readonly linkId: PatientLinkId }).linkId)
        }
        for (const [mergedId, linkId] of linkByMerged) await apart(mergedId, linkId)
        expect(snapshot(clinic)).toEqual(before)
      }),
      { numRuns: 8, seed: 20_260_803 },
    )
    expect(await isAuditWhole(clinic.app)).toBe(true)
  })
})

describe('the list of duplicates', () => {
  async function alike() {
    const { clinic, phy, desk } = await twoCharts()
    const facts = {
      family: 'Kowalczyk',
      bornOn: '1994-07-19',
      phones: [{ kind: 'MOBILE' as const, number: '312 555 0142' }],
    }
    const ana = await register(desk, { ...facts, given: 'Ana' })
    const details = detailsOf({ ...facts, given: 'Anna' })
    const { patientId: anna } = await desk.must('patient.register', {
      details,
      acknowledgedDuplicates: [ana],
      draftId: null,
    })
    const pairs = async () => (await phy.must('patientMerge.pairs', {})).pairs
    return { clinic, phy, desk, ana, anna, details, pairs }
  }

  it('shows the pairs that the rule finds, until somebody says that they are two people', async () => {
    const { clinic, phy, desk, ana, anna, details, pairs } = await alike()
    expect(await phy.must('patientMerge.pairs', {})).toMatchObject({ pairs: [], total: 0, uncompared: 4 })
    expect(await phy.must('patientMerge.findPairs', {})).toEqual({ compared: 4, left: 0 })
    const [low, high] = [ana, anna].sort()
    expect(await pairs()).toMatchObject([{ low: { patientId: low }, high: { patientId: high } }])
    expect((await pairs())[0]?.reasons).toContain('SAME_BIRTH_DATE')

    const said = { patientId: ana, otherId: anna, reason: 'Twins; both were here' }
    expect(await desk.code('patientMerge.keepApart', said)).toBe('DENIED')
    expect(await phy.code('patientMerge.keepApart', { ...said, otherId: ana })).toBe('SAME_CHART')
    expect(await phy.code('patientMerge.keepApart', { ...said, reason: '' })).toBe('INVALID_INPUT')
    await phy.must('patientMerge.keepApart', said)
    expect(await pairs()).toEqual([])
    expect(await auditOf(clinic, anna)).toContain('patientMerge.keepApart physician DONE')

    const allergies = { state: 'NONE_KNOWN' as const, askedOn: '2026-08-03' }
    await desk.must('patient.setAllergies', { patientId: anna, version: 1, allergies })
    await phy.must('patientMerge.findPairs', {})
    expect(await pairs()).toEqual([])

    const moved = { ...details, allergies, email: null, middle: 'Maria' }
    const edit = { patientId: anna, version: 2, nameChange: 'CORRECTION' as const, draftId: null }
    await desk.must('patient.edit', { ...edit, details: moved })
    expect((await phy.must('patientMerge.pairs', {})).uncompared).toBe(1)
    await phy.must('patientMerge.findPairs', {})
    expect(await pairs()).toHaveLength(1)
  })

  it('shows a pair no more once it is merged, and again once it is taken apart', async () => {
    const { phy, ana, anna, pairs } = await alike()
    await phy.must('patientMerge.findPairs', {})
    const compared = await phy.must('patientMerge.compare', { patientId: anna, keptId: ana })
    expect(compared).toMatchObject({
      merged: { details: { given: 'Anna' } },
      kept: { details: { given: 'Ana' } },
      problem: null,
    })
    expect(await phy.code('patientMerge.compare', { patientId: ana, keptId: ana })).toBe('SAME_CHART')
    expect((await phy.must('patient.banner', { patientId: ana })).lookAlikes).toHaveLength(1)
    const linkId = await mergeInto(phy, { mergedId: anna, keptId: ana })
    expect(await pairs()).toEqual([])
    expect(await phy.must('patient.banner', { patientId: ana })).toMatchObject({
      lookAlikes: [],
      merged: [{ given: 'Anna' }],
    })
    await phy.must('patientMerge.unmerge', { patientId: anna, linkId, reason: 'Twins', reauth: byPassword })
    expect(await pairs()).toHaveLength(1)
    expect((await phy.must('patient.banner', { patientId: ana })).lookAlikes).toHaveLength(1)
  })
})
