import './session-preset.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { directionsText } from '../../parts/DirectionToggles.tsx'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDateTimeZone, formatMm } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { PresetForm } from './PresetForm.tsx'
import { aimedEndpointWords, type ListedPreset, techniqueNames } from './preset-words.ts'

/** How the clinic usually treats, by name: what a plan or log can be filled with row by row. */
export function SessionPresetsPart() {
  const { value, refusal } = useQuery('sessionPreset.list', {})
  const person = usePerson()
  const [shown, show] = useState<string | null>(null)
  const [edited, edit] = useState<ListedPreset | 'NEW' | null>(null)
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value || !person) return null
  const { presets } = value
  const mayWrite = mayDo(person, 'preset.write')
  if (edited !== null)
    return (
      <PresetForm
        preset={edited === 'NEW' ? null : edited}
        limits={value.limits}
        onClose={(presetId) => {
          edit(null)
          if (presetId !== null) show(presetId)
        }}
      />
    )
  const current = presets.find(({ presetId }) => presetId === shown) ?? presets[0]
  const add = mayWrite && (
    <Button variant="filled" onClick={() => edit('NEW')}>
      New preset
    </Button>
  )
  if (!current)
    return (
      <EmptyState
        sentence={
          mayWrite
            ? 'No preset yet. A preset holds zones with depth, technique and the passes meant, for a plan to start from.'
            : 'No preset yet. A physician can make one.'
        }
        {...(mayWrite && { action: add })}
      />
    )
  return (
    <div className="presets">
      <nav aria-label="Presets">
        <ul>
          {presets.map((preset) => (
            <li key={preset.presetId}>
              <button
                type="button"
                aria-current={preset === current ? 'true' : undefined}
                onClick={() => show(preset.presetId)}
              >
                <strong>{preset.name}</strong>
                <span>{preset.rows.length === 1 ? '1 zone' : `${preset.rows.length} zones`}</span>
                {preset.state === 'RETIRED' && <StateLine state="notNeeded">Out of use</StateLine>}
              </button>
            </li>
          ))}
        </ul>
        {add}
      </nav>
      <OnePreset key={current.presetId} preset={current} mayWrite={mayWrite} onEdit={() => edit(current)} />
    </div>
  )
}

type OnePresetProps = { readonly preset: ListedPreset; readonly mayWrite: boolean; readonly onEdit: () => void }

function OnePreset({ preset, mayWrite, onEdit }: OnePresetProps) {
  const clinic = useClinic()
  const retire = useCommand('sessionPreset.retire')
  const [isAsking, ask] = useState(false)
  const { presetId, version, name, rows, state } = preset
  return (
    <SectionCard
      title={name}
      size="panel"
      isFlush
      aside={
        mayWrite &&
        state === 'IN_USE' && (
          <>
            <Button size="xs" onClick={onEdit}>
              Change
            </Button>
            <Button size="xs" variant="subtle" onClick={() => ask(true)}>
              Take out of use
            </Button>
          </>
        )
      }
      footer={
        clinic && (
          <span>
            {state === 'RETIRED' ? 'Taken out of use' : 'Last changed'}{' '}
            {formatDateTimeZone(preset.changedAt, clinic.timeZone)} by {preset.changedBy.printedName}. Sessions keep the
            rows they were given, not the preset.
          </span>
        )
      }
    >
      <table className="presets__table" aria-label={`Zones of ${name}`}>
        <thead>
          <tr>
            <th scope="col">Zone</th>
            <th scope="col">Depth mm</th>
            <th scope="col">To help with</th>
            <th scope="col">Technique</th>
            <th scope="col">Passes meant</th>
            <th scope="col">To endpoint</th>
            <th scope="col">Speed</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.zone} ${row.side}`}>
              <th scope="row">{zoneSideName(row)}</th>
              <td>{row.depthUm === null ? 'to choose' : formatMm(row.depthUm)}</td>
              <td>{row.indication ? indicationWords[row.indication] : 'as the plan'}</td>
              <td>{row.technique ? techniqueNames[row.technique] : '–'}</td>
              <td>{directionsText(row.passes.map((directions) => ({ directions }))) || '–'}</td>
              <td>{row.endpoint ? aimedEndpointWords[row.endpoint] : '–'}</td>
              <td>{row.speed ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Take “${name}” out of use`}
        confirmText="Take out of use"
        isBusy={retire.isRunning}
        refusal={retire.refusal ? sentenceFor(retire.refusal) : null}
        onCancel={() => ask(false)}
        onConfirm={() => void retire.run({ presetId, version }).then((reply) => reply.ok && ask(false))}
      >
        It can no longer be chosen for a session. It stays readable here, and sessions that used it are not changed.
      </ConfirmDialog>
    </SectionCard>
  )
}
