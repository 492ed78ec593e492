import { NumberInput, Radio } from '@mantine/core'
import { type OutcomeScore, scoreOf } from '../../../shared/domain/outcome.ts'
import { type OutcomeScaleCode, outcomeScales } from '../../../shared/domain/outcome-scales.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { levelText } from './outcome-words.ts'

type ScoreFieldProps = {
  readonly scale: OutcomeScaleCode
  readonly isOptional: boolean
  readonly value: OutcomeScore | null
  readonly onChange: (score: OutcomeScore | null) => void
}

/** One scale: its levels in words, a number in its bounds, or the parts it adds up from. */
export function ScoreField(props: ScoreFieldProps) {
  const { scale, value, onChange, isOptional } = props
  const { name, levels, parts, from, to, step } = outcomeScales[scale]
  const label = isOptional ? `${name} (optional)` : name
  if (parts.length > 0) return <PartsField {...props} label={label} />
  if (levels.length === 2) {
    return (
      <SegmentedChoice
        label={label}
        segments={levels.map((level) => ({ value: String(level.level), label: level.label }))}
        value={value ? String(value.level) : null}
        onChange={(chosen) => onChange(scoreOf(scale, Number(chosen)))}
      />
    )
  }
  if (levels.length > 0) {
    return (
      <Radio.Group
        label={label}
        value={value ? String(value.level) : null}
        onChange={(chosen) => onChange(scoreOf(scale, Number(chosen)))}
      >
        <div className="outcome-levels">
          {levels.map(({ level }) => (
            <Radio key={level} value={String(level)} label={levelText({ scale, level })} />
          ))}
        </div>
      </Radio.Group>
    )
  }
  return (
    <NumberInput
      label={label}
      description={`${from} to ${to}`}
      min={from}
      max={to}
      step={step}
      decimalScale={step === 1 ? 0 : 1}
      clampBehavior="blur"
      w={180}
      value={value?.level ?? ''}
      onChange={(written) => onChange(written === '' ? null : scoreOf(scale, Number(written)))}
    />
  )
}

function PartsField({ scale, label, value, onChange }: ScoreFieldProps & { readonly label: string }) {
  const { parts, to } = outcomeScales[scale]
  const given = value?.parts ?? []

  function choose(part: (typeof parts)[number]['part'], level: number) {
    const next = [...given.filter((one) => one.part !== part), { part, level }]
    onChange(
      scoreOf(
        scale,
        next.reduce((sum, one) => sum + one.level, 0),
        next,
      ),
    )
  }

  return (
    <fieldset className="outcome-parts">
      <legend>{label}</legend>
      {parts.map((part) => (
        <SegmentedChoice
          key={part.part}
          label={part.name}
          labelPlace="beside"
          size="compact"
          segments={Array.from({ length: part.to + 1 }, (_, level) => ({ value: String(level), label: String(level) }))}
          value={String(given.find((one) => one.part === part.part)?.level ?? '') || null}
          onChange={(chosen) => choose(part.part, Number(chosen))}
        />
      ))}
      <p className="text-2">
        {given.length === parts.length
          ? `${value?.level} of ${to}`
          : `${parts.length - given.length} of ${parts.length} parts are still to be rated`}
      </p>
    </fieldset>
  )
}
