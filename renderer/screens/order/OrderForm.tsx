import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { deviceTypes } from '../../../shared/domain/device.ts'
import { scarGrades } from '../../../shared/domain/order.ts'
import { type OrderDraft, usualExpiry } from '../../../shared/domain/order-draft.ts'
import { examinerKinds, examModes } from '../../../shared/domain/policy.ts'
import { addonKinds } from '../../../shared/domain/session.ts'
import { fitzpatrickTypes, indications, isHsvRelevant, isPigmentProne } from '../../../shared/domain/zones.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { DateField } from '../../parts/DateField.tsx'
import { formatDate, formatMmUnit } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import {
  addonWords,
  deviceTypeWords,
  indicationWords,
  scarGradeWords,
  skinTypeWords,
} from '../../parts/treatment-words.ts'
import { type ZoneDepth, ZoneDepths } from '../../parts/ZoneDepths.tsx'
import { zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import type { OpenedDraft } from './opened-draft.ts'
import type { OrderProps } from './order-props.ts'
import { examinerWords, examModeWords } from './order-words.ts'
import { SignOrderCard } from './SignOrderCard.tsx'
import { useOrderDraft } from './use-order-draft.ts'

/** The form of an order that is not signed yet. */
export function OrderForm(props: OrderProps) {
  const { patientId, orderId } = props
  const opened = useQuery('order.draft', { patientId, orderId }, { isForm: true })
  // What another window saves comes as a refusal of the next save; the text on this screen is never replaced.
  const [first, setFirst] = useState<OpenedDraft | null>(null)
  if (first === null && opened.value) setFirst(opened.value)
  if (opened.refusal && first === null) return <RefusalText>{sentenceFor(opened.refusal)}</RefusalText>
  if (first === null) return <div aria-busy="true" />
  return <OpenForm {...props} opened={first} standingOrders={opened.value?.standingOrders ?? first.standingOrders} />
}

export type PartProps = {
  readonly draft: OrderDraft
  readonly change: (part: Partial<OrderDraft>) => void
  readonly opened: OpenedDraft
}

function OpenForm({
  patientId,
  orderId,
  clinic,
  person,
  opened,
  standingOrders,
}: OrderProps & { readonly opened: OpenedDraft; readonly standingOrders: OpenedDraft['standingOrders'] }) {
  const form = useOrderDraft({ patientId, orderId, draftVersion: opened.draftVersion, draft: opened.draft })
  const discard = useCommand('order.discardDraft')
  const [isDiscarding, setDiscarding] = useState(false)
  const go = useGo()
  const { draft, change } = form
  const parts = { draft, change, opened }

  async function giveUp() {
    await form.flush()
    const reply = await discard.run({ patientId, orderId, draftVersion: form.version() })
    if (reply.ok) go(pathTo.plan(patientId), { replace: true })
  }

  return (
    <div className="order-screen">
      <PageHeader
        title="Treatment order"
        summary={
          <span className="order-screen__saving">
            <StateTag state="draft">
              {form.saving === 'saved'
                ? 'Draft, saved'
                : form.saving === 'saving'
                  ? 'Draft, saving'
                  : 'Draft, not saved yet'}
            </StateTag>
            Begun by {opened.ownerName}
          </span>
        }
        action={<Button onClick={() => setDiscarding(true)}>Discard the draft</Button>}
      />
      {form.refusal && <RefusalText>{sentenceFor(form.refusal)}</RefusalText>}
      <div className="order-screen__columns">
        <div className="order-screen__column">
          <ExamCard {...parts} clinic={clinic} />
          <PlanCard {...parts} clinic={clinic} />
          <MedicinesCard {...parts} />
        </div>
        <div className="order-screen__column">
          <IndicationCard {...parts} />
          <ZonesCard {...parts} />
        </div>
      </div>
      <SignOrderCard
        patientId={patientId}
        orderId={orderId}
        clinic={clinic}
        person={person}
        opened={opened}
        standingOrders={standingOrders}
        draft={draft}
        flush={form.flush}
        version={form.version}
      />
      <ConfirmDialog
        isOpen={isDiscarding}
        title="Discard this draft"
        confirmText="Discard"
        tone="red"
        isBusy={discard.isRunning}
        refusal={discard.refusal ? sentenceFor(discard.refusal) : null}
        onConfirm={() => void giveUp()}
        onCancel={() => setDiscarding(false)}
      >
        Nothing was signed. What is typed here goes and cannot be brought back.
      </ConfirmDialog>
    </div>
  )
}

function ExamCard({ draft, change, opened, clinic }: PartProps & Pick<OrderProps, 'clinic'>) {
  const { examiner } = draft
  const { rules, examiners } = opened
  return (
    <SectionCard title="Examination">
      <div className="order-fields">
        <Select
          label="Examined by"
          data={[
            ...examiners.map((one) => ({ value: one.staffId as string, label: one.printedName })),
            { value: 'other', label: 'Somebody outside the clinic' },
          ]}
          value={examiner.staffId ?? 'other'}
          onChange={(value) => {
            const known = examiners.find((one) => one.staffId === value)
            change({ examiner: known ?? { staffId: null, printedName: '', kind: examiner.kind } })
          }}
        />
        {examiner.staffId === null && (
          <TextInput
            label="Name of the examiner"
            maxLength={120}
            autoComplete="off"
            value={examiner.printedName}
            onChange={(event) => change({ examiner: { ...examiner, printedName: event.currentTarget.value } })}
          />
        )}
        <SegmentedChoice
          label="Examiner is a"
          size="compact"
          segments={examinerKinds.map((value) => ({
            value,
            label: examinerWords[value],
            isDisabled: examiner.staffId !== null || !rules.gfeBy.includes(value),
          }))}
          value={examiner.kind}
          onChange={(kind) => change({ examiner: { ...examiner, kind } })}
        />
        <SegmentedChoice
          label="How"
          size="compact"
          segments={examModes.map((value) => ({
            value,
            label: examModeWords[value],
            isDisabled: !rules.gfeModes.includes(value),
          }))}
          value={draft.examMode}
          onChange={(examMode) => change({ examMode })}
        />
        <DateField
          label="Examined on"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={draft.examinedOn}
          onChange={(examinedOn) => change({ examinedOn })}
          isRequired
        />
        <Select
          label="Skin type (Fitzpatrick)"
          placeholder="Choose"
          required
          data={fitzpatrickTypes.map((value) => ({ value, label: skinTypeWords[value] }))}
          value={draft.fst}
          onChange={(value) => change({ fst: fitzpatrickTypes.find((known) => known === value) ?? null })}
        />
        <Checkbox
          className="order-fields__wide"
          label="Medical history and questionnaire reviewed"
          checked={draft.isHistoryReviewed}
          onChange={(event) => change({ isHistoryReviewed: event.currentTarget.checked })}
        />
        <Textarea
          className="order-fields__wide"
          label="Findings"
          required
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={draft.findings}
          onChange={(event) => change({ findings: event.currentTarget.value })}
        />
        <Textarea
          className="order-fields__wide"
          label="Diagnosis"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1000}
          value={draft.diagnosis}
          onChange={(event) => change({ diagnosis: event.currentTarget.value })}
        />
      </div>
    </SectionCard>
  )
}

