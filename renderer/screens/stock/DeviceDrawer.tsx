import { Button, Checkbox, NumberInput, Select } from '@mantine/core'
import type { DeviceRow } from '../../../shared/contract/stock.ts'
import {
  type DeviceType,
  deviceStatuses,
  deviceTypes,
  type SpeedUnit,
  speedUnits,
} from '../../../shared/domain/device.ts'
import { mayMoveDevice } from '../../../shared/domain/stock-status.ts'
import { type FitzpatrickType, fitzpatrickTypes } from '../../../shared/domain/zones.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Input } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { deviceTypeWords } from '../../parts/treatment-words.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { LengthField, orNull, TextField, WholeField } from './fields.tsx'
import { LabelScan } from './LabelScan.tsx'
import { DrawerForm, RegisterDrawer, type RegisterProps, useRegisterForm } from './RegisterDrawer.tsx'
import { StatusPart } from './StatusPart.tsx'
import { speedUnitWords } from './stock-words.ts'

export function DeviceDrawer(props: RegisterProps<DeviceRow>) {
  const { open, clinic, mayWrite } = props
  return (
    <RegisterDrawer
      open={open}
      title={open?.row ? `${open.row.body.manufacturer} ${open.row.body.model}` : 'New device'}
      rowKey={(row) => `${row.deviceId} ${row.version}`}
      onClose={props.onClose}
    >
      {(row) => (
        <>
          <Fields {...props} row={row} />
          {row && <Status row={row} clinic={clinic} mayWrite={mayWrite} />}
          {row && <Cleaning row={row} clinic={clinic} mayWrite={mayWrite} />}
        </>
      )}
    </RegisterDrawer>
  )
}

type Facts = Input<'stock.addDevice'>['facts']
type Draft = {
  readonly manufacturer: string
  readonly model: string
  readonly type: DeviceType
  readonly udiDi: string
  readonly serial: string
  readonly clearanceNumber: string
  readonly maxDepthUm: number | null
  readonly depthStepUm: number | null
  readonly speedUnit: SpeedUnit | null
  readonly speedFrom: number | null
  readonly speedTo: number | null
  readonly labelledIndications: string
  readonly labelledMinAgeYears: number | null
  readonly labelledFst: readonly FitzpatrickType[]
  readonly calibrationDueOn: CalendarDate | null
}

