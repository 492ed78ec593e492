import './stock.css'
import { Button, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { CartridgeLotRow, DeviceRow, ProductLotRow } from '../../../shared/contract/stock.ts'
import { type ProductKind, productKinds } from '../../../shared/domain/lot.ts'
import { hrefTo, paths } from '../../app/paths.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { FilterPills } from '../../parts/FilterPills.tsx'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { CartridgeLotDrawer } from './CartridgeLotDrawer.tsx'
import { DeviceDrawer } from './DeviceDrawer.tsx'
import { ExpirySetting } from './ExpirySetting.tsx'
import { ProductLotDrawer } from './ProductLotDrawer.tsx'
import type { OpenRow } from './RegisterDrawer.tsx'
import { CartridgeLotTable, DeviceTable, ProductLotTable } from './StockTables.tsx'
import { productKindWords } from './stock-words.ts'

const registers = [
  { value: 'cartridges', label: 'Cartridge lots' },
  { value: 'products', label: 'Products' },
  { value: 'devices', label: 'Devices' },
] as const
type Register = (typeof registers)[number]['value']

/** The three registers: what needles with, what is on the skin, what drives it. */
export function StockScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const [register, setRegister] = useState<Register>('cartridges')
  if (!clinic || !person) return <div aria-busy="true" />
  const mayWrite = mayDo(person, 'stock.write')
  const props = { clinic, mayWrite }
  return (
    <div className="stock-screen">
      <PageHeader
        title="Stock"
        action={
          <>
            {mayDo(person, 'lookBack.read') && (
              <Button component="a" href={hrefTo(paths.lookBack)}>
                Look back
              </Button>
            )}
            <Button component="a" href={hrefTo(paths.recalls)}>
              Recalls
            </Button>
          </>
        }
      />
      <SegmentedChoice
        label="Register"
        labelPlace="hidden"
        size="compact"
        segments={registers}
        value={register}
        onChange={setRegister}
      />
      {register === 'cartridges' && <CartridgeLots {...props} />}
      {register === 'products' && <ProductLots {...props} />}
      {register === 'devices' && <Devices {...props} />}
      <ExpirySetting mayChange={mayDo(person, 'clinic.write')} />
    </div>
  )
}

type RegisterProps = { readonly clinic: Clinic; readonly mayWrite: boolean }
function CartridgeLots({ clinic, mayWrite }: RegisterProps) {
  const [text, setText] = useState('')
  const [open, setOpen] = useState<OpenRow<CartridgeLotRow> | null>(null)
  const found = useQuery('stock.cartridgeLots', { text }, { keepPrevious: true, dependsOn: ['session'] })
  const add = () => setOpen({ row: null })
  if (found.refusal && !found.value) return <RefusalText>{sentenceFor(found.refusal)}</RefusalText>
  const lots = found.value?.lots ?? []
  return (
    <>
      <Tools
        addText="Add a cartridge lot"
        mayWrite={mayWrite}
        onAdd={add}
        search={{ text, onChange: setText, readAs: found.value?.readAs ?? null, label: 'Find a lot, maker or model' }}
      />
      <div className="stock-screen__card">
        {found.value && lots.length === 0 ? (
          <Nothing
            text={text}
            sentence="No cartridge lot is in the register."
            hint="No session starts without a cartridge that is sealed and in date."
            {...(mayWrite && { addText: 'Add the first lot', onAdd: add })}
          />
        ) : (
          <CartridgeLotTable lots={lots} onOpen={(row) => setOpen({ row })} />
        )}
      </div>
      <CartridgeLotDrawer
        open={open && { row: newest(lots, open.row, (row) => row.cartridgeLotId) }}
        clinic={clinic}
        mayWrite={mayWrite}
        onClose={() => setOpen(null)}
      />
    </>
  )
}

