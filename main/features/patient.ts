import type { Reader } from '../../db/open.ts'
import { deleteDraft, insertDraft, saveDraft, selectDraft } from '../../db/queries/draft.ts'
import {
  insertPatient,
  type PatientSummary,
  selectLikelyDuplicates,
  selectLookAlikes,
  selectPatient,
  selectPatientSummaries,
  selectPatientVersions,
  takeChartNumber,
  updatePatient,
} from '../../db/queries/patient.ts'
import { patientDraftKind, selectOwnPatientDraft } from '../../db/queries/patient-draft.ts'
import { countPatients, selectPatientPage } from '../../db/queries/patient-list.ts'
import { selectPersonCharts } from '../../db/queries/patient-merge.ts'
import { selectVisitMarks } from '../../db/queries/patient-visits.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import type { StoredRecord } from '../../db/records.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { ChartFacts, PatientForm } from '../../shared/contract/patient.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import {
  type Allergies,
  type PatientBody,
  type PatientDetails,
  patientDetailsProblems,
  patientSchema,
} from '../../shared/domain/patient.ts'
import { changedPatientFields, isNameChanged, withNameHistory } from '../../shared/domain/patient-edit.ts'
import { allergiesOfPerson } from '../../shared/domain/patient-merge.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { SignIn } from '../app/connection.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'
import { selectPatientAlerts } from '../app/patient-alerts.ts'
import { learnNames } from '../app/patient-vocabulary.ts'

type PatientContract = typeof contract.patient

