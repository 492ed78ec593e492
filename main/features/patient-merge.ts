import type { Reader } from '../../db/open.ts'
import { renewLookAlikes, selectPatient, selectPatientSummaries } from '../../db/queries/patient.ts'
import {
  countContents,
  endLink,
  insertLink,
  isLinkOf,
  selectLinkHistory,
  selectLinksInto,
  selectStandingLink,
  selectUnderWay,
} from '../../db/queries/patient-merge.ts'
import {
  type ComparedChart,
  compareNext,
  countPairs,
  countUncompared,
  identitySha256,
  insertVerdict,
  pairOf,
  replacePairs,
  selectPairs,
} from '../../db/queries/patient-pair.ts'
import { selectVisitMarks } from '../../db/queries/patient-visits.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import type { StoredRecord } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import type { PatientBody } from '../../shared/domain/patient.ts'
import { duplicateScore, identityOf } from '../../shared/domain/patient-duplicate.ts'
import { mergeProblem } from '../../shared/domain/patient-merge.ts'
import type { PatientId, PatientLinkId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'
import { prepared } from '../app/context.ts'

type MergeContract = typeof contract.patientMerge
type StoredPatient = StoredRecord<PatientBody>

/** Pairs on one list. */
const mostPairs = 100
/** Charts per call: short enough that the screen can say how far it is. */
const chartsPerCall = 100

export const patientMergeHandlers = {
  compare: async (context, { patientId, keptId }) => {
    const { reader, today } = context
    if (patientId === keptId) return refuse('SAME_CHART')
    const [merged, kept] = await selectBoth(reader, patientId, keptId)
    if (!merged || !kept) return refuse('NOT_FOUND')
    for (const id of [patientId, keptId])
      context.audit({ action: 'patientMerge.compare', subject: 'patient', subjectId: id, patientId: id })
    return accept({
      merged: await loadSide(context, merged),
      kept: await loadSide(context, kept),
      reasons: [...duplicateScore(identityOf(merged.body), identityOf(kept.body)).reasons],
      problem: await findProblem(reader, { merged, kept, today }),
    })
  },

  merge: async (context, { patientId, keptId, reason, reauth }) => {
    if (reauth.method !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
    if (patientId === keptId) return refuse('SAME_CHART')
    const { trx, now, today, caller } = context
    const [merged, kept] = await selectBoth(trx, patientId, keptId)
    if (!merged || !kept) return refuse('NOT_FOUND')
    const problem = await findProblem(trx, { merged, kept, today })
    if (problem) return refuse(problem.code, { count: problem.count })
    const linkId = context.newId<PatientLinkId>()
    await insertLink(trx, {
      linkId,
      mergedId: patientId,
      keptId,
      mergedAt: now,
      mergedOn: today,
      mergedBy: caller.staffId,
      reason,
    })
    await renewLookAlikes(trx, [merged.body, kept.body])
    auditBoth(context, { action: 'patientMerge.merge', linkId, mergedId: patientId, keptId })
    touchEverything(context)
    return accept({ linkId })
  },

  unmerge: async (context, { patientId, linkId, reason, reauth }) => {
    if (reauth.method !== 'PASSWORD') return refuse('PASSWORD_NEEDED')
    const { trx, now, caller } = context
    const link = await selectStandingLink(trx, patientId)
    if (!link || link.linkId !== linkId) {
      return (await isLinkOf(trx, patientId, linkId)) ? refuse('NOT_MERGED') : refuse('NOT_FOUND')
    }
    const [merged, kept] = await selectBoth(trx, patientId, link.keptId)
    if (!merged || !kept) return refuse('NOT_FOUND')
    if (!(await endLink(trx, { linkId, at: now, by: caller.staffId, reason }))) return refuse('NOT_MERGED')
    await renewLookAlikes(trx, [merged.body, kept.body])
    auditBoth(context, { action: 'patientMerge.unmerge', linkId, mergedId: patientId, keptId: link.keptId })
    touchEverything(context)
    return accept({})
  },

  history: async (context, { patientId }) => {
    const { reader } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const links = await selectLinkHistory(reader, patientId)
    const summaries = await selectPatientSummaries(reader, [
      ...new Set(links.flatMap(({ mergedId, keptId }) => [mergedId, keptId])),
    ])
    const names = new Map((await selectStaff(reader)).map(({ staffId, printedName }) => [staffId, printedName]))
    context.audit({ action: 'patientMerge.history', subject: 'patient', subjectId: patientId, patientId })
    return accept({
      links: links.map(({ linkId, mergedId, keptId, mergedAt, mergedBy, reason, ended }) => ({
        linkId,
        merged: summaryOf(summaries, mergedId),
        kept: summaryOf(summaries, keptId),
        mergedAt,
        mergedBy: names.get(mergedBy) ?? null,
        reason,
        ended: ended && { at: ended.at, by: names.get(ended.by) ?? null, reason: ended.reason },
      })),
    })
  },

  pairs: async ({ reader }) => {
    const pairs = await selectPairs(reader, mostPairs)
    const summaries = await selectPatientSummaries(reader, [
      ...new Set(pairs.flatMap(({ lowId, highId }) => [lowId, highId])),
    ])
    return accept({
      pairs: pairs.map(({ lowId, highId, reasons }) => ({
        low: summaryOf(summaries, lowId),
        high: summaryOf(summaries, highId),
        reasons: [...reasons],
      })),
      total: await countPairs(reader),
      uncompared: await countUncompared(reader),
    })
  },

  findPairs: prepared<MergeContract['findPairs'], readonly ComparedChart[]>({
    prepare: async ({ reader }) => accept(await compareNext(reader, chartsPerCall)),
    run: async (context, _input, compared) => {
      await replacePairs(context.trx, compared, context.now)
      context.audit({
        action: 'patientMerge.findPairs',
        subject: 'clinic',
        subjectId: null,
        reason: `${compared.length} compared`,
      })
      context.touch('patientMerge')
      return accept({ compared: compared.length, left: await countUncompared(context.trx) })
    },
  }),

  keepApart: async (context, { patientId, otherId, reason }) => {
    if (patientId === otherId) return refuse('SAME_CHART')
    const { trx, now, caller } = context
    const { lowId, highId } = pairOf(patientId, otherId)
    const [low, high] = await selectBoth(trx, lowId, highId)
    if (!low || !high) return refuse('NOT_FOUND')
    await insertVerdict(trx, context.newId(), {
      lowId,
      highId,
      lowFacts: identitySha256(low.body),
      highFacts: identitySha256(high.body),
      reason,
      at: now,
      by: caller.staffId,
    })
    for (const id of [lowId, highId])
      context.audit({ action: 'patientMerge.keepApart', subject: 'patient', subjectId: id, patientId: id })
    context.touch('patientMerge')
    return accept({})
  },
} satisfies Handlers<MergeContract>

async function selectBoth(reader: Reader, one: PatientId, other: PatientId) {
  return [await selectPatient(reader, one), await selectPatient(reader, other)] as const
}

async function findProblem(
  reader: Reader,
  {
    merged,
    kept,
    today,
  }: { readonly merged: StoredPatient; readonly kept: StoredPatient; readonly today: CalendarDate },
) {
  const mergedId = merged.body.id
  const keptId = kept.body.id
  return mergeProblem({
    mergedId,
    keptId,
    isAlreadyMerged: (await selectStandingLink(reader, mergedId)) !== null,
    isKeptMerged: (await selectStandingLink(reader, keptId)) !== null,
    mergedInto: (await selectLinksInto(reader, mergedId)).length,
    isKeptArchived: kept.body.status.state === 'ARCHIVED',
    isEitherDamaged: merged.integrity !== 'INTACT' || kept.integrity !== 'INTACT',
    ...(await selectUnderWay(reader, mergedId, today)),
  })
}

async function loadSide({ reader, today, hasRole }: QueryContext, record: StoredPatient) {
  const {
    id: patientId,
    schema: _schema,
    source: _source,
    fst: _fst,
    chartNumber,
    status,
    allergies,
    ...details
  } = record.body
  const mayReadAlerts = rolesWith('alerts.read').some(hasRole)
  return {
    patientId,
    chartNumber,
    isIntact: record.integrity === 'INTACT',
    registeredAt: String(record.head['created_at']),
    status,
    details: { ...details, formerNames: [...details.formerNames], phones: [...details.phones] },
    allergies: !mayReadAlerts
      ? null
      : allergies.state === 'LISTED'
        ? { ...allergies, entries: [...allergies.entries] }
        : allergies,
    lastVisitOn: (await selectVisitMarks(reader, [patientId], today)).get(patientId)?.lastOn ?? null,
    contents: await countContents(reader, patientId),
  }
}

function summaryOf<Summary>(summaries: ReadonlyMap<PatientId, Summary>, id: PatientId): Summary {
  const summary = summaries.get(id)
  if (!summary) throw new Error(`chart ${id} is named and not there`)
  return summary
}

/** The merge stands in the trail of both charts. */
function auditBoth(
  context: CommandContext,
  {
    action,
    linkId,
    mergedId,
    keptId,
  }: Readonly<Record<'action' | 'linkId', string>> & {
    readonly mergedId: PatientId
    readonly keptId: PatientId
  },
): void {
  for (const patientId of [mergedId, keptId]) {
    context.audit({ action, subject: 'patientLink', subjectId: linkId, patientId, reason: context.reauthenticatedBy })
  }
}

/** Every open screen about either chart reads both from now on. */
function touchEverything(context: CommandContext): void {
  context.touch(
    'patientMerge',
    'patient',
    'patientSearch',
    'chart',
    'today',
    'visit',
    'session',
    'screening',
    'complication',
  )
}
