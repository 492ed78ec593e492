import { Select } from '@mantine/core'
import type { ProductKind } from '../../../shared/domain/lot.ts'
import type { DraftOf, ProductUse } from '../../../shared/domain/session.ts'
import type { ProductChoice } from '../../../shared/domain/session-desk.ts'
import { formatDate } from '../../parts/format.ts'
import { useSessionWork } from './desk-context.ts'
import { Field, LineField } from './Fields.tsx'

export type ProductFieldsProps = {
  /** Path of the product in the draft. */
  readonly path: string
  /** `Numbing cream`. */
  readonly label: string
  readonly kinds: readonly ProductKind[]
  readonly use: DraftOf<ProductUse>
  /** `known` is the lot chosen from stock; null where name or lot were typed. */
  readonly onChange: (part: DraftOf<ProductUse>, known: ProductChoice | null) => void
}

/** A product from stock, or typed by hand with its lot. */
export function ProductFields({ path, label, kinds, use, onChange }: ProductFieldsProps) {
  const { desk } = useSessionWork()
  const choices = desk.productLots.filter(({ kind }) => kinds.includes(kind))
  return (
    <div className="session-grid">
      {choices.length > 0 && (
        <Select
          label={`${label} from stock`}
          placeholder="Choose"
          searchable
          nothingFoundMessage="Not in the register: type it"
          data={choices.map((choice) => ({
            value: choice.productLotId,
            label: `${choice.name} · ${choice.lotRaw}, to ${formatDate(choice.expiresOn)}${choice.status === 'AVAILABLE' ? '' : ` (${choice.status.toLowerCase()})`}`,
          }))}
          value={use.productLotId ?? null}
          onChange={(value) => {
            const known = choices.find(({ productLotId }) => productLotId === value)
            if (known) onChange({ productLotId: known.productLotId, name: known.name, lotRaw: known.lotRaw }, known)
          }}
        />
      )}
      <Field path={`${path}.name`}>
        <LineField
          label={`${label}: product`}
          value={use.name}
          onChange={(name) => onChange({ name, productLotId: null }, null)}
        />
      </Field>
      <Field path={`${path}.lotRaw`}>
        <LineField
          label={`${label}: lot`}
          value={use.lotRaw}
          maxLength={60}
          onChange={(lotRaw) => onChange({ lotRaw: lotRaw === '' ? null : lotRaw, productLotId: null }, null)}
        />
      </Field>
    </div>
  )
}
