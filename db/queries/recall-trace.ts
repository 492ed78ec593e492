import type { RecallFinding, TracedRegister, TraceReason } from '../../shared/domain/recall.ts'
import type { CartridgeLotId, DeviceId, PatientId, ProductLotId, SessionId, StaffId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { Reader } from '../open.ts'
import { many, type SqlValue } from '../records.ts'

/** What a trace looks for, once its words are resolved against the registers. */
export type TraceTargets = {
  readonly from: CalendarDate | null
  readonly to: CalendarDate | null
  /** The normalised lot number; null where none is asked for. */
  readonly lot: string | null
  readonly cartridgeLotIds: readonly CartridgeLotId[]
  readonly productLotIds: readonly ProductLotId[]
  /** The product's names, folded to lower case. */
  readonly productNames: readonly string[]
  readonly deviceIds: readonly DeviceId[]
  readonly exposure: {
    readonly practitionerId: StaffId | null
    readonly roomKey: string | null
    readonly deviceId: DeviceId | null
  } | null
  /** Whether a cartridge, a product or a device without its number could be the one. */
  readonly couldBe: readonly (TracedRegister | 'DEVICE')[]
}

export type TraceHit = {
  readonly sessionId: SessionId
  readonly patientId: PatientId
  readonly performedOn: CalendarDate | null
  readonly finding: RecallFinding
  readonly reason: TraceReason
  /** The lot as typed. */
  readonly detail: string | null
}

export type TraceStatement = {
  readonly reason: TraceReason
  readonly text: string
  readonly parameters: readonly SqlValue[]
}

/** Sessions the record names, newest first; at most `limit`, and one more where there are more. */
export async function selectTraced(reader: Reader, targets: TraceTargets, limit: number): Promise<readonly TraceHit[]> {
  return runAll(reader, tracedStatements(targets, limit + 1), 'TRACED', limit)
}

/** Sessions in the window that could be meant, without those in `traced`. */
export async function selectNotRuledOut(
  reader: Reader,
  targets: TraceTargets,
  { traced, limit }: { readonly traced: readonly TraceHit[]; readonly limit: number },
): Promise<readonly TraceHit[]> {
  const known = new Set(traced.map(({ sessionId }) => sessionId))
  const hits = await runAll(
    reader,
    uncertainStatements(targets, limit + known.size + 1),
    'NOT_RULED_OUT',
    limit + known.size,
  )
  return hits.filter(({ sessionId }) => !known.has(sessionId)).slice(0, limit + 1)
}

/** An expression, so that no index of the days is walked for the order's sake. */
const newest = "coalesce(s.performed_on, '9999') desc, s.id"

/** The statements behind `selectTraced`, each on an index of its own. */
export function tracedStatements(targets: TraceTargets, limit: number): readonly TraceStatement[] {
  const { lot, cartridgeLotIds, productLotIds, productNames, deviceIds, exposure } = targets
  const within = windowOf(targets)
  const ofPart = (table: string, condition: string, parameters: readonly SqlValue[], reason: TraceReason) => ({
    reason,
    text: `select s.id, s.patient_id, s.performed_on, p.lot_raw as detail from ${table} p
       join session s on s.id = p.session_id where ${condition} and ${counted} and ${within.text}
       order by ${newest} limit ${limit}`,
    parameters: [...parameters, ...within.parameters],
  })
  const lotReason = lot === null ? 'ARTICLE_NAMED' : 'LOT_NAMED'
  return [
    ...(lot === null
      ? []
      : ['session_cartridge', 'session_product'].map((table) =>
          ofPart(table, 'p.lot_normalised = ?', [lot], 'LOT_NAMED'),
        )),
    ...inGroups(cartridgeLotIds).map((ids) =>
      ofPart('session_cartridge', `p.cartridge_lot_id in (${marks(ids)})`, ids, lotReason),
    ),
    ...inGroups(productLotIds).map((ids) =>
      ofPart('session_product', `p.product_lot_id in (${marks(ids)})`, ids, lotReason),
    ),
    ...(lot === null ? inGroups(productNames) : []).map((names) =>
      ofPart('session_product', `lower(p.name) in (${marks(names)}) and p.lot_legible = 1`, names, 'ARTICLE_NAMED'),
    ),
    ...inGroups(deviceIds).flatMap((ids) =>
      ofSession(`s.device_id in (${marks(ids)})`, ids, 'DEVICE_NAMED', within, limit),
    ),
    ...(exposure ? exposureStatements(exposure, within, limit) : []),
  ]
}

/** The statements behind `selectNotRuledOut`. Only an unfinished record can lack its cartridge or its device. */
export function uncertainStatements(targets: TraceTargets, limit: number): readonly TraceStatement[] {
  const { couldBe, productNames, exposure } = targets
  const within = windowOf(targets)
  const openWork = (condition: string, reason: TraceReason): TraceStatement => ({
    reason,
    text: `select s.id, s.patient_id, s.performed_on, null as detail from session s
       where s.state in ('DRAFT', 'RETURNED') and ${condition} and s.is_started = 1 and ${within.text}
       order by ${newest} limit ${limit}`,
    parameters: within.parameters,
  })
  return [
    ...(couldBe.includes('CARTRIDGE_LOT')
      ? [
          {
            reason: 'LOT_ILLEGIBLE' as const,
            text: `select s.id, s.patient_id, s.performed_on, p.lot_raw as detail from session_cartridge p
       join session s on s.id = p.session_id where p.lot_legible = 0 and ${counted} and ${within.text}
       order by ${newest} limit ${limit}`,
            parameters: within.parameters,
          },
          openWork('not exists (select 1 from session_cartridge p where p.session_id = s.id)', 'NO_CARTRIDGE_ENTERED'),
        ]
      : []),
    ...(couldBe.includes('PRODUCT_LOT') ? inGroups(productNames) : []).map((names) => ({
      reason: 'LOT_ILLEGIBLE' as const,
      text: `select s.id, s.patient_id, s.performed_on, p.lot_raw as detail from session_product p
       join session s on s.id = p.session_id where p.lot_legible = 0 and lower(p.name) in (${marks(names)})
         and ${counted} and ${within.text} order by ${newest} limit ${limit}`,
      parameters: [...names, ...within.parameters],
    })),
    ...(couldBe.includes('DEVICE') ? [openWork('s.device_id is null', 'DEVICE_MISSING')] : []),
    ...(exposure?.roomKey != null ? roomlessStatements(exposure, within, limit) : []),
  ]
}

type Within = {
  readonly text: string
  readonly parameters: readonly SqlValue[]
  /** The bounds themselves. */
  readonly days: readonly [from: CalendarDate, to: CalendarDate]
}

/** Treatments that took place; those entered in error count nowhere. */
const counted = `s.is_started = 1 and s.state not in ('VOIDED', 'CANCELLED')`

/**
 * A session whose day nobody has entered yet may lie in any window. The condition only sifts what an index of the lot
 * found: as an expression it never makes the planner walk through the days instead.
 */
function windowOf({ from, to }: TraceTargets): Within {
  const [first, last] = [from ?? '0000-01-01', to ?? '9999-12-31']
  return {
    text: '(coalesce(s.performed_on, ?) >= ? and coalesce(s.performed_on, ?) <= ?)',
    parameters: [first, first, first, last],
    days: [first, last],
  }
}

/** Two statements, so that each finds its days in the index: those of the window, and those nobody has entered yet. */
function ofSession(
  condition: string,
  parameters: readonly SqlValue[],
  reason: TraceReason,
  within: Within,
  limit: number,
): readonly TraceStatement[] {
  const select = (days: string, order: string) => `select s.id, s.patient_id, s.performed_on, null as detail
       from session s where ${condition} and ${counted} and ${days} order by ${order} limit ${limit}`
  return [
    {
      reason,
      text: select('s.performed_on >= ? and s.performed_on <= ?', 's.performed_on desc, s.id'),
      parameters: [...parameters, ...within.days],
    },
    { reason, text: select('s.performed_on is null', newest), parameters },
  ]
}

function exposureStatements(
  { practitionerId, roomKey, deviceId }: NonNullable<TraceTargets['exposure']>,
  within: Within,
  limit: number,
): readonly TraceStatement[] {
  const parts: readonly (readonly [column: string, value: string | null])[] = [
    ['s.practitioner_id', practitionerId],
    ['s.device_id', deviceId],
    ['s.room_key', roomKey],
  ]
  const named = parts.flatMap(([column, value]) => (value === null ? [] : [{ column, value }]))
  return ofSession(
    named.map(({ column }) => `${column} = ?`).join(' and '),
    named.map(({ value }) => value),
    'EXPOSED',
    within,
    limit,
  )
}

/** The same, where the room was not written down. */
function roomlessStatements(
  { practitionerId, deviceId }: NonNullable<TraceTargets['exposure']>,
  within: Within,
  limit: number,
): readonly TraceStatement[] {
  const others = [
    ...(practitionerId === null ? [] : [{ condition: ' and s.practitioner_id = ?', value: practitionerId }]),
    ...(deviceId === null ? [] : [{ condition: ' and (s.device_id = ? or s.device_id is null)', value: deviceId }]),
  ]
  return ofSession(
    `s.room_key is null${others.map(({ condition }) => condition).join('')}`,
    others.map(({ value }) => value),
    'ROOM_MISSING',
    within,
    limit,
  )
}

type HitRow = {
  readonly id: SessionId
  readonly patient_id: PatientId
  readonly performed_on: CalendarDate | null
  readonly detail: string | null
}

async function runAll(
  reader: Reader,
  statements: readonly TraceStatement[],
  finding: RecallFinding,
  limit: number,
): Promise<readonly TraceHit[]> {
  const bySession = new Map<SessionId, TraceHit>()
  for (const { reason, text, parameters } of statements) {
    for (const row of await many<HitRow>(reader, text, parameters)) {
      if (bySession.has(row.id)) continue
      bySession.set(row.id, {
        sessionId: row.id,
        patientId: row.patient_id,
        performedOn: row.performed_on,
        finding,
        reason: reason === 'LOT_ILLEGIBLE' && !row.detail?.trim() ? 'LOT_MISSING' : reason,
        detail: row.detail || null,
      })
    }
  }
  return [...bySession.values()].sort(newestFirst).slice(0, limit + 1)
}

function newestFirst(one: TraceHit, other: TraceHit): number {
  const key = ({ performedOn, sessionId }: TraceHit) => `${performedOn ?? '9999'} ${sessionId}`
  return key(one) < key(other) ? 1 : -1
}

/** At most 200 values in one statement. */
function inGroups<Value extends string>(values: readonly Value[]): readonly (readonly Value[])[] {
  const groups: Value[][] = []
  for (let at = 0; at < values.length; at += 200) groups.push(values.slice(at, at + 200))
  return groups
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ')
}