export const patientHandlers = {
  list: async ({ reader, today }, { status, after, limit }) => {
    const page = await selectPatientPage(reader, { status, after, limit })
    const marks = await selectVisitMarks(
      reader,
      page.map((row) => row.patientId),
      today,
    )
    return accept({
      patients: page.map((row) => ({ ...row, lastVisitOn: marks.get(row.patientId)?.lastOn ?? null })),
      next: page.length === limit ? (page.at(-1)?.key ?? null) : null,
      counts: after === null ? await countPatients(reader) : null,
    })
  },

  duplicates: async ({ reader }, { except, ...facts }) => {
    const charts = await selectLikelyDuplicates(reader, facts, { except })
    const localities = await selectLocalities(reader, charts)
    return accept({
      charts: charts.map((chart) => ({
        ...chart,
        reasons: [...chart.reasons],
        locality: localities.get(chart.patientId) ?? null,
      })),
    })
  },

  register: async (context, { details, acknowledgedDuplicates, draftId }) => {
    const wrong = refuseDetails(details, context.today)
    if (wrong) return wrong
    const unseen = (await selectLikelyDuplicates(context.trx, details)).filter(
      (chart) => !acknowledgedDuplicates.includes(chart.patientId),
    )
    if (unseen.length > 0) return refuse('DUPLICATES_NOT_SEEN', { count: unseen.length })
    const body: PatientBody = {
      ...details,
      schema: patientSchema,
      id: context.newId<PatientId>(),
      chartNumber: await takeChartNumber(context.trx),
      fst: null,
      status: { state: 'ACTIVE' },
      source: { kind: 'REGISTERED' },
    }
    const versionId = await insertPatient(context.trx, { body, ...making(context) })
    if (draftId !== null) await discardOwnDraft(context, draftId)
    context.audit({
      action: 'patient.register',
      subject: 'patient',
      subjectId: body.id,
      versionId,
      patientId: body.id,
      reason: acknowledgedDuplicates.length > 0 ? 'DUPLICATES_SEEN' : null,
    })
    context.touch('patient', 'patientSearch')
    context.afterCommit(() => learnNames(context.services, body))
    return accept({ patientId: body.id, chartNumber: body.chartNumber })
  },

  edit: async (context, { patientId, version, details, nameChange, draftId }) => {
    const wrong = refuseDetails(details, context.today)
    if (wrong) return wrong
    const record = await selectPatient(context.trx, patientId)
    if (!record) return refuse('NOT_FOUND')
    if (isNameChanged(record.body, details) && nameChange === null) return refuse('NAME_CHANGE_UNSAID')
    const kept = withNameHistory(record.body, details, { change: nameChange, today: context.today })
    const after: PatientBody = { ...record.body, ...kept }
    if (changedPatientFields(record.body, after).length === 0) return refuse('NOTHING_CHANGED')
    if (draftId !== null) await discardOwnDraft(context, draftId)
    return saveVersion(context, { record, after, version, reason: 'EDITED', action: 'patient.edit' })
  },

  archive: async (context, { patientId, version, reason, note }) => {
    const record = await selectPatient(context.trx, patientId)
    if (!record) return refuse('NOT_FOUND')
    if (record.body.status.state === 'ARCHIVED') return refuse('ALREADY_ARCHIVED')
    if (reason === 'OTHER' && note === null) return refuse('ARCHIVE_NOTE_NEEDED')
    const after: PatientBody = { ...record.body, status: { state: 'ARCHIVED', reason, note } }
    return saveVersion(context, {
      record,
      after,
      version,
      reason: 'ARCHIVED',
      action: 'patient.archive',
      auditReason: reason,
    })
  },

  reactivate: async (context, { patientId, version, reason }) => {
    const record = await selectPatient(context.trx, patientId)
    if (!record) return refuse('NOT_FOUND')
    if (record.body.status.state === 'ACTIVE') return refuse('NOT_ARCHIVED')
    const after: PatientBody = { ...record.body, status: { state: 'ACTIVE' } }
    return saveVersion(context, {
      record,
      after,
      version,
      reason: `REACTIVATED_${reason}`,
      action: 'patient.reactivate',
      auditReason: reason,
    })
  },

  setAllergies: async (context, { patientId, version, allergies }) => {
    if (isAskedInFuture(allergies, context.today)) return refuse('ALLERGIES_ASKED_IN_FUTURE')
    const record = await selectPatient(context.trx, patientId)
    if (!record) return refuse('NOT_FOUND')
    return saveVersion(context, {
      record,
      after: { ...record.body, allergies },
      version,
      reason: 'ALLERGIES_SET',
      action: 'patient.setAllergies',
    })
  },

  setSkinType: async (context, { patientId, version, type, recordedOn }) => {
    if (recordedOn > context.today) return refuse('RECORDED_IN_FUTURE')
    const record = await selectPatient(context.trx, patientId)
    if (!record) return refuse('NOT_FOUND')
    if (record.body.bornOn !== null && recordedOn < record.body.bornOn) return refuse('RECORDED_BEFORE_BIRTH')
    return saveVersion(context, {
      record,
      after: { ...record.body, fst: { type, recordedOn, by: context.caller.staffId } },
      version,
      reason: 'SKIN_TYPE_SET',
      action: 'patient.setSkinType',
    })
  },

  open: async (context, { patientId }) => {
    const record = await selectPatient(context.reader, patientId)
    if (!record) return refuse('NOT_FOUND')
    const { source } = record.body
    context.audit({
      action: 'patient.open',
      subject: 'patient',
      subjectId: patientId,
      versionId: record.versionId,
      patientId,
    })
    return accept({
      patientId,
      version: record.version,
      isIntact: record.integrity === 'INTACT',
      registeredAt: String(record.head['created_at']),
      changedAt: record.madeAt,
      facts: factsFor(context, record.body),
      source: source.kind === 'REGISTERED' ? { kind: 'REGISTERED' as const } : source,
    })
  },

  banner: async (context, { patientId }) => {
    const { reader, today } = context
    const record = await selectPatient(reader, patientId)
    if (!record) return refuse('NOT_FOUND')
    auditFirstSight(context, record)
    const { body } = record
    const person = await loadPerson(reader, patientId)
    const { allergies, fst } = factsFor(context, {
      ...body,
      allergies: allergiesOfPerson(body.allergies, person.otherAllergies),
    })
    return accept({
      patientId,
      version: record.version,
      chartNumber: body.chartNumber,
      family: body.family,
      given: body.given,
      middle: body.middle,
      preferred: body.preferred,
      bornOn: body.bornOn,
      bornText: body.bornText,
      phoneTail: record.head['phone_tail'] === null ? null : String(record.head['phone_tail']),
      status: body.status,
      isIntact: record.integrity === 'INTACT',
      lookAlikes: (await selectLookAlikes(reader, patientId)).filter((one) => one.patientId !== person.keptId),
      mergedInto: person.mergedInto,
      merged: [...person.merged],
      alerts: allergies && {
        allergies,
        ...(await selectPatientAlerts(reader, { patientId, bornOn: body.bornOn, today })),
      },
      clinical: mayRead(context, 'chart.read') ? { fst } : null,
    })
  },

  history: async (context, { patientId }) => {
    const record = await selectPatient(context.reader, patientId)
    if (!record) return refuse('NOT_FOUND')
    const stored = (await selectPatientVersions(context.reader, patientId)).slice(-101)
    const nameById = new Map((await selectStaff(context.reader)).map((person) => [person.staffId, person.printedName]))
    context.audit({ action: 'patient.history', subject: 'patient', subjectId: patientId, patientId })
    const versions = stored.map((version, index) => {
      const before = stored[index - 1]
      const facts = factsFor(context, version.body)
      const changed = before === undefined ? [] : changedPatientFields(before.body, version.body)
      return {
        number: version.number,
        madeAt: version.madeAt,
        madeBy: version.madeBy === null ? null : (nameById.get(version.madeBy) ?? null),
        reason: version.reason,
        isIntact: version.integrity === 'INTACT',
        changed: changed.filter(
          (field) =>
            (field !== 'allergies' || mayRead(context, 'alerts.read')) &&
            (field !== 'fst' || mayRead(context, 'chart.read')),
        ),
        facts,
      }
    })
    return accept({ versions: versions.reverse().slice(0, 100) })
  },

  draft: async ({ reader, caller }, { patientId }) => {
    const draft = await selectOwnPatientDraft<DraftBody>(reader, caller.staffId, patientId)
    return accept({
      draft: draft && {
        draftId: draft.id,
        draftVersion: draft.version,
        savedAt: draft.updatedAt,
        ...draft.body,
      },
    })
  },

  saveDraft: async (context, { patientId, draftId, draftVersion, chartVersion, form }) => {
    const { trx, caller, now } = context
    const body: DraftBody = { chartVersion, form }
    if (draftId === null) {
      if (patientId !== null && !(await selectPatient(trx, patientId))) return refuse('NOT_FOUND')
      const id = context.newId<string>()
      await insertDraft(trx, { id, kind: patientDraftKind, patientId, ownerId: caller.staffId, body, at: now })
      context.audit({ action: 'patient.draft', subject: 'patient', subjectId: patientId ?? id, patientId })
      return accept({ draftId: id, draftVersion: 1, savedAt: now })
    }
    const known = await selectDraft<DraftBody>(trx, patientDraftKind, draftId)
    // Another person's unfinished form, or another chart's, is as if it were not there.
    if (!known || known.ownerId !== caller.staffId || known.patientId !== patientId) return refuse('NOT_FOUND')
    const saved = await saveDraft(trx, {
      id: draftId,
      kind: patientDraftKind,
      ownerId: caller.staffId,
      body,
      at: now,
      expectedVersion: draftVersion,
    })
    if (!saved) return refuse('CONFLICT')
    if (saved.startsSpell)
      context.audit({ action: 'patient.draft', subject: 'patient', subjectId: patientId ?? draftId, patientId })
    return accept({ draftId, draftVersion: saved.version, savedAt: now })
  },

  discardDraft: async (context, { draftId }) => {
    if (!(await discardOwnDraft(context, draftId))) return refuse('NOT_FOUND')
    context.audit({ action: 'patient.discardDraft', subject: 'patient', subjectId: draftId })
    context.touch('patient')
    return accept({})
  },
} satisfies Handlers<PatientContract>

