import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate, formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field, LineField, TimeField, YesNoField } from './Fields.tsx'

type Use = NonNullable<SessionDraft['cartridgeUses']>[number]

/** Every cartridge of this visit: which lot, intact, opened when, and where it went. */
export function CartridgesCard() {
  const { draft, set, clinic } = useSessionWork()
  const uses = draft.cartridgeUses ?? []

  function add() {
    const labels = uses.map(({ label }) => label)
    let number = uses.length + 1
    while (labels.includes(`c${number}`)) number += 1
    set({ cartridgeUses: [...uses, { label: `c${number}`, openedAt: clinic.now }] })
  }

  return (
    <SectionCard
      title="Cartridges"
      note="one patient, one visit"
      aside={
        <Button size="xs" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={add}>
          Open a cartridge
        </Button>
      }
    >
      <Field path="cartridgeUses">
        {uses.length === 0 ? (
          <p className="text-2">No cartridge is opened yet.</p>
        ) : (
          <ul className="session-list">
            {uses.map((use, index) => (
              <li key={use.label ?? index}>
                <CartridgeFields use={use} index={index} />
              </li>
            ))}
          </ul>
        )}
      </Field>
    </SectionCard>
  )
}

function CartridgeFields({ use, index }: { readonly use: Use; readonly index: number }) {
  const { draft, change, desk, clinic, isStarted } = useSessionWork()
  const path = `cartridgeUses[${index}]`
  const name = `Cartridge ${use.label ?? index + 1}`
  const isUsed = (draft.zoneRows ?? []).some((row) => row.cartridge === use.label && typeof row.depthUm === 'number')

  function setUse(part: Partial<Use>) {
    change((before) => ({
      ...before,
      cartridgeUses: (before.cartridgeUses ?? []).map((one, at) => (at === index ? { ...one, ...part } : one)),
    }))
  }

  function remove() {
    change((before) => ({
      ...before,
      cartridgeUses: (before.cartridgeUses ?? []).filter((_one, at) => at !== index),
    }))
  }

  return (
    <div className="session-fields">
      <div className="session-row">
        <strong>{name}</strong>
        {!isUsed && (
          <Button size="xs" variant="subtle" onClick={remove}>
            Remove {use.label}
          </Button>
        )}
      </div>
      <div className="session-grid">
        <Select
          label={`${name}: from stock`}
          placeholder="Choose a lot"
          searchable
          clearable
          nothingFoundMessage="Not in the register: type the lot"
          data={desk.cartridgeLots.map((lot) => ({
            value: lot.cartridgeLotId,
            label: `${lot.lotRaw} · ${lot.model}, ${formatMm(lot.maxLengthUm)} mm, to ${formatDate(lot.expiresOn)}${lot.status === 'AVAILABLE' ? '' : ` (${lot.status.toLowerCase()})`}`,
          }))}
          value={use.cartridgeLotId ?? null}
          onChange={(value) => {
            const lot = desk.cartridgeLots.find(({ cartridgeLotId }) => cartridgeLotId === value)
            setUse(
              lot
                ? {
                    cartridgeLotId: lot.cartridgeLotId,
                    lotRaw: lot.lotRaw,
                    expiresOn: lot.expiresOn,
                    maxLengthUm: lot.maxLengthUm,
                  }
                : { cartridgeLotId: null },
            )
          }}
        />
        <Field path={`${path}.lotRaw`}>
          <LineField
            label="Lot as printed"
            value={use.lotRaw}
            maxLength={60}
            onChange={(lotRaw) => setUse({ lotRaw, cartridgeLotId: null })}
          />
        </Field>
        <Field path={`${path}.expiresOn`}>
          <DateField
            label="Expires"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={use.expiresOn ?? null}
            onChange={(expiresOn) => setUse({ expiresOn })}
          />
        </Field>
        <LineField
          label="Serial, if any"
          value={use.serial}
          maxLength={60}
          onChange={(serial) => setUse({ serial: serial === '' ? null : serial })}
        />
        <Field path={`${path}.isSealIntact`}>
          <YesNoField
            label="Seal intact"
            value={use.isSealIntact}
            onChange={(isSealIntact) => setUse({ isSealIntact })}
          />
        </Field>
        <Field path={`${path}.openedAt`}>
          <TimeField
            label="Opened at"
            value={use.openedAt}
            onChange={(openedAt) => setUse({ openedAt })}
            now={clinic.now}
            timeZone={clinic.timeZone}
            near={draft.startedAt ?? null}
            day={clinic.today}
          />
        </Field>
        {isStarted && (
          <>
            <Field path={`${path}.isDiscarded`}>
              <YesNoField
                label="Discarded after use"
                value={use.isDiscarded}
                onChange={(isDiscarded) => setUse({ isDiscarded })}
              />
            </Field>
            <Field path={`${path}.isSharpsDisposed`}>
              <YesNoField
                label="In the sharps container"
                value={use.isSharpsDisposed}
                onChange={(isSharpsDisposed) => setUse({ isSharpsDisposed })}
              />
            </Field>
          </>
        )}
      </div>
    </div>
  )
}
