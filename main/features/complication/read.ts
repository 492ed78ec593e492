import type { Reader } from '../../../db/open.ts'
import {
  complicationRecord,
  selectComplication,
  selectComplicationsOf,
  selectOpenComplications,
} from '../../../db/queries/complication.ts'
import type { ReportWithCauses } from '../../../db/queries/complication-cluster.ts'
import { selectDisclosuresOf } from '../../../db/queries/complication-disclosure.ts'
import { selectStandingHoldsBy } from '../../../db/queries/complication-hold.ts'
import { selectPatientSummaries } from '../../../db/queries/patient.ts'
import { selectPolicyInForce } from '../../../db/queries/policy.ts'
import { isAnyRecalled } from '../../../db/queries/recall.ts'
import type { StoredSession } from '../../../db/queries/session.ts'
import { selectStaff } from '../../../db/queries/staff.ts'
import { selectDelegations } from '../../../db/queries/staff-practice.ts'
import { selectDevice } from '../../../db/queries/stock.ts'
import { selectVersions } from '../../../db/records.ts'
import { selectSignatures } from '../../../db/signatures.ts'
import type { ComplicationTable } from '../../../db/tables/complication.ts'
import type { contract } from '../../../shared/contract/index.ts'
import {
  acknowledgementOf,
  type ComplicationBody,
  promptsReportDecision,
  redFlagsOf,
  showsEmergencyText,
} from '../../../shared/domain/complication.ts'
import { mandatoryReportOf } from '../../../shared/domain/complication-report.ts'
import { type ClinicSettings, shippedSettings } from '../../../shared/domain/policy.ts'
import { deputyOn } from '../../../shared/domain/staff-practice.ts'
import type { DeviceId, StaffId } from '../../../shared/kernel/ids.ts'
import { accept, refuse } from '../../../shared/kernel/result.ts'
import { type CalendarDate, dateInZone, daysBetween } from '../../../shared/kernel/time.ts'
import type { QueryContext, QueryHandler } from '../../app/context.ts'
import { firstDayOf, sessionsOf } from './causes.ts'
import { type FoundCluster, findClusters } from './clusters.ts'

type Contract = typeof contract.complication

export const list: QueryHandler<Contract['list']> = async (context, input) => {
  const records = await selectComplicationsOf(context.reader, input.patientId)
  return accept({ complications: records.map(({ table }) => headToSummary(table)) })
}

export const openOnes: QueryHandler<Contract['openOnes']> = async ({ reader, now, today }) => {
  const heads = await selectOpenComplications(reader)
  const patients = await selectPatientSummaries(reader, [...new Set(heads.map((head) => head.patient_id))])
  const { redFlagAcknowledgeMin: acknowledgeMin } = await settingsOn(reader, today)
  const complications = []
  for (const head of heads) {
    const record = await selectComplication(reader, head.patient_id, head.id)
    const patient = patients.get(head.patient_id)
    if (!record) continue
    complications.push({
      ...headToSummary(head),
      patientName: [patient?.family ?? '', patient?.given ?? ''].filter((part) => part !== '').join(', '),
      acknowledgement: acknowledgementOf(record.body, { now, acknowledgeMin }),
    })
  }
  return accept({ complications })
}

export const clusters: QueryHandler<Contract['clusters']> = async (context) => {
  const found = await findClusters(context, { around: context.now, onlyBefore: true })
  const maySeeCharts = context.hasRole('physician')
  return accept({
    withinDays: found.withinDays,
    clusters: found.clusters.map(({ causes, reports }) => ({
      causes: [...causes],
      count: reports.length,
      firstOn: reports[0]?.reportedOn ?? context.today,
      lastOn: reports.at(-1)?.reportedOn ?? context.today,
      reports: maySeeCharts ? reports.map(reportToRelated) : [],
    })),
  })
}