function IndicationCard({ draft, change }: PartProps) {
  return (
    <SectionCard title="What is treated">
      <fieldset className="order-ticks">
        <legend className="visually-hidden">Indications</legend>
        {indications.map((value) => (
          <Checkbox
            key={value}
            label={indicationWords[value]}
            checked={draft.indications.includes(value)}
            onChange={(event) =>
              change({
                indications: indications.filter((other) =>
                  other === value ? event.currentTarget.checked : draft.indications.includes(other),
                ),
              })
            }
          />
        ))}
      </fieldset>
      {draft.indications.includes('ACNE_SCAR') && (
        <Select
          label="Grade of the acne scars (Goodman and Baron, 2006)"
          placeholder="Choose the grade"
          required
          data={scarGrades.map((value) => ({ value, label: scarGradeWords[value] }))}
          value={draft.scarGrade}
          onChange={(value) => change({ scarGrade: scarGrades.find((known) => known === value) ?? null })}
        />
      )}
      {draft.indications.includes('ACNE_SCAR') && draft.scarGrade === 'GB_2006_4' && (
        <p className="order-hint" data-tone="amber">
          Microneedling works for minor scarring; discuss the alternatives for severe scars.
        </p>
      )}
    </SectionCard>
  )
}

function ZonesCard({ draft, change, opened }: PartProps) {
  const { rules } = opened
  const rows: readonly ZoneDepth[] = draft.zones.map(({ maxDepthUm, ...place }) => ({ ...place, depthUm: maxDepthUm }))
  return (
    <SectionCard
      title="Zones and the deepest setting allowed"
      note={`Clinic’s ceiling ${formatMmUnit(rules.ceilingDepthUm)}`}
    >
      <ZoneDepths
        rows={rows}
        onChange={(next) => change({ zones: next.map(({ depthUm, ...place }) => ({ ...place, maxDepthUm: depthUm })) })}
        depthLabel="Maximum depth"
        isOrbitalEnabled={rules.orbitalEnabled}
        judge={(row) => judgeRow(row, draft, rules)}
      />
    </SectionCard>
  )
}

/** The policy's ceiling is a bound; the zone's usual maximum and the skin type are advice. */
function judgeRow(row: ZoneDepth, draft: OrderDraft, rules: OpenedDraft['rules']) {
  const { depthUm } = row
  if (depthUm === null) return { isOver: false, sentence: null }
  if (depthUm > rules.ceilingDepthUm) {
    return { isOver: true, sentence: `over the clinic’s ceiling of ${formatMmUnit(rules.ceilingDepthUm)}` }
  }
  const softMaxUm = rules.softMaxUm[row.zone]
  if (softMaxUm !== null && depthUm > softMaxUm) {
    return { isOver: false, sentence: `over this zone’s usual ${formatMmUnit(softMaxUm)}: a session will warn` }
  }
  if (draft.fst !== null && isPigmentProne(draft.fst) && depthUm > rules.pigmentProneWarnAboveUm) {
    return { isOver: false, sentence: `deep for skin type ${draft.fst}: start conservatively` }
  }
  return { isOver: false, sentence: null }
}

