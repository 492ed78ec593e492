import { indications, type ZoneCode, zoneCodes, zoneFacts } from '../../../shared/domain/zones.ts'
import { readDepthText } from '../../parts/depth-text.ts'
import { formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import type { PolicyText, RangeText, ZoneText } from './policy-body.ts'
import { isReversed, withRangeEnd } from './policy-ranges.ts'
import { indicationTexts } from './policy-words.ts'
import type { TableProps } from './RolesTable.tsx'
import { ValueInput } from './ValueInput.tsx'

/** What a planned or logged depth is held against, zone by zone: warnings, never walls. */
export function ZoneDepthsTable({ text, onChange }: TableProps) {
  const setZone = (zone: ZoneCode, part: Partial<ZoneText>) => {
    const { zoneDepths } = text.settings
    onChange?.({
      ...text,
      settings: { ...text.settings, zoneDepths: { ...zoneDepths, [zone]: { ...zoneDepths[zone], ...part } } },
    })
  }
  return (
    <SectionCard title="Depth by zone" note="mm; outside these a session carries a warning" isFlush>
      <div className="policy-table policy-table--depths">
        <table>
          <thead>
            <tr>
              <th scope="col">Zone</th>
              <th scope="col">Usual, from</th>
              <th scope="col">to</th>
              <th scope="col">Scars, from</th>
              <th scope="col">to</th>
              <th scope="col">Warn above</th>
            </tr>
          </thead>
          <tbody>
            {zoneCodes.map((zone) => {
              const { label } = zoneFacts(zone)
              const depths = text.settings.zoneDepths[zone]
              return (
                <tr key={zone}>
                  <th scope="row">{label}</th>
                  <RangeCells
                    label={`${label}, usual`}
                    range={depths.usual}
                    onChange={onChange && ((usual) => setZone(zone, { usual }))}
                  />
                  <RangeCells
                    label={`${label}, scars`}
                    range={depths.scar}
                    onChange={onChange && ((scar) => setZone(zone, { scar }))}
                  />
                  <td>
                    <OptionalDepth
                      label={`${label}, warn above`}
                      depthUm={depths.softMaxUm}
                      onChange={onChange && ((softMaxUm) => setZone(zone, { softMaxUm }))}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </SectionCard>
  )
}

/** The same by what is treated; where it is empty the zone's usual range stands. */
export function IndicationDepthsTable({ text, onChange }: TableProps) {
  const setRange = (indication: (typeof indications)[number], range: RangeText) =>
    onChange?.({
      ...text,
      settings: {
        ...text.settings,
        indicationDepths: { ...text.settings.indicationDepths, [indication]: range },
      } as PolicyText['settings'],
    })
  return (
    <SectionCard title="Depth by indication" note="mm; empty: the zone’s usual range" isFlush>
      <div className="policy-table policy-table--depths">
        <table>
          <thead>
            <tr>
              <th scope="col">Indication</th>
              <th scope="col">from</th>
              <th scope="col">to</th>
            </tr>
          </thead>
          <tbody>
            {indications.map((indication) => (
              <tr key={indication}>
                <th scope="row">{indicationTexts[indication]}</th>
                <RangeCells
                  label={indicationTexts[indication]}
                  range={text.settings.indicationDepths[indication]}
                  onChange={onChange && ((range) => setRange(indication, range))}
                />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </SectionCard>
  )
}

function RangeCells({
  label,
  range,
  onChange,
}: {
  readonly label: string
  readonly range: RangeText
  readonly onChange: ((range: RangeText) => void) | null
}) {
  const isWrong = isReversed(range)
  return (['fromUm', 'toUm'] as const).map((end) => (
    <td key={end} data-wrong={isWrong}>
      <OptionalDepth
        label={`${label}, ${end === 'fromUm' ? 'from' : 'to'}`}
        depthUm={range?.[end] ?? null}
        isWrong={isWrong}
        onChange={onChange && ((depthUm) => onChange(withRangeEnd(range, end, depthUm)))}
      />
      {isWrong && end === 'toUm' && (
        <span className="policy-wrong" role="alert">
          under the start, not saved
        </span>
      )}
    </td>
  ))
}

function OptionalDepth({
  label,
  depthUm,
  isWrong = false,
  onChange,
}: {
  readonly label: string
  readonly depthUm: number | null
  readonly isWrong?: boolean
  readonly onChange: ((depthUm: number | null) => void) | null
}) {
  if (!onChange) return <span className="figures">{depthUm === null ? '–' : formatMm(depthUm)}</span>
  return (
    <ValueInput
      label={label}
      value={depthUm}
      format={formatMm}
      parse={readDepthText}
      onChange={onChange}
      mayBeEmpty
      isWrong={isWrong}
      width={60}
      wrongSentence="e.g. 0.75"
    />
  )
}
