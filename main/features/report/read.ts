import {
  selectDisposedDeviations,
  selectReportedComplications,
  selectSafetyDenominators,
  selectSigningTimes,
  selectSupervisedSessions,
  selectWaitingSignatures,
} from '../../../db/queries/report.ts'
import { selectStaff } from '../../../db/queries/staff.ts'
import { selectDevices } from '../../../db/queries/stock.ts'
import type { OutputOf } from '../../../shared/contract/define.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { ReportPeriod } from '../../../shared/domain/report.ts'
import { type SafetyGroup, safetyGroupings, safetyReport } from '../../../shared/domain/report-safety.ts'
import { supervisionReport } from '../../../shared/domain/report-supervision.ts'
import type { QueryContext } from '../../app/context.ts'

type Source = Pick<QueryContext, 'reader' | 'now'>
export type Supervision = OutputOf<typeof contract.report.supervision>
export type Safety = OutputOf<typeof contract.report.safety>

/** The supervision report with names, by supervisor and then practitioner. */
export async function readSupervision({ reader, now }: Source, period: ReportPeriod): Promise<Supervision> {
  const { rows, total } = supervisionReport({
    sessions: await selectSupervisedSessions(reader, period),
    disposed: await selectDisposedDeviations(reader, period),
    times: await selectSigningTimes(reader, period),
    waiting: await selectWaitingSignatures(reader),
    now,
  })
  const nameById = new Map((await selectStaff(reader)).map((member) => [member.staffId, member.printedName]))
  const named = rows.map(({ supervisorId, practitionerId, ...figures }) => ({
    ...figures,
    supervisor: supervisorId === null ? null : { staffId: supervisorId, printedName: nameById.get(supervisorId) ?? '' },
    practitioner: { staffId: practitionerId, printedName: nameById.get(practitionerId) ?? '' },
  }))
  return {
    asOf: now,
    // Physicians who treated without a supervisor come last.
    rows: named.toSorted((one, other) => sortText(one).localeCompare(sortText(other), 'en')),
    total,
  }
}

function sortText({ supervisor, practitioner }: Supervision['rows'][number]): string {
  return `${supervisor === null ? '\uFFFF' : supervisor.printedName}\n${practitioner.printedName}`
}

/** The safety report with names of devices and people, grouping by grouping. */
export async function readSafety({ reader }: Source, period: ReportPeriod): Promise<Safety> {
  const { groups, codes, ...figures } = safetyReport({
    ...(await selectSafetyDenominators(reader, period)),
    reported: await selectReportedComplications(reader, period),
  })
  const names = new Map<string, string>([
    ...(await selectStaff(reader)).map((member) => [member.staffId, member.printedName] as const),
    ...(await selectDevices(reader)).map(
      (device) => [device.deviceId, `${device.body.manufacturer} ${device.body.model}, ${device.body.serial}`] as const,
    ),
  ])
  return {
    ...figures,
    codes: [...codes],
    groups: groups
      .map((group) => ({ ...group, name: nameOf(group, names) }))
      .toSorted(
        (one, other) =>
          safetyGroupings.indexOf(one.grouping) - safetyGroupings.indexOf(other.grouping) ||
          // What the records do not say comes last.
          Number(one.key === '') - Number(other.key === '') ||
          (one.name ?? one.key).localeCompare(other.name ?? other.key, 'en', { numeric: true }),
      ),
  }
}

function nameOf({ grouping, key }: SafetyGroup, names: ReadonlyMap<string, string>): string | null {
  if (grouping === 'LOT') return key || null
  return grouping === 'DEVICE' || grouping === 'PRACTITIONER' ? (names.get(key) ?? null) : null
}
