import { outcomeRecord, type StoredPatientScore } from '../../../db/queries/outcome.ts'
import { selectPhotosOf } from '../../../db/queries/photo.ts'
import type { StoredRecord } from '../../../db/records.ts'
import { selectSignatures } from '../../../db/signatures.ts'
import { fingerprintOf } from '../../../db/signing/ed25519.ts'
import { type OutcomeBody, type OutcomeScore, scoreChanges } from '../../../shared/domain/outcome.ts'
import { outcomeScales } from '../../../shared/domain/outcome-scales.ts'
import type { PatientBody } from '../../../shared/domain/patient.ts'
import type { QueryContext } from '../../app/context.ts'
import type { CourseFacts } from '../../app/course-facts.ts'
import { printedStatement } from '../../app/signer.ts'
import type { OutcomePrint } from '../../print/outcome-document.ts'
import { codeWords, dateWords, nameWords } from '../../print/words.ts'
import { selectComparedBaseline } from './view.ts'

type Source = {
  readonly course: CourseFacts
  readonly patient: PatientBody
  /** Newest first. */
  readonly records: readonly StoredRecord<OutcomeBody>[]
  readonly newest: StoredRecord<OutcomeBody>
  readonly scores: readonly StoredPatientScore[]
}

/** The newest rating beside the baseline it names, what the patient said, and who signed. */
export async function outcomePrintOf(
  context: QueryContext,
  { course, patient, records, newest, scores }: Source,
): Promise<OutcomePrint> {
  const { reader } = context
  const { facts, clinicPublicKey } = context.services.storeLife.open
  const outcome = records.find((record) => record.body.occasion === 'OUTCOME') ?? null
  const baseline = outcome
    ? await selectComparedBaseline(reader, outcome.body)
    : (records.find((record) => record.body.occasion === 'BASELINE')?.body ?? null)
  const viewById = new Map((await selectPhotosOf(reader, newest.body.patientId)).map((photo) => [photo.photoId, photo]))
  const photosOf = (body: OutcomeBody | null) =>
    (body?.photoIds ?? []).flatMap((photoId) => viewById.get(photoId)?.view ?? []).join(', ') || 'None'
  const { family, given, middle, preferred, bornOn, bornText, chartNumber } = patient
  const { body } = course.series
  const { performedOn } = course
  const window = outcome?.body.review?.window ?? course.review
  const standing = outcome?.body.review?.window?.standing ?? null
  const changes = baseline && outcome ? scoreChanges(baseline.scores, outcome.body.scores) : []
  const scaleCodes = [
    ...new Set([...(baseline?.scores ?? []), ...(outcome?.body.scores ?? [])].map(({ scale }) => scale)),
  ]
  const levelOf = (rated: readonly OutcomeScore[] | undefined, scale: OutcomeScore['scale']) =>
    rated?.find((score) => score.scale === scale)
  return {
    sheet: {
      clinicName: facts.clinicName,
      isSample: facts.isSample,
      patient: { name: nameWords({ family, given, middle, preferred }), bornOn, bornText, chartNumber },
      title: 'Outcome of a course of microneedling',
      unsigned: null,
      isVoided: false,
      version: newest.number,
      sha256: newest.sha256,
      keyFingerprint: fingerprintOf(clinicPublicKey),
      printedAt: context.now,
      printedBy: context.caller.printedName,
      utcOffsetMin: context.offsetMin,
    },
    course: [
      ['For', body.goals.map(codeWords).join(', ')],
      ['Sessions', `${performedOn.length} done of ${body.sessionsPlanned} planned`],
      ['Last session', performedOn.length === 0 ? 'None' : dateWords(performedOn.at(-1) ?? '')],
      [
        'Review due',
        window ? `${dateWords(window.dueOn)} (${dateWords(window.fromOn)} to ${dateWords(window.untilOn)})` : 'Not yet',
      ],
      [
        'Kept in its window',
        standing === null ? 'Not reviewed yet' : standing === 'WITHIN' ? 'Yes' : codeWords(standing),
      ],
      ['Skin type', newest.body.fst],
    ],
    levels: scaleCodes.map((scale) => {
      const change = changes.find((one) => one.scale === scale)
      const score = levelOf(outcome?.body.scores, scale) ?? levelOf(baseline?.scores, scale)
      return [
        `${outcomeScales[scale].name} (${scale}, ${score?.scaleVersion ?? ''})`,
        scoreWords(levelOf(baseline?.scores, scale)),
        scoreWords(levelOf(outcome?.body.scores, scale)),
        change ? codeWords(change.direction) : '',
      ]
    }),
    baseline: baseline && {
      ratedOn: dateWords(baseline.ratedOn),
      rater: baseline.rater.printedName,
      photos: photosOf(baseline),
      note: baseline.note,
    },
    outcome: outcome && {
      ratedOn: dateWords(outcome.body.ratedOn),
      rater: outcome.body.rater.printedName,
      photos: photosOf(outcome.body),
      note: outcome.body.note,
    },
    differences: outcome?.body.review?.differences.map(codeWords) ?? [],
    differenceReason: outcome?.body.review?.reason ?? '',
    patientSays: (scores[0]?.scores ?? []).map((score) => [
      `${outcomeScales[score.scale].name} (${score.scale}, ${score.scaleVersion})`,
      scoreWords(score),
    ]),
    patientSaidOn: scores[0] ? dateWords(scores[0].reportedOn) : null,
    signatures: (await selectSignatures(reader, outcomeRecord.kind, newest.id)).map((signature) => ({
      name: signature.signerName,
      credential: signature.credential,
      licence: signature.licence,
      meaning: codeWords(signature.meaning),
      statement: printedStatement(signature, 'I rated this myself.'),
      signedAt: signature.signedAt,
      utcOffsetMin: signature.offsetMin,
      sha256: signature.sha256,
      version: newest.number,
      pictureSvg: null,
    })),
  }
}

function scoreWords(score: OutcomeScore | undefined): string {
  if (!score) return 'Not rated'
  const { levels, parts } = outcomeScales[score.scale]
  const label = levels.find(({ level }) => level === score.level)?.label
  if (label) return `${score.level}: ${label}`
  const sub = parts.flatMap(({ part, name }) => {
    const one = score.parts.find((known) => known.part === part)
    return one ? [`${name.toLowerCase()} ${one.level}`] : []
  })
  return sub.length === 0 ? String(score.level) : `${score.level} (${sub.join(', ')})`
}
