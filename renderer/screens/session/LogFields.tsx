import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Endpoint, endpoints, stopReasons, techniques } from '../../../shared/domain/session.ts'
import { indications, zoneFacts } from '../../../shared/domain/zones.ts'
import { DirectionToggles } from '../../parts/DirectionToggles.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { useSessionWork } from './desk-context.ts'
import { Field, LineField, NumberField, ProseField } from './Fields.tsx'
import { endpointWords, stopReasonWords, techniqueWords } from './session-words.ts'
import type { WorkRow } from './zone-rows.ts'

type LogFieldsProps = {
  /** Path of the row in the draft. */
  readonly path: string
  readonly row: WorkRow
  readonly setRow: (part: Partial<WorkRow>) => void
  /** Null where nothing is logged here yet. */
  readonly onRemove: (() => void) | null
}

/** How a zone was treated: passes, technique, why it was stopped. */
export function LogFields({ path, row, setRow, onRemove }: LogFieldsProps) {
  const [isMore, setMore] = useState(false)
  const { draft } = useSessionWork()
  const labels = (draft.cartridgeUses ?? []).flatMap(({ label }) => (label ? [label] : []))
  return (
    <>
      <Passes path={path} row={row} setRow={setRow} />
      <div className="session-row">
        <Field path={`${path}.technique`}>
          <SegmentedChoice
            label={
              zoneFacts(row.zone ?? 'FOREHEAD').notes.includes('STAMP') ? 'Technique, usually stamped' : 'Technique'
            }
            segments={techniques.map((value) => ({ value, label: techniqueWords[value] }))}
            value={row.technique ?? null}
            onChange={(technique) => setRow({ technique })}
          />
        </Field>
        <Field path={`${path}.stopReason`}>
          <Select
            label="Stopped because"
            placeholder="Choose"
            size="sm"
            w={148}
            data={stopReasons.map((value) => ({ value, label: stopReasonWords[value] }))}
            value={row.stopReason ?? null}
            onChange={(value) => {
              const stopReason = stopReasons.find((known) => known === value)
              if (stopReason) setRow({ stopReason })
            }}
          />
        </Field>
        {(labels.length > 1 || !row.cartridge) && (
          <Field path={`${path}.cartridge`}>
            <Select
              label="Cartridge"
              placeholder="Choose"
              w={92}
              data={labels}
              value={row.cartridge ?? null}
              onChange={(cartridge) => setRow({ cartridge })}
            />
          </Field>
        )}
        <Button size="xs" variant="subtle" aria-expanded={isMore} onClick={() => setMore(!isMore)}>
          {isMore ? 'Less' : 'More'}
        </Button>
        {onRemove !== null && (
          <Button size="xs" variant="subtle" onClick={onRemove}>
            Not treated: remove
          </Button>
        )}
      </div>
      {isMore && (
        <div className="session-grid">
          <Select
            label="To help with"
            data={indications.map((value) => ({ value, label: indicationWords[value] }))}
            value={row.indication ?? null}
            onChange={(value) => {
              const indication = indications.find((known) => known === value)
              if (indication) setRow({ indication })
            }}
          />
          <Field path={`${path}.speedOverride`}>
            <NumberField
              label="Another speed here"
              value={row.speedOverride}
              onChange={(speedOverride) => setRow({ speedOverride })}
            />
          </Field>
          <LineField
            label="Left out within the zone"
            value={row.skippedSubareas}
            maxLength={500}
            placeholder="a mole, a lesion"
            onChange={(skippedSubareas) => setRow({ skippedSubareas })}
          />
          <ProseField label="Note on this zone" value={row.note} onChange={(note) => setRow({ note })} />
        </div>
      )}
    </>
  )
}

type Pass = NonNullable<NonNullable<WorkRow['passes']>[number]>

/** One pass at a time; the others stand beside it as buttons that say what they were. */
function Passes({ path, row, setRow }: Omit<LogFieldsProps, 'onRemove'>) {
  const passes: readonly Pass[] = row.passes && row.passes.length > 0 ? row.passes : [{ no: 1 }]
  const [chosen, setChosen] = useState(passes.length - 1)
  const at = Math.min(chosen, passes.length - 1)
  const pass = passes[at] ?? { no: 1 }
  const no = pass.no ?? at + 1
  const meant = row.aim?.passes[at]

  function setPass(part: Partial<Pass>) {
    setRow({ passes: passes.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  }

  function add() {
    setRow({ passes: [...passes, { no: passes.length + 1 }] })
    setChosen(passes.length)
  }

  function remove() {
    setRow({ passes: passes.filter((_one, index) => index !== at).map((one, index) => ({ ...one, no: index + 1 })) })
    setChosen(Math.max(0, at - 1))
  }

  return (
    <Field path={`${path}.passes`}>
      <div className="session-passes">
        <Field path={`${path}.passes[${at}].directions`}>
          <DirectionToggles
            label={`Pass ${no} · directions`}
            value={pass.directions ?? []}
            onChange={(directions) => setPass({ directions })}
          />
        </Field>
        {meant && meant.length > 0 && (pass.directions ?? []).length === 0 && (
          <Button size="xs" onClick={() => setPass({ directions: meant })}>
            {meant.join(' ')} as meant
          </Button>
        )}
        <Field path={`${path}.passes[${at}].endpointAfter`}>
          <SegmentedChoice<Endpoint>
            label={`After pass ${no}`}
            size="compact"
            segments={endpoints.map((value) => ({ value, label: endpointWords[value] }))}
            value={pass.endpointAfter ?? null}
            onChange={(endpointAfter) => setPass({ endpointAfter })}
          />
        </Field>
        <div className="session-row">
          {passes.length > 1 &&
            passes.map((one, index) => (
              <button
                key={one.no ?? index}
                type="button"
                className="session-pass"
                aria-pressed={index === at}
                onClick={() => setChosen(index)}
              >
                Pass {one.no ?? index + 1}
                <span>{(one.directions ?? []).join(' ') || '–'}</span>
              </button>
            ))}
          <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={add}>
            Pass {passes.length + 1}
          </Button>
          {passes.length > 1 && (
            <Button size="xs" variant="subtle" aria-label={`Remove pass ${no}`} onClick={remove}>
              Remove
            </Button>
          )}
        </div>
      </div>
    </Field>
  )
}
