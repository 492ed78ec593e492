import './recall.css'
import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import { type TraceCriteria, type TraceKind, traceProblem } from '../../../shared/domain/recall.ts'
import type { DeviceId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { hrefTo, paths } from '../../app/paths.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { ScanField } from '../../parts/ScanField.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { TraceResult } from './TraceResult.tsx'

type Kind = Exclude<TraceKind, 'EXPOSURE'>
const kinds: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'LOT', label: 'Lot' },
  { value: 'PRODUCT', label: 'Article' },
  { value: 'UDI', label: 'Label (UDI)' },
  { value: 'DEVICE', label: 'Device' },
]

/** Who was treated with it: a lot, every lot of an article, a label or a device. */
export function TraceScreen() {
  const clinic = useClinic()
  const [criteria, setCriteria] = useState<TraceCriteria | null>(null)
  const { value, refusal, isLoading } = useQuery(
    'recall.search',
    { criteria: criteria ?? nothing },
    { isEnabled: criteria !== null, dependsOn: ['session', 'stock', 'patient', 'complication'] },
  )
  if (!clinic) return <div aria-busy="true" />
  return (
    <div className="recall-screen">
      <PageHeader title="Trace" summary={<a href={hrefTo(paths.recalls)}>All recalls</a>} />
      <SectionCard title="What is traced">
        <TraceForm clinic={clinic} isBusy={isLoading} onTrace={setCriteria} />
      </SectionCard>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {criteria && value && <TraceResult traced={value} criteria={criteria} today={clinic.today} />}
    </div>
  )
}

const nothing: TraceCriteria = { kind: 'LOT', lot: '', from: null, to: null }

function TraceForm({
  clinic,
  isBusy,
  onTrace,
}: {
  readonly clinic: Clinic
  readonly isBusy: boolean
  readonly onTrace: (criteria: TraceCriteria) => void
}) {
  const [kind, setKind] = useState<Kind>('LOT')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [from, setFrom] = useState<CalendarDate | null>(null)
  const [to, setTo] = useState<CalendarDate | null>(null)
  const criteria = criteriaOf({ kind, text, chosen, from, to })
  const problem = criteria && traceProblem(criteria)
  const trace = () => criteria !== null && problem === null && onTrace(criteria)
  const date = { kind: 'any', order: clinic.dateOrder, today: clinic.today } as const
  return (
    <form
      className="trace-form"
      onSubmit={(event) => {
        event.preventDefault()
        trace()
      }}
    >
      <div className="trace-form__wide">
        <SegmentedChoice
          label="Trace by"
          segments={kinds}
          value={kind}
          onChange={(next) => {
            setKind(next)
            setChosen(null)
          }}
        />
      </div>
      {kind === 'LOT' && (
        <ScanField
          label="Lot number"
          description="in any spelling, typed or scanned"
          today={clinic.today}
          value={text}
          onChange={setText}
          onEnter={trace}
        />
      )}
      {kind === 'UDI' && (
        <ScanField
          label="Code of the label"
          description="the device identifier, or the whole code"
          today={clinic.today}
          value={text}
          onChange={setText}
          onEnter={trace}
        />
      )}
      {kind === 'PRODUCT' && <ArticleChoice value={chosen} onChange={setChosen} />}
      {kind === 'DEVICE' && <DeviceChoice value={chosen} onChange={setChosen} />}
      <DateField {...date} label="First day" value={from} onChange={setFrom} />
      <DateField {...date} label="Last day" value={to} onChange={setTo} />
      <div className="trace-form__foot">
        <RefusalText>{problem === 'WINDOW_BACKWARDS' ? sentenceFor({ code: problem }) : null}</RefusalText>
        <Button type="submit" variant="filled" disabled={criteria === null || problem !== null || isBusy}>
          Trace
        </Button>
      </div>
    </form>
  )
}

/** Null while nothing is chosen. */
function criteriaOf({
  kind,
  text,
  chosen,
  from,
  to,
}: {
  readonly kind: Kind
  readonly text: string
  readonly chosen: string | null
  readonly from: CalendarDate | null
  readonly to: CalendarDate | null
}): TraceCriteria | null {
  const window = { from, to }
  switch (kind) {
    case 'LOT':
      return { kind, lot: text, ...window }
    case 'UDI':
      return { kind, code: text, ...window }
    case 'DEVICE':
      return chosen === null ? null : { kind, deviceId: chosen as DeviceId, ...window }
    case 'PRODUCT': {
      if (chosen === null) return null
      const isCartridge = chosen.startsWith(cartridgeMark)
      const article = chosen.slice(cartridgeMark.length)
      return { kind, register: isCartridge ? 'CARTRIDGE_LOT' : 'PRODUCT_LOT', article, ...window }
    }
  }
}

const cartridgeMark = 'c:'
const productMark = 'p:'

type ChoiceProps = { readonly value: string | null; readonly onChange: (value: string | null) => void }

function ArticleChoice({ value, onChange }: ChoiceProps) {
  const cartridges = useQuery('stock.cartridgeLots', { text: '' })
  const products = useQuery('stock.productLots', { text: '', kind: null })
  const options = new Map([
    ...(cartridges.value?.lots ?? []).map(
      ({ body }) =>
        [`${cartridgeMark}${body.manufacturer}|${body.model}`, `${body.manufacturer} ${body.model}`] as const,
    ),
    ...(products.value?.lots ?? []).map(({ body }) => [`${productMark}${body.name}`, body.name] as const),
  ])
  return (
    <Select
      label="Article"
      placeholder="Choose"
      searchable
      data={[...options].map(([key, label]) => ({ value: key, label }))}
      value={value}
      onChange={onChange}
    />
  )
}

function DeviceChoice({ value, onChange }: ChoiceProps) {
  const { value: found } = useQuery('stock.devices', {})
  return (
    <Select
      label="Device"
      placeholder="Choose"
      searchable
      data={(found?.devices ?? []).map(({ deviceId, body }) => ({
        value: deviceId,
        label: `${body.manufacturer} ${body.model}, ${body.serial}`,
      }))}
      value={value}
      onChange={onChange}
    />
  )
}
