import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SessionDraft } from '../../shared/domain/session.ts'
import type { PatientId, PhotoId } from '../../shared/kernel/ids.ts'
import { auditOf } from '../support/course.ts'
import { allowPhotosOf, keepPhoto, photoClinic } from '../support/photos.ts'
import { patientOnFile } from '../support/screening.ts'
import {
  loggedUntilNow,
  returnSession,
  type SessionClinic,
  startedSession,
  submission,
  submittedSession,
  type,
  write,
} from '../support/session.ts'

const taken = (...photoIds: PhotoId[]): Partial<SessionDraft> => ({
  prePhotos: { kind: 'TAKEN', photos: photoIds.map((photoId) => ({ photoId })) },
  warnings: [{ code: 'PHOTO_VIEW_MISSING', path: 'prePhotos', reason: 'only the front is treated' }],
})

async function logged(clinic: SessionClinic, log: Partial<SessionDraft>) {
  return type(clinic, clinic.aes, await startedSession(clinic), loggedUntilNow(clinic, log))
}

describe('photos in a session', () => {
  it('are signed with view and hash as the store has them, whatever the window says', async () => {
    const clinic = await photoClinic()
    const { patientId, aes, phy } = clinic
    const photoId = await keepPhoto(aes, patientId)
    const log = taken(photoId)
    const lie = { ...log, prePhotos: { kind: 'TAKEN' as const, photos: [{ photoId, view: 'L90' as const }] } }
    const sessionId = await submittedSession(clinic, { log: lie })
    const { record } = await phy.must('session.open', { patientId, sessionId })
    const { photos } = await phy.must('photo.list', { patientId })
    expect(record?.body.prePhotos).toEqual({
      kind: 'TAKEN',
      photos: [{ photoId, view: 'FRONT', sha256: photos[0]?.sha256 }],
    })
    expect(record?.body.warnings).toEqual([
      { code: 'PHOTO_VIEW_MISSING', path: 'prePhotos', reason: 'only the front is treated' },
    ])
    expect(record?.isIntact).toBe(true)
  })

  it('of another patient are not found, saved or submitted', async () => {
    const clinic = await photoClinic()
    const { aes, patientId } = clinic
    const other = await otherChart(clinic)
    const started = await startedSession(clinic)
    const draft = { ...started.draft, prePhotos: { kind: 'TAKEN' as const, photos: [{ photoId: other.photoId }] } }
    const { sessionId, draftVersion } = started
    expect(await aes.code('session.save', { patientId, sessionId, draftVersion, draft })).toBe('NOT_FOUND')
    const shown = { patientId, photos: [{ photoId: other.photoId, sha256: null }] }
    expect(await aes.code('photo.ofRecord', shown)).toBe('NOT_FOUND')
  })

  it.each([
    ['was taken yesterday', { takenOn: '2026-08-02' }, 'PHOTO_NOT_OF_DAY prePhotos'],
    ['was marked as entered in error', 'VOID', 'PHOTO_REMOVED prePhotos'],
    ['lost its permission', 'WITHDRAW', 'PHOTO_PERMISSION_WITHDRAWN prePhotos'],
  ] as const)('refuse the submission where one %s', async (_what, how, problem) => {
    const clinic = await photoClinic()
    const { aes, patientId, consentId } = clinic
    const photoId = await keepPhoto(aes, patientId, typeof how === 'object' ? how : {})
    const desk = await logged(clinic, taken(photoId))
    if (how === 'VOID') await aes.must('photo.void', { patientId, photoId, reason: 'wrong view' })
    if (how === 'WITHDRAW')
      await aes.must('consent.withdraw', {
        ...{ patientId, consentId, by: 'Mara Lindqvist', note: '' },
        ...{ how: 'VERBAL' as const, scopes: ['PHOTO_OWN_RECORD' as const] },
      })
    const reply = await aes.call('session.submit', submission(clinic, desk))
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'SESSION_INCOMPLETE' } })
    expect(JSON.stringify(reply)).toContain(problem)
  })

  it('want a reason where a view of the plan is missing', async () => {
    const clinic = await photoClinic()
    const photoId = await keepPhoto(clinic.aes, clinic.patientId)
    const desk = await logged(clinic, { ...taken(photoId), warnings: [] })
    expect(JSON.stringify(await clinic.aes.call('session.submit', submission(clinic, desk)))).toContain(
      'WARNING_REASON_MISSING prePhotos',
    )
  })

  it('that were signed stay in a correction after the permission is taken back', async () => {
    const clinic = await photoClinic()
    const { aes, patientId, consentId } = clinic
    const photoId = await keepPhoto(aes, patientId)
    const sessionId = await submittedSession(clinic, { log: taken(photoId) })
    await returnSession(clinic, sessionId, [{ path: '/painMax', text: 'Really?' }])
    await aes.must('consent.withdraw', {
      ...{ patientId, consentId, by: 'Mara Lindqvist', note: '' },
      ...{ how: 'VERBAL' as const, scopes: ['PHOTO_OWN_RECORD' as const] },
    })
    const { desk } = await aes.must('session.gate', { patientId, sessionId })
    expect(desk.photoChoices).toMatchObject([{ photoId, isWithdrawn: false, isVoided: false }])
  })

  it('are shown with what became of them since', async () => {
    const clinic = await photoClinic()
    const { aes, patientId, folder } = clinic
    const photoId = await keepPhoto(aes, patientId)
    const { photos } = await aes.must('photo.list', { patientId })
    const { sha256 } = photos[0] ?? { sha256: '' }
    const states = async (signed: string | null) =>
      (await aes.must('photo.ofRecord', { patientId, photos: [{ photoId, sha256: signed }] })).photos.map(
        ({ state, thumbnailToken }) => [state, thumbnailToken !== null],
      )
    expect(await states(sha256)).toEqual([['INTACT', true]])
    expect(await states('f'.repeat(64))).toEqual([['CHANGED', false]])
    await aes.must('photo.void', { patientId, photoId, reason: 'wrong view' })
    expect(await states(sha256)).toEqual([['REMOVED', false]])
    const files = join(folder, 'data', 'files')
    for (const name of readdirSync(files)) rmSync(join(files, name))
    expect(await states(sha256)).toEqual([['CHANGED', false]])
    expect(await auditOf(clinic, patientId)).toContain('photo.ofRecord aesthetician DONE')
    const desk = (await clinic.hire(['frontDesk'])).window
    expect(await desk.code('photo.ofRecord', { patientId, photos: [] })).toBe('DENIED')
    expect(await aes.code('photo.ofRecord', { patientId, photos: [{ photoId, sha256: 'x' }] })).toBe('INVALID_INPUT')
  })
})

