import { ActionIcon, Button, Checkbox, Popover, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { licenceLevels, treatingRoles } from '../../../shared/domain/staff.ts'
import { zoneCodes, zoneFacts } from '../../../shared/domain/zones.ts'
import { readDepthText } from '../../parts/depth-text.ts'
import { formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import type { PolicyText } from './policy-body.ts'
import { levelTexts, treatingRoleTexts } from './policy-words.ts'
import { ValueInput } from './ValueInput.tsx'

type Row = PolicyText['permittedRoles'][number]

export type TableProps = {
  readonly text: PolicyText
  readonly onChange: ((text: PolicyText) => void) | null
  readonly problemAt: (path: string) => string | null
}

const roleOptions = treatingRoles.map((value) => ({ value, label: treatingRoleTexts[value] }))
const levelOptions = (['ANY', ...licenceLevels] as const).map((value) => ({ value, label: levelTexts[value] }))

/** Who may hold the needle, to what depth, where not. Whoever has no row may not treat. */
export function RolesTable({ text, onChange, problemAt }: TableProps) {
  const setRow = (index: number, part: Partial<Row>) =>
    onChange?.({
      ...text,
      permittedRoles: text.permittedRoles.map((row, at) => (at === index ? { ...row, ...part } : row)),
    })
  const remove = (index: number) =>
    onChange?.({ ...text, permittedRoles: text.permittedRoles.filter((_row, at) => at !== index) })
  return (
    <SectionCard
      title="Who may treat, how deep"
      note="Who has no row may not treat. “Any other level” stands for the levels without a row of their own"
      isFlush
      {...(onChange && {
        footer: (
          <Button
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => onChange({ ...text, permittedRoles: [...text.permittedRoles, newRow] })}
          >
            Add a row
          </Button>
        ),
      })}
    >
      <div className="policy-table">
        <table>
          <thead>
            <tr>
              <th scope="col">Role</th>
              <th scope="col">Licence level</th>
              <th scope="col">May needle</th>
              <th scope="col">Supervised to, mm</th>
              <th scope="col">Unsupervised to, mm</th>
              <th scope="col">Not in these zones</th>
              <th scope="col">Radiofrequency</th>
              {onChange && (
                <th scope="col">
                  <span className="visually-hidden">Remove</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {text.permittedRoles.map((row, index) => {
              const path = `permittedRoles[${index}]`
              const problems = [path, `${path}.maxDepthUm`, `${path}.maxDepthUnsupervisedUm`]
                .map(problemAt)
                .filter((problem) => problem !== null)
              return (
                <RoleRow
                  // Rows have no name of their own: their place is what a problem points at.
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is the row's identity here
                  key={index}
                  row={row}
                  number={index + 1}
                  problems={problems}
                  onChange={onChange && ((part) => setRow(index, part))}
                  onRemove={() => remove(index)}
                />
              )
            })}
          </tbody>
        </table>
      </div>
    </SectionCard>
  )
}

const newRow: Row = {
  role: 'aesthetician',
  licenceLevel: 'MASTER_AESTHETICIAN',
  mayNeedle: false,
  maxDepthUm: 500,
  maxDepthUnsupervisedUm: 0,
  zonesExcluded: [],
  rfAllowed: false,
}

type RoleRowProps = {
  readonly row: Row
  readonly number: number
  readonly problems: readonly string[]
  readonly onChange: ((part: Partial<Row>) => void) | null
  readonly onRemove: () => void
}

function RoleRow({ row, number, problems, onChange, onRemove }: RoleRowProps) {
  const zonesText = row.zonesExcluded.map((zone) => zoneFacts(zone).label).join(', ') || 'None'
  if (!onChange)
    return (
      <tr>
        <th scope="row">{treatingRoleTexts[row.role]}</th>
        <td>{levelTexts[row.licenceLevel]}</td>
        <td>{row.mayNeedle ? 'Yes' : 'No'}</td>
        <td className="figures">{formatMm(row.maxDepthUm)}</td>
        <td className="figures">{formatMm(row.maxDepthUnsupervisedUm)}</td>
        <td>{zonesText}</td>
        <td>{row.rfAllowed ? 'Yes' : 'No'}</td>
      </tr>
    )
  return (
    <>
      <tr data-wrong={problems.length > 0}>
        <td>
          <Select
            aria-label={`Row ${number}: role`}
            data={roleOptions}
            value={row.role}
            onChange={(value) => onChange({ role: value as Row['role'] })}
          />
        </td>
        <td>
          <Select
            aria-label={`Row ${number}: licence level`}
            data={levelOptions}
            value={row.licenceLevel}
            onChange={(value) => onChange({ licenceLevel: value as Row['licenceLevel'] })}
          />
        </td>
        <td>
          <Checkbox
            aria-label={`Row ${number}: may needle`}
            checked={row.mayNeedle}
            onChange={(event) => onChange({ mayNeedle: event.currentTarget.checked })}
          />
        </td>
        <td>
          <DepthCell
            label={`Row ${number}: supervised to, mm`}
            depthUm={row.maxDepthUm}
            onChange={(maxDepthUm) => onChange({ maxDepthUm })}
          />
        </td>
        <td>
          <DepthCell
            label={`Row ${number}: unsupervised to, mm`}
            depthUm={row.maxDepthUnsupervisedUm}
            onChange={(maxDepthUnsupervisedUm) => onChange({ maxDepthUnsupervisedUm })}
          />
        </td>
        <td>
          <ZoneChoice
            label={`Row ${number}: not in these zones`}
            zones={row.zonesExcluded}
            onChange={(zonesExcluded) => onChange({ zonesExcluded })}
          />
        </td>
        <td>
          <Checkbox
            aria-label={`Row ${number}: radiofrequency`}
            checked={row.rfAllowed}
            onChange={(event) => onChange({ rfAllowed: event.currentTarget.checked })}
          />
        </td>
        <td>
          <ActionIcon aria-label={`Remove row ${number}`} onClick={onRemove}>
            <IconTrash size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </td>
      </tr>
      {problems.length > 0 && (
        <tr className="policy-table__problem">
          <td colSpan={8}>
            <span className="policy-wrong">{problems.join(' ')}</span>
          </td>
        </tr>
      )}
    </>
  )
}

/** A depth in a table cell, in mm. */
export function DepthCell({
  label,
  depthUm,
  onChange,
}: {
  readonly label: string
  readonly depthUm: number
  readonly onChange: (depthUm: number) => void
}) {
  return (
    <ValueInput
      label={label}
      value={depthUm}
      format={formatMm}
      parse={readDepthText}
      onChange={(value) => value !== null && onChange(value)}
      wrongSentence="e.g. 0.75"
    />
  )
}

function ZoneChoice({
  label,
  zones,
  onChange,
}: {
  readonly label: string
  readonly zones: Row['zonesExcluded']
  readonly onChange: (zones: Row['zonesExcluded']) => void
}) {
  const text = zones.length === 0 ? 'None' : zones.length === 1 ? '1 zone' : `${zones.length} zones`
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button aria-label={`${label}: ${text}`}>{text}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <fieldset className="policy-zones">
          <legend className="visually-hidden">{label}</legend>
          {zoneCodes.map((zone) => (
            <Checkbox
              key={zone}
              label={zoneFacts(zone).label}
              checked={zones.includes(zone)}
              onChange={(event) =>
                onChange(event.currentTarget.checked ? [...zones, zone] : zones.filter((other) => other !== zone))
              }
            />
          ))}
        </fieldset>
      </Popover.Dropdown>
    </Popover>
  )
}