function ProductLots({ clinic, mayWrite }: RegisterProps) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<ProductKind | 'ALL'>('ALL')
  const [open, setOpen] = useState<OpenRow<ProductLotRow> | null>(null)
  const found = useQuery('stock.productLots', { text, kind: null }, { keepPrevious: true })
  const add = () => setOpen({ row: null })
  if (found.refusal && !found.value) return <RefusalText>{sentenceFor(found.refusal)}</RefusalText>
  const all = found.value?.lots ?? []
  const lots = kind === 'ALL' ? all : all.filter((lot) => lot.body.kind === kind)
  return (
    <>
      <Tools
        addText="Add a product lot"
        mayWrite={mayWrite}
        onAdd={add}
        search={{ text, onChange: setText, readAs: found.value?.readAs ?? null, label: 'Find a lot or a product' }}
      />
      {all.length > 0 && (
        <FilterPills
          label="Kind of product"
          pills={[
            { value: 'ALL' as const, label: 'All', count: all.length },
            ...productKinds.map((value) => ({
              value,
              label: productKindWords[value],
              count: all.filter((lot) => lot.body.kind === value).length,
            })),
          ]}
          value={kind}
          onChange={setKind}
        />
      )}
      <div className="stock-screen__card">
        {found.value && lots.length === 0 ? (
          <Nothing
            text={text}
            sentence="No product is in the register."
            hint="Anaesthetics, gels, serums, antiseptics and after-care, each with its lot."
            {...(mayWrite && { addText: 'Add the first product', onAdd: add })}
          />
        ) : (
          <ProductLotTable lots={lots} onOpen={(row) => setOpen({ row })} />
        )}
      </div>
      <ProductLotDrawer
        open={open && { row: newest(all, open.row, (row) => row.productLotId) }}
        clinic={clinic}
        mayWrite={mayWrite}
        onClose={() => setOpen(null)}
      />
    </>
  )
}

function Devices({ clinic, mayWrite }: RegisterProps) {
  const [open, setOpen] = useState<OpenRow<DeviceRow> | null>(null)
  const found = useQuery('stock.devices', {})
  const add = () => setOpen({ row: null })
  if (found.refusal && !found.value) return <RefusalText>{sentenceFor(found.refusal)}</RefusalText>
  const devices = found.value?.devices ?? []
  return (
    <>
      <Tools addText="Add a device" mayWrite={mayWrite} onAdd={add} search={null} />
      <div className="stock-screen__card">
        {found.value && devices.length === 0 ? (
          <Nothing
            text=""
            sentence="No device is in the register."
            hint="A session names the device it was done with."
            {...(mayWrite && { addText: 'Add the first device', onAdd: add })}
          />
        ) : (
          <DeviceTable devices={devices} onOpen={(row) => setOpen({ row })} />
        )}
      </div>
      <DeviceDrawer
        open={open && { row: newest(devices, open.row, (row) => row.deviceId) }}
        clinic={clinic}
        mayWrite={mayWrite}
        onClose={() => setOpen(null)}
      />
    </>
  )
}

/** The row as main last told it: what was saved in the drawer is seen in it. */
function newest<Row>(rows: readonly Row[], row: Row | null, key: (row: Row) => string): Row | null {
  return row === null ? null : (rows.find((one) => key(one) === key(row)) ?? row)
}

type Search = {
  readonly text: string
  readonly onChange: (text: string) => void
  readonly readAs: string | null
  readonly label: string
}

function Tools({
  addText,
  mayWrite,
  onAdd,
  search,
}: {
  readonly addText: string
  readonly mayWrite: boolean
  readonly onAdd: () => void
  readonly search: Search | null
}) {
  useShortcuts(mayWrite ? [{ keys: 'A', label: addText, group: 'Stock', run: onAdd }] : [])
  return (
    <div className="stock-tools">
      {search && (
        <div className="stock-tools__search">
          <TextInput
            aria-label={search.label}
            placeholder={search.label}
            leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
            autoComplete="off"
            value={search.text}
            onChange={(event) => search.onChange(event.currentTarget.value.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200))}
          />
          <p className="text-12 text-2" aria-live="polite">
            {search.readAs !== null && search.readAs !== search.text && (
              <>
                as a lot number: <span className="mono">{search.readAs}</span>
              </>
            )}
          </p>
        </div>
      )}
      {mayWrite && (
        <Button
          variant="filled"
          leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
          rightSection={<KeyHint keys="A" tone="onAccent" />}
          onClick={onAdd}
        >
          {addText}
        </Button>
      )}
    </div>
  )
}

function Nothing({
  text,
  sentence,
  hint,
  addText,
  onAdd,
}: {
  readonly text: string
  readonly sentence: string
  readonly hint: string
  readonly addText?: string
  readonly onAdd?: () => void
}) {
  if (text.trim() !== '')
    return (
      <EmptyState
        sentence="No lot, maker or product of this name."
        hint="Spaces and hyphens make no difference in a lot number."
      />
    )
  return (
    <EmptyState
      sentence={sentence}
      hint={hint}
      {...(onAdd && {
        action: (
          <Button variant="filled" onClick={onAdd}>
            {addText}
          </Button>
        ),
      })}
    />
  )
}