/** The other charts of the person, and what they say that this one has to warn of. */
async function loadPerson(reader: Reader, patientId: PatientId) {
  const { keptId, links } = await selectPersonCharts(reader, patientId)
  const otherIds = [keptId, ...links.map(({ mergedId }) => mergedId)].filter((id) => id !== patientId)
  const others = (await Promise.all(otherIds.map((id) => selectPatient(reader, id)))).filter((one) => one !== null)
  const summaries = await selectPatientSummaries(reader, otherIds)
  return {
    keptId,
    otherAllergies: others.map(({ body }) => body.allergies),
    mergedInto: summaries.get(keptId) ?? null,
    merged: keptId === patientId ? [...summaries.values()] : [],
  }
}

type DraftBody = { readonly chartVersion: number | null; readonly form: PatientForm }

/** The first thing that stands against the details, in the order of the form. */
function refuseDetails(details: PatientDetails, today: CalendarDate) {
  const [problem] = patientDetailsProblems(details, today)
  if (problem) return refuse(problem.problem, { field: problem.field })
  return isAskedInFuture(details.allergies, today) ? refuse('ALLERGIES_ASKED_IN_FUTURE', { field: 'allergies' }) : null
}

function isAskedInFuture(allergies: Allergies, today: CalendarDate): boolean {
  return allergies.state === 'NONE_KNOWN' && allergies.askedOn > today
}

