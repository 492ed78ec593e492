import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import type { ProductLotRow } from '../../../shared/contract/stock.ts'
import {
  type AnaestheticAgent,
  anaestheticAgents,
  lotStatuses,
  normaliseLot,
  type ProductClass,
  type ProductKind,
  productClasses,
  productKinds,
} from '../../../shared/domain/lot.ts'
import { mayMoveLot } from '../../../shared/domain/stock-status.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { descriptionBelow, TextField } from './fields.tsx'
import { LabelScan } from './LabelScan.tsx'
import { MovementPart } from './MovementPart.tsx'
import { DrawerForm, RegisterDrawer, type RegisterProps, useRegisterForm } from './RegisterDrawer.tsx'
import { StatusPart } from './StatusPart.tsx'
import { agentWords, productClassWords, productKindWords } from './stock-words.ts'

export function ProductLotDrawer(props: RegisterProps<ProductLotRow>) {
  const { open, clinic, mayWrite } = props
  return (
    <RegisterDrawer
      open={open}
      title={open?.row ? `${open.row.body.name}, lot ${open.row.body.lotRaw}` : 'New product lot'}
      rowKey={(row) => `${row.productLotId} ${row.version}`}
      onClose={props.onClose}
    >
      {(row) => (
        <>
          <Fields {...props} row={row} />
          {row && (
            <MovementPart
              register="PRODUCT_LOT"
              id={row.productLotId}
              count={row.count}
              mayWrite={mayWrite}
              timeZone={clinic.timeZone}
            />
          )}
          {row && <Status row={row} clinic={clinic} mayWrite={mayWrite} />}
        </>
      )}
    </RegisterDrawer>
  )
}

type Agent = { readonly agent: AnaestheticAgent; readonly percent: number | null }
type Draft = {
  readonly kind: ProductKind
  readonly name: string
  readonly productClass: ProductClass
  readonly ingredients: string
  readonly agents: readonly Agent[]
  readonly lotRaw: string
  readonly expiresOn: CalendarDate | null
  readonly openedOn: CalendarDate | null
}

function Fields({
  row,
  clinic,
  mayWrite,
  onClose,
}: RegisterProps<ProductLotRow> & { readonly row: ProductLotRow | null }) {
  const add = useCommand('stock.addProductLot')
  const edit = useCommand('stock.editProductLot')
  const { draft, set, form } = useRegisterForm({
    first: () => firstDraft(row),
    factsOf,
    commands: [add, edit],
    save: async (facts) => {
      if (row) await edit.run({ productLotId: row.productLotId, version: row.version, facts })
      else if ((await add.run({ facts })).ok) onClose()
    },
  })

  const date = { kind: 'any', order: clinic.dateOrder, today: clinic.today } as const
  const lot = normaliseLot(draft.lotRaw)
  return (
    <DrawerForm {...form} mayWrite={mayWrite} saveText={row ? 'Save' : 'Add the lot'}>
      {row === null && (
        <LabelScan
          today={clinic.today}
          onRead={({ lotRaw, expiresOn }) => set({ ...(lotRaw && { lotRaw }), ...(expiresOn && { expiresOn }) })}
        />
      )}
      <TextField label="Product" max={120} isRequired value={draft.name} onChange={(name) => set({ name })} />
      <Select
        label="Kind"
        data={productKinds.map((value) => ({ value, label: productKindWords[value] }))}
        value={draft.kind}
        onChange={(value) => {
          const kind = productKinds.find((known) => known === value) ?? 'SERUM'
          set({ kind, agents: kind === 'ANAESTHETIC' ? draft.agents : [] })
        }}
      />
      <TextField
        label="Lot number"
        max={60}
        isRequired
        description={lot !== '' && lot !== draft.lotRaw ? `searched as ${lot}` : 'as printed on the pack'}
        value={draft.lotRaw}
        onChange={(lotRaw) => set({ lotRaw })}
      />
      <Select
        label="Class"
        description="Active: acids, retinoids, vitamin C, fragrance"
        inputWrapperOrder={descriptionBelow}
        data={productClasses.map((value) => ({ value, label: productClassWords[value] }))}
        value={draft.productClass}
        onChange={(value) => set({ productClass: productClasses.find((known) => known === value) ?? 'NEUTRAL' })}
      />
      <DateField
        {...date}
        label="Expires on"
        isRequired
        value={draft.expiresOn}
        onChange={(expiresOn) => set({ expiresOn })}
      />
      <DateField {...date} label="Opened on" value={draft.openedOn} onChange={(openedOn) => set({ openedOn })} />
      <div className="stock-form__wide">
        <TextField
          label="Ingredients of concern"
          max={1000}
          description="As a patient would name an allergy, with commas between"
          value={draft.ingredients}
          onChange={(ingredients) => set({ ingredients })}
        />
      </div>
      {draft.kind === 'ANAESTHETIC' && (
        <div className="stock-form__wide">
          <Agents agents={draft.agents} onChange={(agents) => set({ agents })} />
        </div>
      )}
    </DrawerForm>
  )
}

