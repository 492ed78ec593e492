import { Button, Checkbox, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { productClasses } from '../../../shared/domain/lot.ts'
import { addonKinds, type SessionDraft } from '../../../shared/domain/session.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { addonWords } from '../../parts/treatment-words.ts'
import { AnaestheticCard } from './AnaestheticCard.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field, Sheet, TickList, YesNoField } from './Fields.tsx'
import { ProductFields } from './ProductFields.tsx'
import { productClassWords } from './session-words.ts'

/** Skin preparation, numbing, add-ons and what went onto the skin. */
export function ProductsPart() {
  const { isStarted } = useSessionWork()
  return (
    <Sheet>
      <PrepCard />
      <AnaestheticCard />
      {!isStarted && <PlannedAddonsCard />}
      {isStarted && <AddonsCard />}
      {isStarted && <PostProductsCard />}
    </Sheet>
  )
}

function PrepCard() {
  const { draft, change } = useSessionWork()
  return (
    <SectionCard title="Skin preparation">
      <Field path="skinPrep">
        <ProductFields
          path="skinPrep"
          label="Antiseptic"
          kinds={['ANTISEPTIC']}
          use={draft.skinPrep ?? {}}
          onChange={(part) => change((before) => ({ ...before, skinPrep: { ...before.skinPrep, ...part } }))}
        />
      </Field>
    </SectionCard>
  )
}

function PlannedAddonsCard() {
  const { draft, set } = useSessionWork()
  return (
    <SectionCard title="Add-ons planned" note="each needs its own order and consent clause">
      <Field path="addons">
        <TickList
          label="Planned"
          options={addonKinds.map((value) => [value, addonWords[value]] as const)}
          chosen={draft.plan?.addons ?? []}
          onChange={(addons) => set({ plan: { ...draft.plan, addons: [...addons] } })}
        />
      </Field>
    </SectionCard>
  )
}

type Addon = NonNullable<SessionDraft['addons']>[number]

function AddonsCard() {
  const { draft, change, desk } = useSessionWork()
  const addons = draft.addons ?? []

  function setAddon(index: number, part: Partial<Addon>) {
    change((before) => ({
      ...before,
      addons: (before.addons ?? []).map((one, at) => (at === index ? { ...one, ...part } : one)),
    }))
  }

  return (
    <SectionCard
      title="Add-ons"
      aside={
        <Button
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => change((before) => ({ ...before, addons: [...(before.addons ?? []), {}] }))}
        >
          Add-on
        </Button>
      }
    >
      <Field path="addons">
        {addons.length === 0 ? (
          <p className="text-2">None.</p>
        ) : (
          <ul className="session-list">
            {addons.map((addon, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their order
              <li key={index} className="session-fields">
                <div className="session-row">
                  <Field path={`addons[${index}].kind`}>
                    <SegmentedChoice
                      label={`Add-on ${index + 1}`}
                      segments={addonKinds.map((value) => ({ value, label: addonWords[value] }))}
                      value={addon.kind ?? null}
                      onChange={(kind) => setAddon(index, { kind })}
                    />
                  </Field>
                  <Button
                    size="xs"
                    variant="subtle"
                    onClick={() =>
                      change((before) => ({
                        ...before,
                        addons: (before.addons ?? []).filter((_one, at) => at !== index),
                      }))
                    }
                  >
                    Remove add-on {index + 1}
                  </Button>
                </div>
                <ProductFields
                  path={`addons[${index}]`}
                  label={`Add-on ${index + 1}`}
                  kinds={['SERUM', 'POST_CARE']}
                  use={addon}
                  onChange={(part) => setAddon(index, part)}
                />
                <div className="session-row">
                  <Checkbox
                    label="The consent has its clause"
                    checked={addon.hasConsentClause === true}
                    onChange={(event) => setAddon(index, { hasConsentClause: event.currentTarget.checked })}
                  />
                  <Checkbox
                    label="Under the treatment order"
                    checked={!!addon.orderId}
                    disabled={desk.order === null}
                    onChange={(event) =>
                      setAddon(index, { orderId: event.currentTarget.checked ? (desk.order?.orderId ?? null) : null })
                    }
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Field>
    </SectionCard>
  )
}

type PostProduct = NonNullable<NonNullable<NonNullable<SessionDraft['postProducts']>['products']>[number]>

function PostProductsCard() {
  const { draft, change } = useSessionWork()
  const { postProducts } = draft
  const products = postProducts?.products ?? []

  function setProducts(update: (before: readonly PostProduct[]) => readonly PostProduct[]) {
    change((before) => ({
      ...before,
      postProducts: { ...before.postProducts, products: update(before.postProducts?.products ?? []) },
    }))
  }
  function setProduct(index: number, part: Partial<PostProduct>) {
    setProducts((before) => before.map((one, at) => (at === index ? { ...one, ...part } : one)))
  }

  return (
    <SectionCard title="Products during and after">
      <div className="session-fields">
        <Field path="postProducts.kind">
          <YesNoField
            label="Products applied"
            value={postProducts?.kind ? postProducts.kind === 'APPLIED' : null}
            onChange={(isApplied) =>
              change((before) => ({
                ...before,
                postProducts: {
                  ...before.postProducts,
                  kind: isApplied ? 'APPLIED' : 'NONE',
                  products: before.postProducts?.products?.length
                    ? before.postProducts.products
                    : [{ moment: 'AFTER' }],
                },
              }))
            }
          />
        </Field>
        {postProducts?.kind === 'APPLIED' && (
          <ul className="session-list">
            {products.map((product, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their order
              <li key={index} className="session-fields">
                <ProductFields
                  path={`postProducts.products[${index}]`}
                  label={`Product ${index + 1}`}
                  kinds={['SERUM', 'GLIDE_GEL', 'POST_CARE']}
                  use={product}
                  onChange={(part, known) =>
                    setProduct(index, known ? { ...part, productClass: known.productClass } : part)
                  }
                />
                <div className="session-row">
                  <Field path={`postProducts.products[${index}].productClass`}>
                    <Select
                      label="Class"
                      placeholder="Choose"
                      w={140}
                      data={productClasses.map((value) => ({ value, label: productClassWords[value] }))}
                      value={product.productClass ?? null}
                      onChange={(value) => {
                        const productClass = productClasses.find((known) => known === value)
                        if (productClass) setProduct(index, { productClass })
                      }}
                    />
                  </Field>
                  <Field path={`postProducts.products[${index}].moment`}>
                    <SegmentedChoice
                      label="When"
                      segments={[
                        { value: 'DURING', label: 'During' },
                        { value: 'AFTER', label: 'After' },
                      ]}
                      value={product.moment ?? null}
                      onChange={(moment) => setProduct(index, { moment })}
                    />
                  </Field>
                  {products.length > 1 && (
                    <Button
                      size="xs"
                      variant="subtle"
                      onClick={() => setProducts((before) => before.filter((_one, at) => at !== index))}
                    >
                      Remove product {index + 1}
                    </Button>
                  )}
                </div>
              </li>
            ))}
            <li>
              <Button
                size="xs"
                leftSection={<IconPlus size={14} aria-hidden="true" />}
                onClick={() => setProducts((before) => [...before, { moment: 'AFTER' }])}
              >
                Another product
              </Button>
            </li>
          </ul>
        )}
      </div>
    </SectionCard>
  )
}