function making(context: CommandContext) {
  return { newId: () => context.newId<string>(), at: context.now, by: context.caller.staffId }
}

async function saveVersion(
  context: CommandContext,
  {
    record,
    after,
    version,
    reason,
    action,
    auditReason = null,
  }: {
    readonly record: StoredRecord<PatientBody>
    readonly after: PatientBody
    readonly version: number
    readonly reason: string
    readonly action: string
    readonly auditReason?: string | null
  },
) {
  const patientId = after.id
  const versionId = await updatePatient(context.trx, {
    before: record.body,
    after,
    expectedVersion: version,
    reason,
    ...making(context),
  })
  if (versionId === null) return refuse('CONFLICT')
  context.audit({
    action,
    subject: 'patient',
    subjectId: patientId,
    versionId,
    versionBeforeId: record.versionId,
    patientId,
    reason: auditReason,
  })
  context.touch('patient', 'patientSearch', 'chart', 'today')
  context.afterCommit(() => learnNames(context.services, after))
  return accept({ patientId, version: version + 1 })
}

/** True where there was one of this person's. */
async function discardOwnDraft(context: CommandContext, draftId: string): Promise<boolean> {
  const draft = await selectDraft(context.trx, patientDraftKind, draftId)
  if (draft?.ownerId !== context.caller.staffId) return false
  return deleteDraft(context.trx, patientDraftKind, draftId)
}

function mayRead(context: Pick<QueryContext, 'hasRole'>, permission: 'alerts.read' | 'chart.read'): boolean {
  return rolesWith(permission).some((role) => context.hasRole(role))
}

/** The version as this person may read it: allergies with alerts, skin type with charts. */
function factsFor(context: Pick<QueryContext, 'hasRole'>, body: PatientBody): FactsBefore {
  const { allergies, fst, chartNumber, status, id: _id, schema: _schema, source: _source, ...details } = body
  return {
    chartNumber,
    status,
    // Copied where a wire list is not readonly.
    details: { ...details, formerNames: [...details.formerNames], phones: [...details.phones] },
    allergies: mayRead(context, 'alerts.read') ? allergiesToWire(allergies) : null,
    fst: mayRead(context, 'chart.read') ? fst : null,
  }
}
type FactsBefore = ChartFacts

function allergiesToWire(allergies: Allergies) {
  return allergies.state === 'LISTED' ? { ...allergies, entries: [...allergies.entries] } : allergies
}

const seenBySignIn = new WeakMap<SignIn, Set<PatientId>>()

/** The banner is asked for again and again: it is audited the first time in a sign-in. */
function auditFirstSight(context: QueryContext, record: StoredRecord<PatientBody>): void {
  const seen = seenBySignIn.get(context.caller) ?? new Set()
  seenBySignIn.set(context.caller, seen)
  const patientId = record.body.id
  if (seen.has(patientId)) return
  seen.add(patientId)
  context.audit({
    action: 'patient.banner',
    subject: 'patient',
    subjectId: patientId,
    versionId: record.versionId,
    patientId,
  })
}

/** Where the advised charts' people live, to tell two of a name apart. */
async function selectLocalities(
  reader: Reader,
  charts: readonly PatientSummary[],
): Promise<ReadonlyMap<PatientId, string | null>> {
  const records = await Promise.all(charts.map((chart) => selectPatient(reader, chart.patientId)))
  return new Map(
    records.filter((record) => record !== null).map((record) => [record.body.id, record.body.address.locality]),
  )
}
