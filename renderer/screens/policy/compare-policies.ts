import { indications, zoneCodes, zoneFacts } from '../../../shared/domain/zones.ts'
import { formatMm } from '../../parts/format.ts'
import type { PolicyText, RangeText } from './policy-body.ts'
import { formatField, policySections, settingSections } from './policy-fields.ts'
import {
  examinerTexts,
  examModeTexts,
  indicationTexts,
  levelTexts,
  supervisionTexts,
  treatingRoleTexts,
} from './policy-words.ts'

export type PolicyLine = { readonly id: string; readonly label: string; readonly value: string }
export type PolicyChange = {
  readonly id: string
  readonly label: string
  /** Null where the line was not there. */
  readonly before: string | null
  readonly after: string | null
}

/** What differs between two policies, line by line, in the order of the form. */
export function comparePolicies(before: PolicyText, after: PolicyText): readonly PolicyChange[] {
  const linesBefore = describePolicy(before)
  const linesAfter = describePolicy(after)
  const beforeById = new Map(linesBefore.map((line) => [line.id, line]))
  const afterById = new Map(linesAfter.map((line) => [line.id, line]))
  const lines = [...linesAfter, ...linesBefore.filter((line) => !afterById.has(line.id))]
  return lines.flatMap(({ id, label }) => {
    const was = beforeById.get(id)?.value ?? null
    const is = afterById.get(id)?.value ?? null
    return was === is ? [] : [{ id, label, before: was, after: is }]
  })
}

/** Every value of a policy as a line of text. */
export function describePolicy(text: PolicyText): readonly PolicyLine[] {
  return [
    ...describeRoles(text),
    ...text.supervisionBands.map((band) => ({
      id: `band ${band.aboveUm}`,
      label: `Supervision above ${formatMm(band.aboveUm)} mm`,
      value: supervisionTexts[band.mode],
    })),
    ...describeExamination(text),
    ...policySections.flatMap((section) => section.fields).map((field) => fieldLine(field, text)),
    ...settingSections.flatMap((section) => section.fields).map((field) => fieldLine(field, text)),
    ...describeDepths(text),
  ]
}

function describeRoles(text: PolicyText): readonly PolicyLine[] {
  return text.permittedRoles.flatMap((row) => {
    const id = `role ${row.role} ${row.licenceLevel}`
    const who = `${treatingRoleTexts[row.role]}, ${levelTexts[row.licenceLevel].toLowerCase()}`
    return [
      { id: `${id} needle`, label: `${who}: may needle`, value: row.mayNeedle ? 'Yes' : 'No' },
      { id: `${id} max`, label: `${who}: supervised to`, value: `${formatMm(row.maxDepthUm)} mm` },
      { id: `${id} alone`, label: `${who}: unsupervised to`, value: `${formatMm(row.maxDepthUnsupervisedUm)} mm` },
      {
        id: `${id} zones`,
        label: `${who}: excluded zones`,
        value: row.zonesExcluded.map((zone) => zoneFacts(zone).label).join(', ') || 'None',
      },
      { id: `${id} rf`, label: `${who}: radiofrequency`, value: row.rfAllowed ? 'Yes' : 'No' },
    ]
  })
}

function describeExamination(text: PolicyText): readonly PolicyLine[] {
  return [
    { id: 'gfe', label: 'Examination before treatment', value: text.gfeRequired ? 'Required' : 'Not required' },
    {
      id: 'gfeBy',
      label: 'Examination by',
      value: text.gfeBy.map((kind) => examinerTexts[kind]).join(', ') || 'Nobody',
    },
    {
      id: 'gfeModes',
      label: 'Way of examination',
      value: text.gfeModes.map((mode) => examModeTexts[mode]).join(', ') || 'None',
    },
    { id: 'gfeValid', label: 'An examination is good for', value: `${text.gfeValidMonths} months` },
  ]
}

function describeDepths(text: PolicyText): readonly PolicyLine[] {
  const { zoneDepths, indicationDepths } = text.settings
  return [
    ...zoneCodes.flatMap((zone) => {
      const { label } = zoneFacts(zone)
      const depths = zoneDepths[zone]
      return [
        { id: `zone ${zone} usual`, label: `${label}: usual depth`, value: formatRange(depths.usual) },
        { id: `zone ${zone} scar`, label: `${label}: scar depth`, value: formatRange(depths.scar) },
        {
          id: `zone ${zone} max`,
          label: `${label}: warn above`,
          value: depths.softMaxUm === null ? 'None' : `${formatMm(depths.softMaxUm)} mm`,
        },
      ]
    }),
    ...indications.map((indication) => ({
      id: `indication ${indication}`,
      label: `${indicationTexts[indication]}: depth`,
      value: formatRange(indicationDepths[indication]),
    })),
  ]
}

/** `0.25–0.75 mm`. */
export function formatRange(range: RangeText): string {
  return range === null ? 'None' : `${formatMm(range.fromUm)}–${formatMm(range.toUm)} mm`
}

function fieldLine(field: Parameters<typeof formatField>[0], text: PolicyText): PolicyLine {
  return { id: field.path, label: field.label, value: formatField(field, text) }
}
