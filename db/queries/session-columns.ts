import { isRf } from '../../shared/domain/device.ts'
import { foldRoom } from '../../shared/domain/recall.ts'
import type { SessionBody } from '../../shared/domain/session.ts'
import { isRedFlagReaction } from '../../shared/domain/session-check.ts'
import type { SessionOpening } from '../../shared/domain/session-opening.ts'
import { addMinutes, type CalendarDate, type Instant } from '../../shared/kernel/time.ts'
import type { Columns } from '../records.ts'

export function bodyColumns(body: SessionBody): Columns {
  return {
    series_id: body.seriesId,
    session_no: body.sessionNo,
    practitioner_id: body.practitioner.staffId,
    supervising_physician_id: body.supervisingPhysician?.staffId ?? null,
    order_id: body.orderId,
    consent_id: body.consentId,
    device_id: body.deviceId,
    is_rf: isRf(body.device.type) ? 1 : 0,
    policy_version_id: body.policyVersionId,
    record_only: body.recordOnly ? 1 : 0,
    is_started: 1,
    gate_passed_at: body.gatePassedAt,
    started_at: body.startedAt,
    ended_at: body.endedAt,
    performed_on: localDay(body.startedAt, body.utcOffsetMin),
    room_key: foldRoom(body.room),
    zones: body.zoneRows.length,
    max_depth_um: Math.max(...body.zoneRows.map((row) => row.depthUm)),
    deviations: body.deviations.length,
    warnings: body.warnings.length,
    red_flags: redFlagCount(body),
    late_entry: body.lateEntry ? 1 : 0,
  }
}

export function openingColumns(opening: SessionOpening): Columns {
  const { draft, isStarted, gatePassedAt } = opening
  const startedAt = gatePassedAt === null ? null : (draft.startedAt ?? null)
  return {
    series_id: opening.seriesId,
    session_no: opening.sessionNo,
    practitioner_id: opening.practitioner.staffId,
    supervising_physician_id: isStarted ? (draft.supervisingPhysicianId ?? null) : null,
    order_id: isStarted ? (draft.orderId ?? null) : null,
    consent_id: isStarted ? (draft.consentId ?? null) : null,
    device_id: isStarted ? (draft.deviceId ?? null) : null,
    is_rf: isStarted && isRfPlanned(opening) ? 1 : 0,
    policy_version_id: opening.policyVersionId,
    record_only: draft.recordOnly === true ? 1 : 0,
    is_started: isStarted ? 1 : 0,
    gate_passed_at: gatePassedAt,
    started_at: startedAt,
    ended_at: null,
    performed_on: startedAt === null ? null : localDay(startedAt, draft.utcOffsetMin ?? 0),
    room_key: isStarted ? foldRoom(draft.room) : null,
    zones: 0,
    max_depth_um: null,
    deviations: 0,
    warnings: 0,
    red_flags: 0,
    late_entry: 0,
  }
}

/** Reactions that reach the physician at once; the same judgement as `checkSession` makes of the draft. */
function redFlagCount({ immediateReactions }: SessionBody): number {
  return immediateReactions.kind === 'NONE' ? 0 : immediateReactions.reactions.filter(isRedFlagReaction).length
}

/** As the gate knew the device; an entry that passed no gate says it when it is submitted. */
function isRfPlanned({ basis, draft }: SessionOpening): boolean {
  const device = basis?.devices.find(({ deviceId }) => deviceId === draft.deviceId)
  return device !== undefined && isRf(device.type)
}

function localDay(at: Instant, utcOffsetMin: number): CalendarDate {
  return addMinutes(at, utcOffsetMin).slice(0, 10)
}