export const open: QueryHandler<Contract['open']> = async (context, { patientId, complicationId }) => {
  const { reader, now, today } = context
  const record = await selectComplication(reader, patientId, complicationId)
  if (!record) return refuse('NOT_FOUND')
  const { body } = record
  const settings = await settingsOn(reader, today)
  const sessions = (await sessionsOf(reader, patientId, body.sessionIds)) ?? []
  const sessionOn = firstDayOf(sessions)
  const { withinDays, clusters: found } = await findClusters(context, { around: body.reportedAt })
  const own = found.filter(({ reports }) => reports.some((report) => report.complicationId === complicationId))
  const versions = await selectVersions(reader, complicationRecord, complicationId)
  const signatures = await selectSignatures(reader, 'complication', complicationId)
  context.audit({
    action: 'complication.open',
    subject: 'complication',
    subjectId: complicationId,
    versionId: record.versionId,
    patientId,
  })
  return accept({
    complication: headToSummary(record.table),
    body: writable(body),
    isIntact: record.integrity === 'INTACT',
    redFlags: [...redFlagsOf(body)],
    showsEmergencyText: showsEmergencyText(body),
    acknowledgement: acknowledgementOf(body, { now, acknowledgeMin: settings.redFlagAcknowledgeMin }),
    deputies: await deputiesOf(context, body),
    reportPrompts: [
      ...promptsReportDecision(body, {
        isInLotCluster: own.some(isOnLot),
        isOnRecalledLot: await isAnyRecalled(reader, body.sessionIds),
      }),
    ],
    mandatoryReport: mandatoryReport(context, body, settings),
    device: await deviceWords(reader, sessions, body.deviceId),
    operators: operatorsOf(sessions),
    clusters: own.map(({ causes, reports }) => ({
      causes: [...causes],
      others: reports.filter((report) => report.complicationId !== complicationId).map(reportToRelated),
    })),
    clusterDays: withinDays,
    holdsSeries: (await selectStandingHoldsBy(reader, complicationId)).length > 0,
    disclosures: [...(await selectDisclosuresOf(reader, { patientId, complicationId }))],
    sessionOn,
    dayAfterSession: sessionOn === null ? null : daysBetween(sessionOn, today),
    versions: versions.map(({ versionId, number, reason, madeAt, madeBy }) => ({
      versionId,
      number,
      reason,
      madeAt,
      madeBy,
    })),
    signatures: signatures.map(({ signerName, credential, meaning, signedAt, sha256 }) => ({
      signerName,
      credential,
      meaning,
      signedAt,
      sha256,
    })),
  })
}

/** Who stands in today for one of those that were told. */
async function deputiesOf({ reader, today }: QueryContext, { physicianNotices }: ComplicationBody) {
  const delegations = await selectDelegations(reader, today)
  const members = await selectStaff(reader)
  const nameOf = (staffId: StaffId) => members.find((member) => member.staffId === staffId)?.printedName ?? ''
  return [...new Set(physicianNotices.map(({ physicianId }) => physicianId))].flatMap((physicianId) => {
    const deputyId = deputyOn(delegations, physicianId, today)?.deputyId
    return deputyId === undefined
      ? []
      : [{ staffId: deputyId, printedName: nameOf(deputyId), standsInFor: nameOf(physicianId) }]
  })
}

export function isOnLot({ causes }: FoundCluster): boolean {
  return causes.some(({ kind }) => kind === 'LOT')
}

/** `Pen X, serial 12`, from the register or, where the register does not know it, from the record. */
export async function deviceWords(
  reader: Reader,
  sessions: readonly StoredSession[],
  deviceId: DeviceId | null,
): Promise<string | null> {
  if (deviceId === null) return null
  const recorded = sessions.find(({ body }) => body?.deviceId === deviceId)?.body?.device
  const device = recorded ?? (await selectDevice(reader, deviceId))?.body
  return device ? `${device.manufacturer} ${device.model}, serial ${device.serial}` : null
}

/** Who treated in these sessions, each once. */
export function operatorsOf(sessions: readonly StoredSession[]): string[] {
  return [...new Set(sessions.flatMap(({ body }) => body?.practitioner.printedName ?? []))]
}

async function settingsOn(reader: Reader, today: CalendarDate): Promise<ClinicSettings> {
  return (await selectPolicyInForce(reader, today))?.body.settings ?? shippedSettings
}

function mandatoryReport({ timeZone }: QueryContext, body: ComplicationBody, { isDeviceUserFacility }: ClinicSettings) {
  const found = mandatoryReportOf(body, {
    isDeviceUserFacility,
    isManufacturerKnown: body.deviceId !== null,
    awareOn: dateInZone(body.reportedAt, timeZone),
  })
  return found && { to: [...found.to], dueOn: found.dueOn }
}

function reportToRelated({ complicationId, patientId, code, grade, reportedOn }: ReportWithCauses) {
  return { complicationId, patientId, code, grade, reportedOn }
}

/** For the screen: arrays that zod may hand on. */
function writable(body: ComplicationBody) {
  return structuredClone(body) as never
}

function headToSummary(head: ComplicationTable) {
  return {
    complicationId: head.id,
    patientId: head.patient_id,
    version: head.version,
    state: head.state,
    code: head.code,
    grade: head.grade,
    worstGrade: head.worst_grade,
    isRedFlag: head.red_flag === 1,
    blocks: head.blocks === 1,
    isAcknowledged: head.acknowledged === 1,
    onsetOn: head.onset_on,
    reportedAt: head.reported_at,
    closedAt: head.closed_at,
  }
}