describe('photos of a complication', () => {
  it('are named by the report and in its sheet; those of others, removed or unknown ones are not', async () => {
    const clinic = await photoClinic()
    const { aes, phy, patientId } = clinic
    const { complicationId } = await aes.must('complication.report', reportOf(patientId))
    const own = await keepPhoto(aes, patientId, { occasion: 'COMPLICATION', complicationId })
    const removed = await keepPhoto(aes, patientId, { occasion: 'COMPLICATION', complicationId, view: 'L45' })
    await aes.must('photo.void', { patientId, photoId: removed, reason: 'blurred' })
    const other = await otherChart(clinic)
    const assessed = async (photoIds: PhotoId[]) => {
      const { complication, body } = await phy.must('complication.open', { patientId, complicationId })
      const { code, zones, onsetOn, signs, causality, outcome, resolvedOn, actionTaken, seriesDecision } = body
      const { isPermanentChange, neededIntervention, hasSterilityDoubt, stableOn, treatmentOrderedBy } = body
      return phy.call('complication.assess', {
        ...{ patientId, complicationId, version: complication.version, grade: null, gradeNote: '' },
        ...{ code, zones, onsetOn, signs, causality, outcome, resolvedOn, actionTaken, seriesDecision },
        ...{ isPermanentChange, neededIntervention, hasSterilityDoubt, stableOn, treatmentOrderedBy },
        ...{ sessionIds: [], notices: [], photoIds },
      })
    }
    expect(await assessed([other.photoId])).toMatchObject({ refusal: { code: 'NOT_FOUND' } })
    expect(await assessed([removed])).toMatchObject({ refusal: { code: 'PHOTO_VOIDED' } })
    expect(await assessed([own, own])).toMatchObject({ ok: true })
    const { body } = await phy.must('complication.open', { patientId, complicationId })
    expect(body.photoIds).toEqual([own])
    // A picture that is removed later stays named, and hinders no further assessment.
    await aes.must('photo.void', { patientId, photoId: own, reason: 'wrong chart' })
    expect(await assessed([own])).toMatchObject({ ok: true })
    expect(await assessed([])).toMatchObject({ ok: true })
  })
})