function Agents({
  agents,
  onChange,
}: {
  readonly agents: readonly Agent[]
  readonly onChange: (agents: readonly Agent[]) => void
}) {
  const setAgent = (index: number, part: Partial<Agent>) =>
    onChange(agents.map((agent, at) => (at === index ? { ...agent, ...part } : agent)))
  return (
    <fieldset className="stock-agents">
      <legend>Agents and their strength</legend>
      {agents.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the row's identity while it is typed
        <div key={index} className="stock-agents__row">
          <Select
            aria-label={`Agent ${index + 1}`}
            data={anaestheticAgents.map((value) => ({ value, label: agentWords[value] }))}
            value={one.agent}
            onChange={(value) =>
              setAgent(index, { agent: anaestheticAgents.find((known) => known === value) ?? 'OTHER' })
            }
          />
          <NumberInput
            aria-label={`Strength of agent ${index + 1}, percent`}
            suffix=" %"
            min={0}
            max={100}
            hideControls
            value={one.percent ?? ''}
            onChange={(value) => setAgent(index, { percent: typeof value === 'number' ? value : null })}
          />
          <ActionIcon
            variant="subtle"
            aria-label={`Remove agent ${index + 1}`}
            onClick={() => onChange(agents.filter((_agent, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </div>
      ))}
      <Button size="xs" onClick={() => onChange([...agents, { agent: 'LIDOCAINE', percent: null }])}>
        Add an agent
      </Button>
    </fieldset>
  )
}

function Status({
  row,
  clinic,
  mayWrite,
}: {
  readonly row: ProductLotRow
  readonly clinic: Clinic
  readonly mayWrite: boolean
}) {
  const move = useCommand('stock.setProductLotStatus')
  const { productLotId, version, body } = row
  return (
    <StatusPart
      register="PRODUCT_LOT"
      id={productLotId}
      status={row.statusToday}
      choices={lotStatuses.filter((to) => mayMoveLot(body, to, clinic.today))}
      mayWrite={mayWrite}
      timeZone={clinic.timeZone}
      isBusy={move.isRunning}
      refusal={move.refusal}
      onMove={async (status, reason) => (await move.run({ productLotId, version, status, reason })).ok}
      onReset={move.reset}
    />
  )
}

function firstDraft(row: ProductLotRow | null): Draft {
  if (!row)
    return {
      kind: 'ANAESTHETIC',
      name: '',
      productClass: 'NEUTRAL',
      ingredients: '',
      agents: [],
      lotRaw: '',
      expiresOn: null,
      openedOn: null,
    }
  const { kind, name, productClass, ingredientsOfConcern, agents, lotRaw, expiresOn, openedOn } = row.body
  return { kind, name, productClass, ingredients: ingredientsOfConcern.join(', '), agents, lotRaw, expiresOn, openedOn }
}

/** What is sent; null while something is missing. */
function factsOf(draft: Draft) {
  const { kind, productClass, expiresOn, openedOn } = draft
  const name = draft.name.trim()
  const lotRaw = draft.lotRaw.trim()
  const agents = draft.agents.flatMap(({ agent, percent }) => (percent === null ? [] : [{ agent, percent }]))
  if (!name || normaliseLot(lotRaw) === '' || expiresOn === null || agents.length < draft.agents.length) return null
  const ingredientsOfConcern = draft.ingredients
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return { kind, name, productClass, ingredientsOfConcern, agents, lotRaw, expiresOn, openedOn }
}
