import type { Reader } from '../../db/open.ts'
import { type PatientSummary, selectPatient, selectPatientSummaries, updatePatient } from '../../db/queries/patient.ts'
import {
  type ImportLine,
  type ImportPair,
  type ImportSummary,
  insertHeldPatient,
  refuseHeldRow,
  selectImport,
  selectImportLine,
  selectImportLines,
  selectImports,
} from '../../db/queries/patient-import-review.ts'
import { selectActiveOfImport } from '../../db/queries/patient-list.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import type { PatientBody, PatientDetails } from '../../shared/domain/patient.ts'
import { importedDifferences, withImportedFields } from '../../shared/domain/patient-import.ts'
import type { ImportId, PatientId, StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { auditRow } from '../app/command.ts'
import type { CommandContext, Handlers, QueryContext } from '../app/context.ts'
import { learnNames } from '../app/patient-vocabulary.ts'
import { importDeskOf } from '../import/import-desk.ts'
import { type PlannedRowView, readRows } from '../import/preparation.ts'

type ImportContract = typeof contract.patientImport

const rowsPerPage = 100

export const patientImportHandlers = {
  standing: async (context) => {
    const desk = importDeskOf(context.services)
    const own = desk.preparationOf(ownerOf(context))
    return accept({
      preparation: own && {
        previewId: own.previewId,
        fileName: own.fileName,
        jobId: own.jobId,
        isReady: own.plan !== null,
      },
      running: desk.running,
    })
  },

  prepare: async (context, { token, fileName }) => {
    const { services, connection } = context
    const desk = importDeskOf(services)
    if (desk.preparationOf(ownerOf(context))?.jobId) return refuse('PREVIEW_RUNNING')
    const bytes = services.uploads.take(connection.connectionId, token)
    if (!bytes) return refuse('FILE_GONE')
    if (bytes.length === 0) return refuse('FILE_EMPTY')
    if (!isText(bytes)) return refuse('NOT_A_LIST')
    const previewId = context.newId<string>()
    const jobId = context.newId<string>()
    context.audit({ action: 'patientImport.prepare', subject: 'patient_import', subjectId: previewId })
    context.touch('patientImport')
    context.afterCommit(() => {
      const preparation = desk.take(ownerOf(context), { previewId, fileName, bytes })
      desk.read(connection, preparation, { jobId, mapping: null, dateShape: null, today: context.today })
    })
    return accept({ previewId, jobId })
  },

  replan: async (context, { previewId, mapping, dateShape }) => {
    const desk = importDeskOf(context.services)
    const preparation = desk.find(ownerOf(context), previewId)
    if (!preparation) return refuse('PREVIEW_GONE')
    if (preparation.jobId !== null) return refuse('PREVIEW_RUNNING')
    const jobId = context.newId<string>()
    context.touch('patientImport')
    context.afterCommit(() =>
      desk.read(context.connection, preparation, { jobId, mapping, dateShape, today: context.today }),
    )
    return accept({ jobId })
  },

  preview: async (context, { previewId }) => {
    const preparation = importDeskOf(context.services).find(ownerOf(context), previewId)
    if (!preparation) return refuse('PREVIEW_GONE')
    if (preparation.plan === null) return refuse(preparation.jobId === null ? 'PREVIEW_GONE' : 'PREVIEW_RUNNING')
    const { problem, columns, dates, dateShape, counts } = preparation.plan
    return accept({
      fileName: preparation.fileName,
      problem,
      columns: columns.map((column) => ({ ...column, samples: [...column.samples] })),
      dates: dates && dateShape && { ...dates, detected: dates.shape, shape: dateShape },
      counts,
    })
  },

  previewRows: async (context, { previewId, show, after }) => {
    const preparation = importDeskOf(context.services).find(ownerOf(context), previewId)
    if (!preparation) return refuse('PREVIEW_GONE')
    if (preparation.plan === null) return refuse(preparation.jobId === null ? 'PREVIEW_GONE' : 'PREVIEW_RUNNING')
    const { rows, next } = readRows(preparation.plan, { show, after, limit: rowsPerPage })
    const known = rows.map((row) => row.pair?.patientId ?? null).filter((id) => id !== null)
    const summaries = await selectPatientSummaries(context.reader, known)
    return accept({ rows: rows.map((row) => previewRowToWire(row, summaries)), next })
  },

  discard: async (context, { previewId }) => {
    const desk = importDeskOf(context.services)
    const preparation = desk.find(ownerOf(context), previewId)
    if (preparation) {
      if (preparation.jobId !== null) context.services.jobs.cancel(preparation.jobId)
      desk.drop(previewId)
    }
    context.touch('patientImport')
    return accept({})
  },

  commit: async (context, { previewId }) => {
    const desk = importDeskOf(context.services)
    const preparation = desk.find(ownerOf(context), previewId)
    if (!preparation) return refuse('PREVIEW_GONE')
    if (desk.running) return refuse('IMPORT_RUNNING')
    const { plan } = preparation
    if (preparation.jobId !== null || plan === null) return refuse('PREVIEW_RUNNING')
    if (plan.counts === null || plan.counts.NEW + plan.counts.REVIEW === 0) return refuse('NOTHING_TO_IMPORT')
    const importId = context.newId<ImportId>()
    const written = writtenBy(context, importId, 'patientImport.commit')
    context.audit({ action: 'patientImport.start', subject: 'patient_import', subjectId: importId })
    context.touch('patientImport')
    context.afterCommit(() => desk.write(context.connection, preparation, plan, written, context.today))
    return accept({ importId, jobId: written.jobId })
  },

  list: async ({ reader }) => {
    const names = await staffNames(reader)
    return accept({ imports: (await selectImports(reader)).map((summary) => summaryToWire(summary, names)) })
  },

  open: async ({ reader }, { importId }) => {
    const summary = await selectImport(reader, importId)
    if (!summary) return refuse('NOT_FOUND')
    return accept({
      ...summaryToWire(summary, await staffNames(reader)),
      version: summary.version,
      kept: summary.status === 'UNDONE' ? [...(await selectActiveOfImport(reader, importId))] : [],
    })
  },

  lines: async ({ reader }, { importId, outcome, after }) => {
    const lines = await selectImportLines(reader, importId, { outcome, after })
    const added = await selectPatientSummaries(
      reader,
      lines.map((line) => line.patientId).filter((id) => id !== null),
    )
    return accept({ lines: lines.map((line) => lineToWire(line, added)) })
  },

  compare: async (context, { importId, line }) => {
    const { reader } = context
    const row = await selectImportLine(reader, importId, line)
    if (!row?.candidate) return refuse('NOT_FOUND')
    context.audit({ action: 'patientImport.compare', subject: 'patient_import', subjectId: importId })
    const pairs = []
    for (const pair of row.pairs) pairs.push(await comparePair(context, importId, row.candidate.details, pair))
    return accept({
      line,
      outcome: row.outcome,
      details: detailsToWire(row.candidate.details),
      chartNumber: row.candidate.chartNumber,
      notices: [...row.notices],
      pairs,
    })
  },

  keepBoth: async (context, { importId, line }) => {
    if (!(await selectImportLine(context.trx, importId, line))) return refuse('NOT_FOUND')
    const body = await insertHeldPatient(context.trx, {
      importId,
      line,
      at: context.now,
      by: context.caller.staffId,
      newId: () => context.newId<string>(),
    })
    if (!body) return refuse('ROW_DECIDED')
    context.audit({
      action: 'patientImport.keepBoth',
      subject: 'patient_import',
      subjectId: importId,
      patientId: body.id,
    })
    context.touch('patientImport', 'patient', 'patientSearch')
    context.afterCommit(() => learnNames(context.services, body))
    return accept({ patientId: body.id, chartNumber: body.chartNumber })
  },

  doNotAdd: async (context, { importId, line, take }) => {
    const row = await selectImportLine(context.trx, importId, line)
    if (!row) return refuse('NOT_FOUND')
    if (row.outcome !== 'HELD' || row.candidate === null) return refuse('ROW_DECIDED')
    if (take !== null) {
      // Whoever may import may not therefore edit charts: the manager reads them only.
      if (!rolesWith('demographics.write').some((role) => context.hasRole(role))) return refuse('DENIED')
      if (!row.pairs.some((pair) => pair.patient?.patientId === take.patientId)) return refuse('NOT_ITS_PAIR')
      const isSaved = await takeFields(context, row.candidate.details, take)
      if (!isSaved) return refuse('CONFLICT')
    }
    const isRefused = await refuseHeldRow(context.trx, {
      importId,
      line,
      at: context.now,
      by: context.caller.staffId,
    })
    if (!isRefused) return refuse('ROW_DECIDED')
    context.audit({
      action: 'patientImport.doNotAdd',
      subject: 'patient_import',
      subjectId: importId,
      patientId: take?.patientId ?? null,
    })
    context.touch('patientImport', ...(take === null ? [] : ['patient', 'patientSearch', 'chart']))
    return accept({})
  },

  undo: async (context, { importId }) => {
    const desk = importDeskOf(context.services)
    const summary = await selectImport(context.trx, importId)
    if (!summary) return refuse('NOT_FOUND')
    if (summary.status === 'UNDONE') return refuse('ALREADY_UNDONE')
    if (desk.running) return refuse('IMPORT_RUNNING')
    const written = writtenBy(context, importId, 'patientImport.undo')
    context.audit({ action: 'patientImport.startUndo', subject: 'patient_import', subjectId: importId })
    context.touch('patientImport')
    context.afterCommit(() => desk.undo(context.connection, written))
    return accept({ jobId: written.jobId })
  },
} satisfies Handlers<ImportContract>

function ownerOf({ connection, caller }: Pick<QueryContext, 'connection' | 'caller'>) {
  return { connection, staffId: caller.staffId }
}

/** Spreadsheets and PDFs begin with marks of their own; a text list never holds a NUL outside UTF-16. */
function isText(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 4).toString('latin1')
  if (head.startsWith('PK') || head.startsWith('%PDF') || head.startsWith('\xd0\xcf\x11\xe0')) return false
  const isUtf16 = head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff')
  return isUtf16 || !bytes.subarray(0, 65_536).includes(0)
}

