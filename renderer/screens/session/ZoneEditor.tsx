import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { judgeDepth } from '../../../shared/domain/depth-limit.ts'
import { touchesCopied, withoutCopyMark } from '../../../shared/domain/session-copy.ts'
import { indications, requiresSite, type ZoneSide, zoneFacts } from '../../../shared/domain/zones.ts'
import { DepthInput, OverLimit } from '../../parts/DepthInput.tsx'
import { DepthRuler } from '../../parts/DepthRuler.tsx'
import { formatMm, formatMmUnit } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { zoneSideName } from '../../parts/zone-names.ts'
import { DeviationCard } from './DeviationCard.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field } from './Fields.tsx'
import { hardSentence, warningSentence } from './field-names.ts'
import { LogFields } from './LogFields.tsx'
import { AimLine, CopiedMark } from './RowMarks.tsx'
import type { Selection } from './selection.ts'
import { limitSourceWords } from './session-words.ts'
import {
  isAboutRow,
  limitOf,
  namedLimits,
  newRow,
  plannedDepth,
  rulerLimits,
  settingsOf,
  usualDepths,
  type WorkRow,
  withRows,
  workRows,
} from './zone-rows.ts'

export type ZoneEditorProps = {
  readonly selection: Selection
  readonly position: { readonly number: number; readonly of: number } | null
  readonly onMove: (steps: number) => void
  readonly onSelect: (place: ZoneSide, index: number | null) => void
}

