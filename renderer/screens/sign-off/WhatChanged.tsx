import type { ReactNode } from 'react'
import { pointerOf } from '../../../shared/domain/field-pointer.ts'
import {
  comparePlanToLog,
  compareToLast,
  compareZones,
  type ZoneComparison,
} from '../../../shared/domain/session-diff.ts'
import { fieldName } from '../../app/addenda/field-words.ts'
import { type DiffRow, DiffTable, FieldDiff } from '../../parts/DiffTable.tsx'
import { formatDate, formatMm, formatMmUnit, formatPlural } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { codeWords, type OpenSession, placeName, type Review, type SessionBody } from './sign-off-words.ts'

const fieldNames: Readonly<Record<string, string>> = {
  practitioner: 'Treated by',
  supervisingPhysician: 'Supervising physician',
  supervisionModeActual: 'Supervision',
  room: 'Room',
  fst: 'Skin type',
  device: 'Device',
  speed: 'Speed',
  anaesthetic: 'Numbing',
  skinPrep: 'Skin preparation',
  postProducts: 'Product afterwards',
  painMax: 'Pain',
  stillAgreesToday: 'Agreed today',
}

/** The record against its order, its plan and the session before; and, where it came back, against its last version. */
export function WhatChanged({
  open,
  review,
  body,
}: {
  readonly open: OpenSession
  readonly review: Review
  readonly body: SessionBody
}) {
  const zones = compareZones(body, { order: review.order?.body ?? null, last: review.last?.body ?? null })
  const others = review.last ? compareToLast(body, review.last.body) : []
  const rows = [
    ...zones.map((zone) => zoneRow(zone, body, review)),
    ...others.map(
      (change): DiffRow => ({
        id: change.path,
        field: fieldNames[change.path.split('[')[0] ?? ''] ?? change.path,
        before: say(change.before),
        after: say(change.after),
        note: null,
        tone: 'plain',
      }),
    ),
    ...lotRows(body, review),
    ...timeRows(body, review),
  ]
  const asPlanned = comparePlanToLog(body.plan, body.zoneRows).filter(({ verdict }) => verdict === 'AS_PLANNED').length
  const corrected = open.versions.at(-1)?.changes ?? null
  return (
    <SectionCard
      title="What changed"
      note={against(review)}
      aside={
        <>
          {asPlanned} of {formatPlural(zones.length, 'zone')} as planned <KeyHint keys="D" />
        </>
      }
    >
      <div id="what-changed" tabIndex={-1} className="sign-off__changes">
        {corrected !== null && (
          <section aria-label="Corrected since the last version" className="sign-off__corrected">
            <h3 className="label-11">Corrected since version {open.returns.length}</h3>
            {corrected.map((change) => (
              <FieldDiff
                key={change.path}
                label={fieldNames[change.path] ?? fieldName(pointerOf(change.path))}
                before={change.before === null ? null : say(change.before)}
                after={change.after === null ? null : say(change.after)}
              />
            ))}
            {open.returns.at(-1)?.replies.map((reply) => (
              <p key={reply.path} className="text-2">
                Answer on “{fieldNames[reply.path.slice(1)] ?? fieldName(reply.path)}”: {reply.reply}
              </p>
            ))}
          </section>
        )}
        <DiffTable label="What changed" beforeHeading="Ordered or last time" afterHeading="This session" rows={rows} />
      </div>
    </SectionCard>
  )
}

function against({ order, last }: Review): string {
  const parts = [
    order === null ? null : `the order of ${formatDate(order.body.examinedOn)}`,
    last === null ? null : `session ${last.sessionNo}`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'nothing to compare with yet' : `against ${parts.join(' and ')}`
}

function zoneRow(zone: ZoneComparison, body: SessionBody, review: Review): DiffRow {
  const logged = body.zoneRows.find((row) => isSame(row, zone))
  const last = review.last?.body.zoneRows.find((row) => isSame(row, zone)) ?? null
  const isOver = zone.marks.includes('OVER_ORDER')
  const over = (zone.loggedUm ?? 0) - (zone.orderedMaxUm ?? 0)
  return {
    id: `${zone.zone} ${zone.side} ${zone.site ?? ''}`,
    field: placeName(zone),
    before: before(zone, last?.passes.length ?? null, review),
    after:
      zone.loggedUm === null
        ? 'not treated'
        : `${formatMmUnit(zone.loggedUm)}, ${formatPlural(logged?.passes.length ?? 0, 'pass', 'passes')}`,
    note: isOver ? `${formatMm(over)} over order` : zoneNote(zone),
    tone: isOver || zone.marks.includes('NOT_ORDERED') ? 'overLimit' : 'plain',
  }
}

function before(zone: ZoneComparison, lastPasses: number | null, review: Review): ReactNode {
  if (zone.lastUm !== null)
    return `${formatMmUnit(zone.lastUm)}${lastPasses === null ? '' : `, ${formatPlural(lastPasses, 'pass', 'passes')}`}`
  if (zone.orderedMaxUm !== null) return `ordered to ${formatMmUnit(zone.orderedMaxUm)}`
  return review.order === null ? 'no order' : 'not ordered'
}

function zoneNote({ marks, plannedUm }: ZoneComparison): string | null {
  if (marks.includes('NOT_ORDERED')) return 'not ordered'
  if (marks.includes('NOT_DONE')) return 'planned, not done'
  if (marks.includes('NOT_PLANNED')) return 'not planned'
  if (marks.includes('OVER_PLAN') && plannedUm !== null) return `planned ${formatMm(plannedUm)}`
  if (marks.includes('UNDER_PLAN') && plannedUm !== null) return `planned ${formatMm(plannedUm)}`
  if (marks.includes('DEEPER_THAN_LAST')) return 'within order, deeper than last time'
  return 'within order'
}

function lotRows(body: SessionBody, review: Review): readonly DiffRow[] {
  const lots = (of: SessionBody | null) => of?.cartridgeUses.map(({ lotRaw }) => lotRaw).join(', ') ?? '-'
  return [
    {
      id: 'lots',
      field: 'Cartridge lot',
      before: <span className="mono">{lots(review.last?.body ?? null)}</span>,
      after: <span className="mono">{lots(body)}</span>,
      note: body.cartridgeUses.every(({ isDiscarded }) => isDiscarded) ? 'discarded' : 'NOT discarded',
      tone: 'plain',
    },
  ]
}

function timeRows(body: SessionBody, review: Review): readonly DiffRow[] {
  return [
    {
      id: 'time',
      field: 'Needling time',
      before: review.last === null ? '-' : minutes(review.last.body),
      after: minutes(body),
      note: null,
      tone: 'plain',
    },
  ]
}

function minutes({ startedAt, endedAt }: SessionBody): string {
  return `${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 60_000)} min`
}

function say(value: string | number | boolean | null): string {
  if (value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' && /^[A-Z_]{3,}$/.test(value) ? codeWords(value) : String(value)
}

function isSame(row: Pick<ZoneComparison, 'zone' | 'side' | 'site'>, zone: ZoneComparison): boolean {
  return row.zone === zone.zone && row.side === zone.side && row.site === zone.site
}