/** What a worker writes under this person's name. */
function writtenBy(context: CommandContext, importId: ImportId, action: string) {
  const { services, connection, now, caller } = context
  return {
    importId,
    jobId: context.newId<string>(),
    at: now,
    by: caller.staffId,
    audit: auditRow(services, connection, now, { action, subject: 'patient_import', subjectId: importId }, 'DONE'),
  }
}

async function takeFields(
  context: CommandContext,
  imported: PatientDetails,
  { patientId, version, fields }: { patientId: PatientId; version: number; fields: readonly (keyof PatientDetails)[] },
): Promise<boolean> {
  const record = await selectPatient(context.trx, patientId)
  if (!record) return false
  const after: PatientBody = { ...record.body, ...withImportedFields(record.body, imported, fields) }
  const versionId = await updatePatient(context.trx, {
    before: record.body,
    after,
    expectedVersion: version,
    reason: 'MERGED_FROM_IMPORT',
    newId: () => context.newId<string>(),
    at: context.now,
    by: context.caller.staffId,
  })
  if (versionId === null) return false
  context.audit({
    action: 'patient.edit',
    subject: 'patient',
    subjectId: patientId,
    versionId,
    versionBeforeId: record.versionId,
    patientId,
    reason: 'MERGED_FROM_IMPORT',
  })
  context.afterCommit(() => learnNames(context.services, after))
  return true
}