function Fields({ row, clinic, mayWrite, onClose }: RegisterProps<DeviceRow> & { readonly row: DeviceRow | null }) {
  const add = useCommand('stock.addDevice')
  const edit = useCommand('stock.editDevice')
  const { draft, set, form } = useRegisterForm({
    first: () => firstDraft(row),
    factsOf,
    commands: [add, edit],
    save: async (facts) => {
      if (row) await edit.run({ deviceId: row.deviceId, version: row.version, facts })
      else if ((await add.run({ facts })).ok) onClose()
    },
  })

  return (
    <DrawerForm {...form} mayWrite={mayWrite} saveText={row ? 'Save' : 'Add the device'}>
      {row === null && (
        <LabelScan
          today={clinic.today}
          onRead={({ gtin, serial }) => set({ ...(gtin && { udiDi: gtin }), ...(serial && { serial }) })}
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
      <Select
        label="Type"
        data={deviceTypes.map((value) => ({ value, label: deviceTypeWords[value] }))}
        value={draft.type}
        onChange={(value) => set({ type: deviceTypes.find((known) => known === value) ?? 'PEN' })}
      />
      <TextField
        label="Serial number"
        max={60}
        isRequired
        value={draft.serial}
        onChange={(serial) => set({ serial })}
      />
      <LengthField
        label="Deepest setting"
        isRequired
        value={draft.maxDepthUm}
        onChange={(maxDepthUm) => set({ maxDepthUm })}
      />
      <LengthField
        label="Step of the dial"
        isRequired
        value={draft.depthStepUm}
        onChange={(depthStepUm) => set({ depthStepUm })}
      />
      <Select
        label="Speed is in"
        data={[
          { value: 'none', label: 'No motor' },
          ...speedUnits.map((value) => ({ value: value as string, label: speedUnitWords[value] })),
        ]}
        value={draft.speedUnit ?? 'none'}
        onChange={(value) => set({ speedUnit: speedUnits.find((known) => known === value) ?? null })}
      />
      {draft.speedUnit !== null && (
        <div className="stock-form__pair">
          <SpeedField label="Slowest" value={draft.speedFrom} onChange={(speedFrom) => set({ speedFrom })} />
          <SpeedField label="Fastest" value={draft.speedTo} onChange={(speedTo) => set({ speedTo })} />
        </div>
      )}
      <TextField
        label="510(k) or De Novo number"
        max={30}
        value={draft.clearanceNumber}
        onChange={(clearanceNumber) => set({ clearanceNumber })}
      />
      <TextField label="UDI device identifier" max={60} value={draft.udiDi} onChange={(udiDi) => set({ udiDi })} />
      <TextField
        label="Indications on the label"
        max={500}
        value={draft.labelledIndications}
        onChange={(labelledIndications) => set({ labelledIndications })}
      />
      <WholeField
        label="Youngest age on the label"
        min={0}
        max={120}
        value={draft.labelledMinAgeYears}
        onChange={(labelledMinAgeYears) => set({ labelledMinAgeYears })}
      />
      <DateField
        label="Calibration due on"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={draft.calibrationDueOn}
        onChange={(calibrationDueOn) => set({ calibrationDueOn })}
      />
      <fieldset className="stock-agents stock-form__wide">
        <legend>Skin types on the label (none ticked: the label names none)</legend>
        <div className="stock-form__ticks">
          {fitzpatrickTypes.map((value) => (
            <Checkbox
              key={value}
              label={value}
              checked={draft.labelledFst.includes(value)}
              onChange={(event) =>
                set({
                  labelledFst: fitzpatrickTypes.filter((other) =>
                    other === value ? event.currentTarget.checked : draft.labelledFst.includes(other),
                  ),
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </DrawerForm>
  )
}

function SpeedField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: number | null
  readonly onChange: (value: number | null) => void
}) {
  return (
    <NumberInput
      label={label}
      min={0}
      max={100_000}
      hideControls
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  )
}

function Status({
  row,
  clinic,
  mayWrite,
}: {
  readonly row: DeviceRow
  readonly clinic: Clinic
  readonly mayWrite: boolean
}) {
  const move = useCommand('stock.setDeviceStatus')
  const { deviceId, version, body } = row
  return (
    <StatusPart
      register="DEVICE"
      id={deviceId}
      status={body.status}
      choices={deviceStatuses.filter((to) => mayMoveDevice(body.status, to))}
      mayWrite={mayWrite}
      timeZone={clinic.timeZone}
      isBusy={move.isRunning}
      refusal={move.refusal}
      onMove={async (status, reason) => (await move.run({ deviceId, version, status, reason })).ok}
      onReset={move.reset}
    />
  )
}

function Cleaning({
  row,
  clinic,
  mayWrite,
}: {
  readonly row: DeviceRow
  readonly clinic: Clinic
  readonly mayWrite: boolean
}) {
  const add = useCommand('stock.addCleaning')
  const log = row.body.cleaningLog
  return (
    <section className="status-part" aria-label="Cleaning">
      <div className="status-part__line">
        <strong>Cleaning</strong>
        {mayWrite && (
          <Button
            size="compact-sm"
            disabled={add.isRunning}
            onClick={() => void add.run({ deviceId: row.deviceId, cleanedOn: clinic.today, note: null })}
          >
            Cleaned today
          </Button>
        )}
      </div>
      <RefusalText>{add.refusal ? sentenceFor(add.refusal) : null}</RefusalText>
      {log.length === 0 && <p className="text-2">No cleaning is noted yet.</p>}
      {log.slice(0, 10).map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity of their own and never move
        <p key={index} className="text-12 text-2">
          {formatDate(one.cleanedOn)}, {one.by}
          {one.note && `: ${one.note}`}
        </p>
      ))}
    </section>
  )
}

function firstDraft(row: DeviceRow | null): Draft {
  if (!row)
    return {
      manufacturer: '',
      model: '',
      type: 'PEN',
      udiDi: '',
      serial: '',
      clearanceNumber: '',
      maxDepthUm: null,
      depthStepUm: 50,
      speedUnit: 'RPM',
      speedFrom: null,
      speedTo: null,
      labelledIndications: '',
      labelledMinAgeYears: null,
      labelledFst: [],
      calibrationDueOn: null,
    }
  const { body } = row
  return {
    manufacturer: body.manufacturer,
    model: body.model,
    type: body.type,
    udiDi: body.udiDi ?? '',
    serial: body.serial,
    clearanceNumber: body.clearanceNumber ?? '',
    maxDepthUm: body.maxDepthUm,
    depthStepUm: body.depthStepUm,
    speedUnit: body.speed?.unit ?? null,
    speedFrom: body.speed?.from ?? null,
    speedTo: body.speed?.to ?? null,
    labelledIndications: body.labelledIndications ?? '',
    labelledMinAgeYears: body.labelledMinAgeYears,
    labelledFst: body.labelledFst,
    calibrationDueOn: body.calibrationDueOn,
  }
}

/** What is sent; null while something is missing. */
function factsOf(draft: Draft): Facts | null {
  const { maxDepthUm, depthStepUm, speedUnit, speedFrom, speedTo } = draft
  const manufacturer = draft.manufacturer.trim()
  const model = draft.model.trim()
  const serial = draft.serial.trim()
  if (!manufacturer || !model || !serial) return null
  if (maxDepthUm === null || maxDepthUm < 100 || depthStepUm === null || depthStepUm < 1) return null
  if (speedUnit !== null && (speedFrom === null || speedTo === null || speedFrom > speedTo)) return null
  return {
    manufacturer,
    model,
    type: draft.type,
    udiDi: orNull(draft.udiDi),
    serial,
    clearanceNumber: orNull(draft.clearanceNumber),
    maxDepthUm,
    depthStepUm,
    speed: speedUnit === null ? null : { unit: speedUnit, from: speedFrom ?? 0, to: speedTo ?? 0 },
    labelledIndications: orNull(draft.labelledIndications),
    labelledMinAgeYears: draft.labelledMinAgeYears,
    labelledFst: [...draft.labelledFst],
    calibrationDueOn: draft.calibrationDueOn,
  }
}