function PlanCard({ draft, change, opened, clinic }: PartProps & Pick<OrderProps, 'clinic'>) {
  const { rules, series } = opened
  const usualEnd = draft.examinedOn === null ? null : usualExpiry(draft.examinedOn, rules)
  return (
    <SectionCard title="Course">
      <div className="order-fields">
        <Select
          className="order-fields__wide"
          label="Belongs to"
          data={[
            { value: 'none', label: 'No course yet' },
            ...series.map((one) => ({
              value: one.seriesId as string,
              label: one.goalText.trim() || `Course of ${one.sessionsPlanned} sessions`,
            })),
          ]}
          value={draft.seriesId ?? 'none'}
          onChange={(value) => change({ seriesId: series.find((one) => one.seriesId === value)?.seriesId ?? null })}
        />
        <NumberInput
          label={`Sessions (at most ${rules.orderMaxSessions})`}
          min={1}
          max={52}
          allowDecimal={false}
          value={draft.sessions ?? ''}
          onChange={(value) => change({ sessions: wholeNumber(value, 52) })}
        />
        <NumberInput
          label="Interval in months"
          min={1}
          max={12}
          allowDecimal={false}
          value={draft.intervalMonths ?? ''}
          onChange={(value) => change({ intervalMonths: wholeNumber(value, 12) })}
        />
        <SegmentedChoice
          label="Device"
          size="compact"
          segments={deviceTypes.map((value) => ({ value, label: deviceTypeWords[value] }))}
          value={draft.deviceType}
          onChange={(deviceType) => change({ deviceType })}
        />
        <DateField
          label="Last day"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={draft.expiresOn ?? usualEnd}
          onChange={(expiresOn) => change({ expiresOn: expiresOn === usualEnd ? null : expiresOn })}
          description={usualEnd === null ? undefined : `The policy allows until ${formatDate(usualEnd)}`}
        />
        <Textarea
          className="order-fields__wide"
          label="Conditions"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2000}
          value={draft.conditions}
          onChange={(event) => change({ conditions: event.currentTarget.value })}
        />
      </div>
    </SectionCard>
  )
}

function MedicinesCard({ draft, change }: PartProps) {
  const hsvZones = draft.zones.filter(({ zone }) => isHsvRelevant(zone))
  const isNamed = (place: OrderDraft['zones'][number]) =>
    draft.prophylaxisZones.some(({ zone, side }) => zone === place.zone && side === place.side)
  return (
    <SectionCard title="Medicines and add-ons">
      <div className="order-fields">
        <Textarea
          className="order-fields__wide"
          label="Anaesthetic order"
          description="As prescribed; the program suggests none"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1000}
          value={draft.anaestheticOrder}
          onChange={(event) => change({ anaestheticOrder: event.currentTarget.value })}
        />
        <Textarea
          className="order-fields__wide"
          label="Prophylaxis against cold sores"
          description="As prescribed; on the day it is asked whether it was started"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1000}
          value={draft.prophylaxisOrder}
          onChange={(event) => change({ prophylaxisOrder: event.currentTarget.value })}
        />
        {(draft.prophylaxisOrder.trim() !== '' || draft.prophylaxisZones.length > 0) && (
          <fieldset className="order-ticks order-fields__wide">
            <legend>Without it these zones do not start</legend>
            {hsvZones.length === 0 && <p className="text-2">Choose zones of the face first.</p>}
            {hsvZones.map((place) => (
              <Checkbox
                key={`${place.zone} ${place.side} ${place.site ?? ''}`}
                label={zoneSideName(place)}
                checked={isNamed(place)}
                onChange={(event) => {
                  const others = draft.prophylaxisZones.filter(
                    ({ zone, side }) => zone !== place.zone || side !== place.side,
                  )
                  change({
                    prophylaxisZones: event.currentTarget.checked
                      ? [...others, { zone: place.zone, side: place.side }]
                      : others,
                  })
                }}
              />
            ))}
          </fieldset>
        )}
        <fieldset className="order-ticks order-fields__wide">
          <legend>Add-ons</legend>
          {addonKinds.map((value) => (
            <Checkbox
              key={value}
              label={addonWords[value]}
              checked={draft.addons.includes(value)}
              onChange={(event) =>
                change({
                  addons: addonKinds.filter((other) =>
                    other === value ? event.currentTarget.checked : draft.addons.includes(other),
                  ),
                })
              }
            />
          ))}
          {draft.addons.length > 0 && (
            <p className="order-hint">
              Kept in the order. A session with an add-on cannot be started yet: it needs a consent clause of its own.
            </p>
          )}
        </fieldset>
      </div>
    </SectionCard>
  )
}

function wholeNumber(value: string | number, max: number): number | null {
  const number = typeof value === 'number' ? value : Number.parseInt(value, 10)
  return Number.isInteger(number) && number >= 1 && number <= max ? number : null
}