async function comparePair(
  context: QueryContext,
  importId: ImportId,
  imported: PatientDetails,
  { patient, otherLine, score, reasons }: ImportPair,
) {
  const shown = { reasons: [...reasons], score, chart: patient, otherLine, otherOutcome: null }
  if (patient !== null) {
    const record = await selectPatient(context.reader, patient.patientId)
    if (!record) throw new Error(`patient ${patient.patientId} of import ${importId} is gone`)
    context.audit({
      action: 'patient.open',
      subject: 'patient',
      subjectId: patient.patientId,
      versionId: record.versionId,
      patientId: patient.patientId,
    })
    return {
      ...shown,
      details: detailsToWire(record.body),
      differing: [...importedDifferences(record.body, imported)],
    }
  }
  const other = otherLine === null ? null : await selectImportLine(context.reader, importId, otherLine)
  const details = other?.candidate?.details ?? null
  return {
    ...shown,
    otherOutcome: other?.outcome ?? null,
    details: details && detailsToWire(details),
    differing: details ? [...importedDifferences(details, imported)] : [],
  }
}

function detailsToWire({ allergies: _allergies, formerNames, phones, ...details }: PatientDetails) {
  return { ...details, formerNames: [...formerNames], phones: [...phones] }
}

function previewRowToWire(
  { pair, notices, ...row }: PlannedRowView,
  summaries: ReadonlyMap<PatientId, PatientSummary>,
) {
  return {
    ...row,
    notices: [...notices],
    pair: pair && {
      line: pair.line,
      patient: pair.patientId === null ? null : (summaries.get(pair.patientId) ?? null),
      reasons: [...pair.reasons],
    },
  }
}

async function staffNames(reader: Reader): Promise<ReadonlyMap<StaffId, string>> {
  return new Map((await selectStaff(reader)).map((person) => [person.staffId, person.printedName]))
}

function summaryToWire(summary: ImportSummary, names: ReadonlyMap<StaffId, string>) {
  return { ...summary, committedBy: names.get(summary.committedBy) ?? '' }
}

function lineToWire(line: ImportLine, added: ReadonlyMap<PatientId, PatientSummary>) {
  const person = (line.patientId === null ? null : added.get(line.patientId)) ?? line.candidate?.details ?? null
  return {
    line: line.line,
    outcome: line.outcome,
    patientId: line.patientId,
    family: person?.family ?? null,
    given: person?.given ?? null,
    bornOn: person?.bornOn ?? null,
    bornText: person?.bornText ?? null,
    refusal: line.refusal,
    refusedField: line.refusedField,
    notices: [...line.notices],
  }
}