/** One zone: its depth against every limit, and after the start how it was treated. */
export function ZoneEditor({ selection, position, onMove, onSelect }: ZoneEditorProps) {
  const work = useSessionWork()
  const { draft, change, desk, facts, check, isStarted } = work
  const { place, index } = selection
  const rows = workRows(draft, isStarted)
  const stored = index === null ? null : (rows[index] ?? null)
  const row = stored ?? newRow(place, rows, desk, isStarted, draft)
  const prefix = isStarted ? 'zoneRows' : 'plan.zones'
  const path = index === null ? prefix : `${prefix}[${index}]`
  const limit = limitOf(facts, row, isStarted)
  const { usual, softMaxUm } = usualDepths(desk, row)
  const deviations = check.deviations.flatMap((deviation, number) =>
    isStarted && isAboutRow(deviation, row) ? [{ deviation, number }] : [],
  )

  /** Touching a place that has no row makes one. */
  function setRow(part: Partial<WorkRow>) {
    change((before) => {
      const known = workRows(before, isStarted)
      const next =
        index === null
          ? [...known, { ...newRow(place, known, desk, isStarted, before), ...part }]
          : known.map((one, at) => (at === index ? ownRow({ ...one, ...part }, part) : one))
      return withRows(before, isStarted, next)
    })
    if (index === null) onSelect(place, rows.length)
  }

  function removeRow() {
    change((before) =>
      withRows(
        before,
        isStarted,
        workRows(before, isStarted).filter((_row, at) => at !== index),
      ),
    )
    onSelect(place, null)
  }

  const verdict =
    typeof row.depthUm === 'number'
      ? judgeDepth({
          depthUm: row.depthUm,
          device: facts.device,
          limit,
          softMaxUm,
          fst: facts.fst,
          pigmentProneWarnAboveUm: settingsOf(desk).pigmentProneWarnAboveUm,
        })
      : null
  const isOver = (verdict?.overLimit ?? null) !== null
  const isRefused = (verdict?.refusals.length ?? 0) > 0
  const planned = isStarted ? plannedDepth(draft, row) : null
  const endUm = rulerEnd(facts.device?.maxDepthUm ?? desk.policy?.ceilingDepthUm ?? 3500, row.depthUm ?? 0)
  // The ruler names every limit that it reaches; the others are named beside it.
  const beyond = limit === null ? [] : namedLimits(limit, draft).filter(({ depthUm }) => depthUm > endUm)

  return (
    <SectionCard
      title={zoneSideName(place)}
      size="panel"
      note={
        <>
          <span className="mono">
            {place.zone} · {place.side}
          </span>
          {isRefused ? (
            <StateTag state="blocked">Not possible</StateTag>
          ) : (
            isOver && <StateTag state="overLimit">Over the limit</StateTag>
          )}
          {stored === null && <span>{isStarted ? 'not logged' : 'not planned'}</span>}
        </>
      }
      aside={
        <>
          {position && `Zone ${position.number} of ${position.of}`}
          <ActionIcon aria-label="Previous zone" disabled={position === null} onClick={() => onMove(-1)}>
            <IconChevronLeft size={16} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon aria-label="Next zone" disabled={position === null} onClick={() => onMove(1)}>
            <IconChevronRight size={16} aria-hidden="true" />
          </ActionIcon>
        </>
      }
    >
      <div className="session-editor" data-deviation={deviations.length > 0}>
        <div className="session-editor__depth">
          <Field path={`${path}.depthUm`}>
            <DepthInput
              label={isStarted ? 'Depth setting, mm' : 'Planned depth, mm'}
              depthUm={row.depthUm ?? null}
              onChange={(depthUm) => setRow({ depthUm })}
              isOver={isOver || isRefused}
              sentence={<DepthSentence />}
            />
          </Field>
          {planned !== null && row.depthUm !== planned && (
            <div>
              <Button size="xs" onClick={() => setRow({ depthUm: planned, ...meantTechnique(row) })}>
                As planned, {formatMm(planned)}
              </Button>
            </div>
          )}
        </div>
        <div className="session-editor__limits">
          {limit !== null && (
            <DepthRuler
              depthUm={row.depthUm ?? null}
              limits={rulerLimits(limit, softMaxUm, draft).filter(({ depthUm }) => depthUm <= endUm)}
              usual={usual}
              maxUm={endUm}
            />
          )}
          {beyond.length > 0 && (
            <p className="session-limits">
              Also limited by {beyond.map(({ name, depthUm }) => `${name} ${formatMm(depthUm)}`).join(' · ')}
            </p>
          )}
        </div>
        <div className="session-editor__fields">
          <CopiedMark path={path} row={row} onConfirm={() => setRow({ copiedFrom: null })} />
          <AimLine aim={row.aim} />
          {requiresSite(place.zone) && (
            <Field path={`${path}.site`}>
              <TextInput
                label="Which scar"
                placeholder="left knee, below the kneecap"
                maxLength={120}
                value={row.site ?? ''}
                onChange={(event) => setRow({ site: event.currentTarget.value })}
              />
            </Field>
          )}
          {(!isStarted || !row.indication) && (
            <Field path={`${path}.indication`}>
              <Select
                label="To help with"
                placeholder="Choose"
                maw={260}
                data={indications.map((value) => ({ value, label: indicationWords[value] }))}
                value={row.indication ?? null}
                onChange={(value) => {
                  const indication = indications.find((known) => known === value)
                  if (indication) setRow({ indication })
                }}
              />
            </Field>
          )}
          {isStarted && (
            <LogFields path={path} row={row} setRow={setRow} onRemove={stored === null ? null : removeRow} />
          )}
          {!isStarted && (
            <div className="session-row">
              {zoneFacts(place.zone).sides.length > 1 && <OtherSide row={row} place={place} />}
              {stored !== null && (
                <Button size="xs" variant="subtle" onClick={removeRow}>
                  Remove from the plan
                </Button>
              )}
            </div>
          )}
        </div>
        {deviations.length > 0 && (
          <div className="session-editor__deviations">
            {deviations.map(({ deviation, number }) => (
              <DeviationCard key={deviation.deviationId} deviation={deviation} number={number + 1} isCompact />
            ))}
          </div>
        )}
      </div>
    </SectionCard>
  )

  function DepthSentence() {
    const [refusal] = verdict?.refusals ?? []
    if (refusal) return <strong className="depth-input__over">{hardSentence(refusal.code, refusal)}</strong>
    const over = verdict?.overLimit
    if (over && typeof row.depthUm === 'number') {
      const source = over.exceeded[0]?.source
      return (
        <>
          <OverLimit
            overUm={row.depthUm - over.limitUm}
            limitText={`limit ${formatMmUnit(over.limitUm)} – ${source ? limitSourceWords[source] : 'limit'}`}
          />
          {(verdict?.warnings ?? []).map((warning) => (
            <span key={warning.code}>{warningSentence(warning.code, warning)}</span>
          ))}
        </>
      )
    }
    if (limit === null) return null
    return (
      <>
        {(verdict?.warnings ?? []).map((warning) => (
          <span key={warning.code} className="depth-input__warning">
            {warningSentence(warning.code, warning)}
          </span>
        ))}
        <span className="text-3">
          limit {formatMmUnit(limit.limitUm)} – {limitSourceWords[limit.decidedBy]}
        </span>
      </>
    )
  }
}

/** A row that a person sets depth or technique of is theirs. */
function ownRow(row: WorkRow, part: Partial<WorkRow>): WorkRow {
  return touchesCopied(part) ? withoutCopyMark(row) : row
}

function meantTechnique({ technique, aim }: WorkRow): Partial<WorkRow> {
  return technique || !aim?.technique ? {} : { technique: aim.technique }
}

/** The ruler ends at the device's maximum, or further where something deeper was typed. */
function rulerEnd(maxUm: number, depthUm: number): number {
  return depthUm > maxUm && depthUm <= 5000 ? depthUm : maxUm
}

function OtherSide({ row, place }: { readonly row: WorkRow; readonly place: ZoneSide }) {
  const { change } = useSessionWork()
  const side = place.side === 'L' ? 'R' : 'L'
  return (
    <Button
      size="xs"
      onClick={() =>
        change((before) => {
          const known = workRows(before, false)
          const others = known.filter((one) => one.zone !== place.zone || one.side !== side)
          return withRows(before, false, [...others, { ...row, side }])
        })
      }
    >
      Same on the {side === 'L' ? 'left' : 'right'}
    </Button>
  )
}