describe('the store', () => {
  it.each([
    ['lets no session name a photo of another patient', 'OTHER', 'FOREIGN KEY'],
    ['lets no session name a removed photo', 'VOIDED', 'session_photo: was_removed'],
    ['lets no session name a photo of another day', 'YESTERDAY', 'session_photo: is_of_another_day'],
    ['lets no session name other bytes than those of the photo', 'HASH', 'session_photo: is_another_picture'],
  ] as const)('%s', async (_what, how, reason) => {
    const clinic = await photoClinic()
    const { aes, patientId } = clinic
    const own = await keepPhoto(aes, patientId, how === 'YESTERDAY' ? { takenOn: '2026-08-02' } : {})
    if (how === 'VOIDED') await aes.must('photo.void', { patientId, photoId: own, reason: 'x' })
    const { photoId } = how === 'OTHER' ? await otherChart(clinic) : { photoId: own }
    const { sessionId } = await startedSession(clinic)
    const { driver } = clinic.app.services.storeLife.open.store
    const sha256 = how === 'HASH' ? `'${'f'.repeat(64)}'` : 'a.sha256'
    const attempt = write(clinic, async () => {
      driver
        .prepare(
          `insert into session_photo (patient_id, session_id, no, moment, photo_id, view_code, sha256)
             select ?, ?, 1, 'BEFORE', p.id, p.view_code, ${sha256} from photo p join attachment a on a.id = p.image_id
             where p.id = ?`,
        )
        .run(patientId, sessionId, photoId)
    })
    await expect(attempt).rejects.toThrow(reason)
  })

  it('changes no photo of a submitted session, and lets no report name a photo of another patient', async () => {
    const clinic = await photoClinic()
    const { aes, patientId } = clinic
    const photoId = await keepPhoto(aes, patientId)
    await submittedSession(clinic, { log: taken(photoId) })
    const { complicationId } = await aes.must('complication.report', reportOf(patientId))
    const other = await otherChart(clinic)
    const { driver } = clinic.app.services.storeLife.open.store
    const attempt = (sql: string, ...values: string[]) =>
      write(clinic, async () => {
        driver.prepare(sql).run(...values)
      })
    await expect(attempt("update session_photo set moment = 'AFTER'")).rejects.toThrow()
    await expect(attempt('delete from session_photo')).rejects.toThrow()
    const link = 'insert into complication_photo (complication_id, patient_id, photo_id) values (?, ?, ?)'
    await expect(attempt(link, complicationId, patientId, other.photoId)).rejects.toThrow('FOREIGN KEY')
  })
})

/** A second chart, with a photo of its own. */
async function otherChart(clinic: SessionClinic): Promise<{ patientId: PatientId; photoId: PhotoId }> {
  const patientId = await patientOnFile(clinic, { given: 'Eva' })
  await allowPhotosOf(clinic, patientId, null)
  return { patientId, photoId: await keepPhoto(clinic.aes, patientId) }
}

function reportOf(patientId: PatientId) {
  return {
    patientId,
    sessionIds: [],
    zones: [],
    description: 'Darker',
    channel: 'PHONE' as const,
    reportedBy: { kind: 'PATIENT' as const, name: 'Mara' },
    onsetOn: null,
    signs: [],
    code: 'PIH' as const,
    grade: 2 as const,
    actionTaken: '',
    notices: [],
  }
}
