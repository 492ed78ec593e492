import { ActionIcon, Button, Checkbox, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { examinerKinds, examModes, supervisionModes } from '../../../shared/domain/policy.ts'
import { formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import type { PolicyText } from './policy-body.ts'
import { examinerTexts, examModeTexts, supervisionTexts } from './policy-words.ts'
import { DepthCell, type TableProps } from './RolesTable.tsx'
import { ValueInput } from './ValueInput.tsx'

type Band = PolicyText['supervisionBands'][number]

const modeOptions = supervisionModes.map((value) => ({ value, label: supervisionTexts[value] }))

/** How near a physician has to be, by how deep the needle goes. Applies to everybody who is not a physician. */
export function BandsTable({ text, onChange, problemAt }: TableProps) {
  const bands = text.supervisionBands
  const setBand = (index: number, part: Partial<Band>) =>
    onChange?.({ ...text, supervisionBands: bands.map((band, at) => (at === index ? { ...band, ...part } : band)) })
  const problem = problemAt('supervisionBands')
  return (
    <SectionCard
      title="Supervision by depth"
      note="For everybody who is not a physician"
      {...(onChange && {
        footer: (
          <Button
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() =>
              onChange({
                ...text,
                supervisionBands: [
                  ...bands,
                  { aboveUm: Math.max(0, ...bands.map((band) => band.aboveUm)) + 500, mode: 'ON_SITE' },
                ],
              })
            }
          >
            Add a band
          </Button>
        ),
      })}
    >
      <ul className="policy-bands">
        {bands.map((band, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the band's identity while its depth is typed
          <li key={index}>
            {onChange ? (
              <>
                <span>Above</span>
                <DepthCell
                  label={`Band ${index + 1}: above, mm`}
                  depthUm={band.aboveUm}
                  onChange={(aboveUm) => setBand(index, { aboveUm })}
                />
                <span>mm</span>
                <Select
                  aria-label={`Band ${index + 1}: supervision`}
                  data={modeOptions}
                  value={band.mode}
                  onChange={(mode) => setBand(index, { mode: mode as Band['mode'] })}
                />
                <ActionIcon
                  aria-label={`Remove band ${index + 1}`}
                  onClick={() => onChange({ ...text, supervisionBands: bands.filter((_band, at) => at !== index) })}
                >
                  <IconTrash size={16} stroke={1.6} aria-hidden="true" />
                </ActionIcon>
              </>
            ) : (
              <>
                <span>Above {formatMm(band.aboveUm)} mm</span>
                <strong>{supervisionTexts[band.mode]}</strong>
              </>
            )}
          </li>
        ))}
      </ul>
      {problem !== null && <p className="policy-wrong">{problem}</p>}
    </SectionCard>
  )
}

/** The examination before treatment that a treatment order comes out of. */
export function ExaminationCard({ text, onChange, problemAt }: TableProps) {
  if (!onChange)
    return (
      <SectionCard title="Examination before treatment">
        <div className="policy-rows">
          <ReadRow label="Required" value={text.gfeRequired ? 'Yes' : 'No'} />
          <ReadRow label="By" value={text.gfeBy.map((kind) => examinerTexts[kind]).join(', ') || 'Nobody'} />
          <ReadRow label="How" value={text.gfeModes.map((mode) => examModeTexts[mode]).join(', ') || 'No way'} />
          <ReadRow label="Good for" value={`${text.gfeValidMonths} months`} />
        </div>
      </SectionCard>
    )
  const problems = [problemAt('gfeBy'), problemAt('gfeModes')].filter((problem) => problem !== null)
  return (
    <SectionCard title="Examination before treatment">
      <div className="policy-rows">
        <div className="policy-row policy-row--flag">
          <Checkbox
            label="Required before a treatment order"
            checked={text.gfeRequired}
            onChange={(event) => onChange({ ...text, gfeRequired: event.currentTarget.checked })}
          />
        </div>
        <TickRow
          label="By"
          texts={examinerTexts}
          all={examinerKinds}
          chosen={text.gfeBy}
          onChange={(gfeBy) => onChange({ ...text, gfeBy })}
        />
        <TickRow
          label="How"
          texts={examModeTexts}
          all={examModes}
          chosen={text.gfeModes}
          onChange={(gfeModes) => onChange({ ...text, gfeModes })}
        />
        {problems.length > 0 && <p className="policy-wrong">{problems[0]}</p>}
        <div className="policy-row">
          <label htmlFor="policy-gfe-months">Good for</label>
          <span className="policy-row__value">
            <ValueInput
              id="policy-gfe-months"
              label="Good for"
              labelPlace="none"
              value={text.gfeValidMonths}
              format={String}
              parse={(typed) => (/^\d{1,3}$/.test(typed.trim()) && Number(typed) <= 240 ? Number(typed) : null)}
              onChange={(value) => value !== null && onChange({ ...text, gfeValidMonths: value })}
              wrongSentence="0 to 240"
            />
            <span className="policy-row__unit">months</span>
          </span>
        </div>
      </div>
    </SectionCard>
  )
}

function ReadRow({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div className="policy-row">
      <span>{label}</span>
      <strong className="policy-row__value">{value}</strong>
    </div>
  )
}

function TickRow<Value extends string>({
  label,
  texts,
  all,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly texts: Readonly<Record<Value, string>>
  readonly all: readonly Value[]
  readonly chosen: readonly Value[]
  readonly onChange: (chosen: Value[]) => void
}) {
  return (
    <fieldset className="policy-ticks">
      <legend>{label}</legend>
      {all.map((value) => (
        <Checkbox
          key={value}
          label={texts[value]}
          checked={chosen.includes(value)}
          onChange={(event) =>
            onChange(all.filter((other) => (other === value ? event.currentTarget.checked : chosen.includes(other))))
          }
        />
      ))}
    </fieldset>
  )
}
