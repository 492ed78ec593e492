import { Button, Checkbox, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { anaestheticAgents } from '../../../shared/domain/lot.ts'
import type { DraftAnaesthetic } from '../../../shared/domain/session.ts'
import { minutesBetween } from '../../../shared/kernel/time.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { useSessionWork } from './desk-context.ts'
import { Field, NumberField, TickList, TimeField, YesNoField } from './Fields.tsx'
import { hardSentence } from './field-names.ts'
import { ProductFields } from './ProductFields.tsx'
import { agentWords } from './session-words.ts'
import { settingsOf, workRows } from './zone-rows.ts'

/** Numbing: what, where, on and off, and how long it stayed. */
export function AnaestheticCard() {
  const { draft, change, desk, isStarted } = useSessionWork()
  const { anaesthetic } = draft

  function setCream(part: DraftAnaesthetic) {
    change((before) => ({ ...before, anaesthetic: { ...before.anaesthetic, ...part } }))
  }

  return (
    <SectionCard
      title="Numbing"
      note={desk.order?.body.anaestheticOrder ? `Order: ${desk.order.body.anaestheticOrder}` : undefined}
    >
      <div className="session-fields">
        <Field path="anaesthetic.kind">
          <YesNoField
            label="Numbing applied"
            value={anaesthetic?.kind ? anaesthetic.kind === 'APPLIED' : null}
            onChange={(isApplied) => setCream({ kind: isApplied ? 'APPLIED' : 'NONE' })}
          />
        </Field>
        {anaesthetic?.kind === 'APPLIED' && <Cream cream={anaesthetic} setCream={setCream} isStarted={isStarted} />}
      </div>
    </SectionCard>
  )
}

type CreamProps = {
  readonly cream: DraftAnaesthetic
  readonly setCream: (part: DraftAnaesthetic) => void
  readonly isStarted: boolean
}

function Cream({ cream, setCream, isStarted }: CreamProps) {
  const { draft, desk } = useSessionWork()
  const places = workRows(draft, isStarted).flatMap(({ zone, side }) => (zone && side ? [{ zone, side }] : []))
  const options = [...new Map(places.map((place) => [`${place.zone} ${place.side}`, place])).entries()]
  const chosen = (cream.area ?? []).map(({ zone, side }) => `${zone} ${side}`)
  return (
    <>
      <ProductFields
        path="anaesthetic"
        label="Numbing"
        kinds={['ANAESTHETIC']}
        use={cream}
        onChange={(part, known) => setCream(known ? { ...part, agents: known.agents } : part)}
      />
      <Agents cream={cream} setCream={setCream} />
      <div className="session-grid">
        <Field path="anaesthetic.grams">
          <NumberField label="Grams" value={cream.grams} onChange={(grams) => setCream({ grams })} />
        </Field>
        <Checkbox
          label="Under the treatment order"
          checked={!!cream.orderId}
          disabled={desk.order === null}
          onChange={(event) =>
            setCream({ orderId: event.currentTarget.checked ? (desk.order?.orderId ?? null) : null })
          }
        />
      </div>
      <Field path="anaesthetic.area">
        {options.length === 0 ? (
          <p className="text-2">The area can be ticked once zones are planned.</p>
        ) : (
          <TickList
            label="Where"
            options={options.map(([key, place]) => [key, zoneSideName(place)] as const)}
            chosen={chosen}
            onChange={(keys) =>
              setCream({ area: options.flatMap(([key, place]) => (keys.includes(key) ? [place] : [])) })
            }
          />
        )}
        {options.length > 1 && (
          <Button size="xs" onClick={() => setCream({ area: options.map(([, place]) => place) })}>
            All of them
          </Button>
        )}
      </Field>
      <Times cream={cream} setCream={setCream} isStarted={isStarted} />
      <div className="session-row">
        <Field path="anaesthetic.isOccluded">
          <YesNoField
            label="Covered with film"
            value={cream.isOccluded}
            onChange={(isOccluded) => setCream({ isOccluded })}
          />
        </Field>
        <Field path="anaesthetic.isRemoved">
          <YesNoField
            label="Taken off fully"
            value={cream.isRemoved}
            onChange={(isRemoved) => setCream({ isRemoved })}
          />
        </Field>
      </div>
    </>
  )
}

function Agents({ cream, setCream }: Pick<CreamProps, 'cream' | 'setCream'>) {
  const agents = cream.agents && cream.agents.length > 0 ? cream.agents : [{}]
  const setAgent = (index: number, part: (typeof agents)[number]) =>
    setCream({ agents: agents.map((one, at) => (at === index ? { ...one, ...part } : one)) })
  return (
    <Field path="anaesthetic.agents">
      {agents.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their order
        <div key={index} className="session-row">
          <Field path={`anaesthetic.agents[${index}].agent`}>
            <Select
              label={index === 0 ? 'Agent' : `Agent ${index + 1}`}
              placeholder="Choose"
              w={150}
              data={anaestheticAgents.map((value) => ({ value, label: agentWords[value] }))}
              value={one.agent ?? null}
              onChange={(value) => {
                const agent = anaestheticAgents.find((known) => known === value)
                if (agent) setAgent(index, { agent })
              }}
            />
          </Field>
          <Field path={`anaesthetic.agents[${index}].percent`}>
            <NumberField label="Strength, %" value={one.percent} onChange={(percent) => setAgent(index, { percent })} />
          </Field>
          {index === agents.length - 1 && (
            <Button
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              onClick={() => setCream({ agents: [...agents, {}] })}
            >
              Another agent
            </Button>
          )}
          {agents.length > 1 && (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => setCream({ agents: agents.filter((_one, at) => at !== index) })}
            >
              Remove agent {index + 1}
            </Button>
          )}
        </div>
      ))}
    </Field>
  )
}

function Times({ cream, setCream, isStarted }: CreamProps) {
  const { draft, clinic, check, desk } = useSessionWork()
  const { onAt, offAt } = cream
  const settings = settingsOf(desk)
  const refused = check.hard.find(({ code }) => code === 'ANAESTHETIC_OFF_BEFORE_ON')
  // While it is on, the minutes run with the clinic's clock.
  const until = offAt ?? (isStarted ? null : clinic.now)
  const minutes = onAt && until ? Math.floor(minutesBetween(onAt, until)) : null
  const shared = { now: clinic.now, timeZone: clinic.timeZone, day: clinic.today }
  return (
    <div className="session-row">
      <Field path="anaesthetic.onAt">
        <TimeField
          label="On at"
          value={onAt}
          onChange={(next) => setCream({ onAt: next })}
          near={draft.startedAt ?? null}
          {...shared}
        />
      </Field>
      <Field path="anaesthetic.offAt">
        <TimeField
          label="Off at"
          value={offAt}
          onChange={(next) => setCream({ offAt: next })}
          near={onAt ?? draft.startedAt ?? null}
          error={refused ? hardSentence(refused.code, refused.facts) : null}
          {...shared}
        />
      </Field>
      {minutes !== null && (
        <p className="session-dwell" aria-live="off">
          <strong>{minutes} min</strong> {offAt ? 'on the skin' : 'so far'}
          <span className="text-3">
            {' '}
            usual {settings.dwellWarnUnderMin} to {settings.dwellWarnOverMin}
          </span>
        </p>
      )}
    </div>
  )
}
