import { finishFollowUp } from '../../db/queries/follow-up.ts'
import {
  appendOutcome,
  countComplicationsOfSeries,
  insertOutcome,
  insertPatientScore,
  outcomeRecord,
  selectOpenReview,
  selectOutcome,
  selectOutcomesOf,
  selectPatientScores,
} from '../../db/queries/outcome.ts'
import { selectPatient } from '../../db/queries/patient.ts'
import { selectPhotosOf } from '../../db/queries/photo.ts'
import { selectSeries } from '../../db/queries/series.ts'
import { type StaffMember, selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import type { StoredRecord } from '../../db/records.ts'
import { insertSignature } from '../../db/signatures.ts'
import type { contract } from '../../shared/contract/index.ts'
import {
  checkPatientScores,
  checkRating,
  type OutcomeBody,
  type RatingDifference,
  ratingDifferencesOf,
  reviewStanding,
  whyNoRating,
} from '../../shared/domain/outcome.ts'
import { scalesFor } from '../../shared/domain/outcome-scales.ts'
import type { Photo } from '../../shared/domain/photo.ts'
import type { OutcomeId, PatientId, PatientScoreId, PhotoId, SeriesId, VersionId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { readCourse } from '../app/course-facts.ts'
import { settleCourse } from '../app/course-follow-ups.ts'
import { givePdf } from '../app/pdf.ts'
import { physicianSignature, signatureRow } from '../app/signer.ts'
import { toWire } from '../app/to-wire.ts'
import { outcomePrintOf } from './outcome/print.ts'
import { selectComparedBaseline, viewRating } from './outcome/view.ts'

type OutcomeContract = typeof contract.outcome

export const outcomeHandlers = {
  open: async (context, { patientId, seriesId }) => {
    const { reader, today, caller } = context
    const course = await readCourse(reader, { patientId, seriesId, today })
    const patient = await selectPatient(reader, patientId)
    if (!course || !patient) return refuse('NOT_FOUND')
    const { body } = course.series
    const standing = { status: body.status, ...course }
    const ratings = []
    for (const record of await selectOutcomesOf(reader, patientId, seriesId))
      ratings.push(await viewRating(reader, record, caller.staffId))
    const nameById = new Map((await selectStaff(reader)).map((member) => [member.staffId, member.printedName]))
    const photos = (await selectPhotosOf(reader, patientId)).filter((photo) => photo.voided === null)
    context.audit({ action: 'outcome.open', subject: 'series', subjectId: seriesId, patientId })
    return accept(
      toWire({
        course: {
          goals: body.goals,
          goalText: body.goalText,
          status: body.status,
          sessionsPlanned: body.sessionsPlanned,
          performedOn: course.performedOn,
          complications: await countComplicationsOfSeries(reader, seriesId),
        },
        fst: patient.body.fst?.type ?? null,
        review: course.review && { ...course.review, standingToday: reviewStanding(course.review, today) },
        whyNoBaseline: whyNoRating('BASELINE', standing),
        whyNoOutcome: whyNoRating('OUTCOME', standing),
        isNewBaselineDue: course.review === null && course.spacing.verdict === 'REBASELINE',
        scales: scalesFor(body.goals),
        baselines: ratings.filter((rating) => rating.body.occasion === 'BASELINE'),
        outcomes: ratings.filter((rating) => rating.body.occasion === 'OUTCOME'),
        patientScores: (await selectPatientScores(reader, patientId, seriesId)).map(
          ({ patientScoreId, reportedOn, how, scores, enteredBy, enteredAt }) => ({
            patientScoreId,
            reportedOn,
            how,
            scores,
            enteredBy: nameById.get(enteredBy) ?? '',
            enteredAt,
          }),
        ),
        photos: photos.map(({ photoId, view, zone, side, occasion, takenOn }) => ({
          photoId,
          view,
          zone,
          side,
          occasion,
          takenOn,
        })),
      }),
    )
  },

  rate: async (context, { patientId, seriesId, occasion, scores, photoIds, note, reason }) => {
    const { trx, today } = context
    const course = await readCourse(trx, { patientId, seriesId, today })
    const patient = await selectPatient(trx, patientId)
    const rater = await selectStaffMember(trx, context.caller.staffId)
    const named = await findPhotos(context, patientId, photoIds)
    if (!course || !patient || !rater || !named) return refuse('NOT_FOUND')
    const indications = course.series.body.goals
    const tooSoon = whyNoRating(occasion, { status: course.series.body.status, ...course })
    if (tooSoon) return refuse(tooSoon)
    if (patient.body.fst === null) return refuse('OUTCOME_SKIN_TYPE_MISSING')
    const problem = checkRating({ occasion, indications, scores, photoIds, isPhysician: isPhysician(rater) })
    if (problem) return refuse(problem.code, { scales: [...problem.scales] })
    const photos = usablePhotos(named, photoIds)
    if (!photos) return refuse('OUTCOME_PHOTO_UNKNOWN')
    const baseline = occasion === 'BASELINE' ? null : await newestBaseline(context, patientId, seriesId)
    const differences =
      occasion === 'BASELINE' ? [] : await differencesFrom(context, baseline?.body ?? null, { rater, scores, photos })
    if (differences.length > 0 && reason === null) return refuse('OUTCOME_REASON_MISSING', { differences })

    const body: OutcomeBody = {
      schema: 'outcome/1',
      patientId,
      seriesId,
      occasion,
      indications,
      ratedOn: today,
      fst: patient.body.fst.type,
      photoIds,
      scores,
      note: note.trim(),
      review:
        occasion === 'BASELINE'
          ? null
          : {
              baseline: baseline && { outcomeId: baseline.id as OutcomeId, versionId: baseline.versionId },
              differences,
              reason: differences.length > 0 ? reason : null,
              window: course.review && { ...course.review, standing: reviewStanding(course.review, today) },
            },
      correctionReason: null,
      rater: physicianSignature(context, rater),
    }
    const outcomeId = context.newId<OutcomeId>()
    const versionId = await writeRating(context, { outcomeId, body })
    await sign(context, { outcomeId, versionId, rater, body })
    context.audit({
      action: 'outcome.rate',
      subject: 'outcome',
      subjectId: outcomeId,
      versionId,
      patientId,
      reason: occasion,
    })
    context.touch(...touchedSubjects)
    return accept({ outcomeId, differences: [...differences] })
  },

  correct: async (context, { patientId, outcomeId, version, scores, photoIds, note, reason, correctionReason }) => {
    const { trx, caller } = context
    const record = await selectOutcome(trx, patientId, outcomeId)
    const rater = await selectStaffMember(trx, caller.staffId)
    const named = await findPhotos(context, patientId, photoIds)
    if (!record || !rater || !named) return refuse('NOT_FOUND')
    if (record.integrity !== 'INTACT') return refuse('RECORD_DAMAGED')
    if (record.body.rater.staffId !== caller.staffId) return refuse('OUTCOME_NOT_THE_RATER')
    const { occasion, indications, review } = record.body
    const problem = checkRating({ occasion, indications, scores, photoIds, isPhysician: isPhysician(rater) })
    if (problem) return refuse(problem.code, { scales: [...problem.scales] })
    const photos = usablePhotos(named, photoIds)
    if (!photos) return refuse('OUTCOME_PHOTO_UNKNOWN')
    const compared = await selectComparedBaseline(trx, record.body)
    const differences = review === null ? [] : await differencesFrom(context, compared, { rater, scores, photos })
    if (differences.length > 0 && reason === null) return refuse('OUTCOME_REASON_MISSING', { differences })
    const body: OutcomeBody = {
      ...record.body,
      scores,
      photoIds,
      note: note.trim(),
      review: review && { ...review, differences, reason: differences.length > 0 ? reason : null },
      correctionReason,
      rater: physicianSignature(context, rater),
    }
    const making = { newId: context.newId, at: context.now, by: caller.staffId, reason: 'CORRECTED' }
    const versionId = await appendOutcome(trx, { ...making, outcomeId, body, expectedVersion: version })
    if (!versionId) return refuse('CONFLICT')
    await sign(context, { outcomeId, versionId, rater, body })
    context.audit({
      action: 'outcome.correct',
      subject: 'outcome',
      subjectId: outcomeId,
      versionId,
      versionBeforeId: record.versionId,
      patientId,
    })
    context.touch(...touchedSubjects)
    return accept({ version: version + 1 })
  },

  takePatientScore: async (context, { patientId, seriesId, reportedOn, how, scores }) => {
    const { trx, today, now, caller } = context
    if (!(await selectSeries(trx, patientId, seriesId))) return refuse('NOT_FOUND')
    if (reportedOn > today) return refuse('OUTCOME_DATE_IN_FUTURE')
    const problem = checkPatientScores(scores)
    if (problem?.code === 'OUTCOME_NOTHING_RATED') return refuse('OUTCOME_NOTHING_RATED')
    if (problem) return refuse('OUTCOME_SCORE_INVALID', { scales: [...problem.scales] })
    const patientScoreId = context.newId<PatientScoreId>()
    const score = { patientId, seriesId, reportedOn, how, scores, enteredBy: caller.staffId, enteredAt: now }
    await insertPatientScore(trx, patientScoreId, score)
    context.audit({
      action: 'outcome.takePatientScore',
      subject: 'patient_score',
      subjectId: patientScoreId,
      patientId,
    })
    context.touch('outcome', 'chart')
    return accept({ patientScoreId })
  },

  print: async (context, { patientId, seriesId }) => {
    const course = await readCourse(context.reader, { patientId, seriesId, today: context.today })
    const patient = await selectPatient(context.reader, patientId)
    if (!course || !patient) return refuse('NOT_FOUND')
    const records = await selectOutcomesOf(context.reader, patientId, seriesId)
    const scores = await selectPatientScores(context.reader, patientId, seriesId)
    const [newest] = records
    if (!newest) return refuse('NOTHING_TO_PRINT')
    if (records.some((record) => record.integrity !== 'INTACT')) return refuse('RECORD_DAMAGED')
    const print = await outcomePrintOf(context, { course, patient: patient.body, records, newest, scores })
    context.audit({
      action: 'outcome.print',
      subject: 'series',
      subjectId: seriesId,
      versionId: newest.versionId,
      patientId,
    })
    const fileName = `${patient.body.chartNumber.replaceAll(/[^A-Za-z0-9-]/g, '-')}-outcome.pdf`
    return accept(await givePdf(context, fileName, { kind: 'OUTCOME', print }))
  },
} satisfies Handlers<OutcomeContract>

const touchedSubjects = ['outcome', 'series', 'followUp', 'chart', 'today'] as const

function isPhysician({ roles }: StaffMember): boolean {
  return roles.includes('physician')
}

/** Null where one of them is not this patient's or was marked as entered in error. */
async function findPhotos(
  { trx }: CommandContext,
  patientId: PatientId,
  photoIds: readonly PhotoId[],
): Promise<readonly Photo[] | null> {
  const named = (await selectPhotosOf(trx, patientId)).filter((photo) => photoIds.includes(photo.photoId))
  return named.length === new Set(photoIds).size ? named : null
}

/** The photographs in the order of the chart; null where one is voided or named twice. */
function usablePhotos(named: readonly Photo[], photoIds: readonly PhotoId[]): readonly Photo[] | null {
  return named.length === photoIds.length && named.every((photo) => photo.voided === null) ? named : null
}

async function newestBaseline(
  { trx }: CommandContext,
  patientId: PatientId,
  seriesId: SeriesId,
): Promise<StoredRecord<OutcomeBody> | null> {
  const records = await selectOutcomesOf(trx, patientId, seriesId)
  return records.find((record) => record.body.occasion === 'BASELINE' && record.integrity === 'INTACT') ?? null
}

async function differencesFrom(
  { trx }: CommandContext,
  baseline: OutcomeBody | null,
  { rater, scores, photos }: { rater: StaffMember; scores: OutcomeBody['scores']; photos: readonly Photo[] },
): Promise<RatingDifference[]> {
  const before = baseline && {
    raterId: baseline.rater.staffId,
    scores: baseline.scores,
    photos: (await selectPhotosOf(trx, baseline.patientId)).filter(
      (photo) => photo.voided === null && baseline.photoIds.includes(photo.photoId),
    ),
  }
  return [...ratingDifferencesOf(before, { raterId: rater.staffId, scores, photos })]
}

/** An outcome closes the review that waits on the worklist, and in maintenance the next one is put there. */
async function writeRating(
  context: CommandContext,
  { outcomeId, body }: { readonly outcomeId: OutcomeId; readonly body: OutcomeBody },
): Promise<VersionId> {
  const { trx, now, today, caller } = context
  const { patientId, seriesId, occasion } = body
  const open = occasion === 'OUTCOME' ? await selectOpenReview(trx, patientId, seriesId) : null
  const making = { newId: context.newId, at: now, by: caller.staffId, reason: occasion }
  const versionId = await insertOutcome(trx, { ...making, outcomeId, body, followUpId: open?.id ?? null })
  if (open) {
    const { id, version } = open
    const finish = { id, version, result: 'REACHED' as const, outcome: 'Outcome rated', on: today }
    if (!(await finishFollowUp(trx, { ...finish, by: caller.staffId, at: now })))
      throw new Error(`follow-up ${id} moved inside one transaction`)
  }
  if (occasion === 'OUTCOME') await settleCourse(context, { patientId, seriesId })
  return versionId
}

async function sign(
  context: CommandContext,
  {
    outcomeId,
    versionId,
    rater,
    body,
  }: { outcomeId: OutcomeId; versionId: VersionId; rater: StaffMember; body: OutcomeBody },
): Promise<void> {
  const meaning = body.occasion === 'BASELINE' ? 'RATED_BASELINE' : 'RATED_OUTCOME'
  await insertSignature(context.trx, outcomeRecord, outcomeId, signatureRow(context, rater, { versionId, meaning }))
}
