import type { CartridgeLotRow } from '../../../shared/contract/stock.ts'
import { lotStatuses, normaliseLot } from '../../../shared/domain/lot.ts'
import { mayMoveLot } from '../../../shared/domain/stock-status.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { LengthField, orNull, TextField, WholeField } from './fields.tsx'
import { LabelScan } from './LabelScan.tsx'
import { MovementPart } from './MovementPart.tsx'
import { DrawerForm, RegisterDrawer, type RegisterProps, useRegisterForm } from './RegisterDrawer.tsx'
import { StatusPart } from './StatusPart.tsx'

export function CartridgeLotDrawer(props: RegisterProps<CartridgeLotRow>) {
  const { open, clinic, mayWrite } = props
  return (
    <RegisterDrawer
      open={open}
      title={open?.row ? `Cartridge lot ${open.row.body.lotRaw}` : 'New cartridge lot'}
      rowKey={(row) => `${row.cartridgeLotId} ${row.version}`}
      onClose={props.onClose}
    >
      {(row) => (
        <>
          <Fields {...props} row={row} />
          {row && (
            <MovementPart
              register="CARTRIDGE_LOT"
              id={row.cartridgeLotId}
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

type Draft = {
  readonly manufacturer: string
  readonly model: string
  readonly udiDi: string
  readonly lotRaw: string
  readonly expiresOn: CalendarDate | null
  readonly needleCount: number | null
  readonly needleGauge: number | null
  readonly maxLengthUm: number | null
  readonly sterileMethod: string
  readonly receivedQuantity: number | null
  readonly receivedOn: CalendarDate | null
  readonly supplier: string
}

function Fields({
  row,
  clinic,
  mayWrite,
  onClose,
}: RegisterProps<CartridgeLotRow> & { readonly row: CartridgeLotRow | null }) {
  const add = useCommand('stock.addCartridgeLot')
  const edit = useCommand('stock.editCartridgeLot')
  const { draft, set, form } = useRegisterForm({
    first: () => firstDraft(row, clinic.today),
    factsOf,
    commands: [add, edit],
    save: async (facts) => {
      const { receivedQuantity: _byMovement, ...edited } = facts
      if (row) await edit.run({ cartridgeLotId: row.cartridgeLotId, version: row.version, facts: edited })
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
          onRead={({ gtin, lotRaw, expiresOn }) =>
            set({ ...(gtin && { udiDi: gtin }), ...(lotRaw && { lotRaw }), ...(expiresOn && { expiresOn }) })
          }
        />
      )}
      <TextField
        label="Maker"
        max={120}
        isRequired
        value={draft.manufacturer}
        onChange={(manufacturer) => set({ manufacturer })}
      />
      <TextField label="Model" max={120} isRequired value={draft.model} onChange={(model) => set({ model })} />
      <TextField
        label="Lot number"
        max={60}
        isRequired
        description={lot !== '' && lot !== draft.lotRaw ? `searched as ${lot}` : 'as printed on the box'}
        value={draft.lotRaw}
        onChange={(lotRaw) => set({ lotRaw })}
      />
      <DateField
        {...date}
        label="Expires on"
        isRequired
        value={draft.expiresOn}
        onChange={(expiresOn) => set({ expiresOn })}
      />
      <WholeField
        label="Needles"
        min={1}
        max={1000}
        isRequired
        value={draft.needleCount}
        onChange={(needleCount) => set({ needleCount })}
      />
      <WholeField
        label="Gauge"
        min={1}
        max={60}
        value={draft.needleGauge}
        onChange={(needleGauge) => set({ needleGauge })}
      />
      <LengthField
        label="Longest setting"
        isRequired
        value={draft.maxLengthUm}
        onChange={(maxLengthUm) => set({ maxLengthUm })}
      />
      <TextField
        label="Sterilised by"
        max={120}
        value={draft.sterileMethod}
        onChange={(sterileMethod) => set({ sterileMethod })}
      />
      {row === null && (
        <WholeField
          label="Pieces received"
          min={0}
          max={100_000}
          isRequired
          value={draft.receivedQuantity}
          onChange={(receivedQuantity) => set({ receivedQuantity })}
        />
      )}
      <DateField
        {...date}
        label="Received on"
        isRequired
        value={draft.receivedOn}
        onChange={(receivedOn) => set({ receivedOn })}
      />
      <TextField label="Supplier" max={120} value={draft.supplier} onChange={(supplier) => set({ supplier })} />
      <TextField label="UDI device identifier" max={60} value={draft.udiDi} onChange={(udiDi) => set({ udiDi })} />
    </DrawerForm>
  )
}

function Status({
  row,
  clinic,
  mayWrite,
}: {
  readonly row: CartridgeLotRow
  readonly clinic: Clinic
  readonly mayWrite: boolean
}) {
  const move = useCommand('stock.setCartridgeLotStatus')
  const { cartridgeLotId, version, body } = row
  return (
    <StatusPart
      register="CARTRIDGE_LOT"
      id={cartridgeLotId}
      status={row.statusToday}
      choices={lotStatuses.filter((to) => mayMoveLot(body, to, clinic.today))}
      mayWrite={mayWrite}
      timeZone={clinic.timeZone}
      isBusy={move.isRunning}
      refusal={move.refusal}
      onMove={async (status, reason) => (await move.run({ cartridgeLotId, version, status, reason })).ok}
      onReset={move.reset}
    />
  )
}

function firstDraft(row: CartridgeLotRow | null, today: CalendarDate): Draft {
  if (!row)
    return {
      manufacturer: '',
      model: '',
      udiDi: '',
      lotRaw: '',
      expiresOn: null,
      needleCount: null,
      needleGauge: null,
      maxLengthUm: null,
      sterileMethod: '',
      receivedQuantity: null,
      receivedOn: today,
      supplier: '',
    }
  const { body } = row
  return {
    ...body,
    udiDi: body.udiDi ?? '',
    sterileMethod: body.sterileMethod ?? '',
    supplier: body.supplier ?? '',
  }
}

/** What is sent; null while something is missing. */
function factsOf(draft: Draft) {
  const { expiresOn, needleCount, maxLengthUm, receivedQuantity, receivedOn } = draft
  const manufacturer = draft.manufacturer.trim()
  const model = draft.model.trim()
  const lotRaw = draft.lotRaw.trim()
  if (!manufacturer || !model || normaliseLot(lotRaw) === '') return null
  if (expiresOn === null || receivedOn === null || receivedQuantity === null) return null
  if (needleCount === null || maxLengthUm === null || maxLengthUm < 100) return null
  return {
    manufacturer,
    model,
    udiDi: orNull(draft.udiDi),
    lotRaw,
    expiresOn,
    needleCount,
    needleGauge: draft.needleGauge,
    maxLengthUm,
    sterileMethod: orNull(draft.sterileMethod),
    receivedQuantity,
    receivedOn,
    supplier: orNull(draft.supplier),
  }
}
