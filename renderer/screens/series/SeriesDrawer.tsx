import { Button, Checkbox, Drawer, NumberInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { standardViews } from '../../../shared/domain/photo.ts'
import { photoPlans, seriesSessionBounds } from '../../../shared/domain/series.ts'
import { indications } from '../../../shared/domain/zones.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { Input } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { photoPlanWords, viewSentences, viewWords } from '../../parts/photo-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { indicationWords } from '../../parts/treatment-words.ts'
import { ZoneDepths } from '../../parts/ZoneDepths.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import type { SeriesForm } from './series-form-props.ts'

export type SeriesDrawerProps = {
  readonly patientId: PatientId
  readonly form: SeriesForm | null
  readonly usual: { readonly sessions: number; readonly intervalMonths: number }
  readonly onClose: () => void
}

export function SeriesDrawer(props: SeriesDrawerProps) {
  const { form, onClose } = props
  return (
    <Drawer
      opened={form !== null}
      onClose={onClose}
      title={form?.series ? 'Change the plan' : 'Plan a course'}
      size={860}
    >
      {form && <SeriesFields key={form.series?.seriesId ?? 'new'} {...props} form={form} />}
    </Drawer>
  )
}

type Plan = Omit<Input<'series.plan'>, 'patientId'>

function SeriesFields({ patientId, form, usual, onClose }: SeriesDrawerProps & { readonly form: SeriesForm }) {
  const { series } = form
  const plan = useCommand('series.plan')
  const edit = useCommand('series.edit')
  const [draft, setDraft] = useState<Plan>(() => firstPlan(series, usual))
  const set = (part: Partial<Plan>) => setDraft((before) => ({ ...before, ...part }))
  const refusal = plan.refusal ?? edit.refusal
  const hasOpenSite = draft.zones.some(({ zone, site }) => zone === 'SCAR_SITE' && !site?.trim())
  const isPhotoPlanned = draft.photos !== 'TAKEN' || draft.photoViews.length > 0
  const isComplete =
    isPhotoPlanned && draft.goals.length > 0 && draft.sessionsPlanned >= seriesSessionBounds.from && !hasOpenSite

  async function save() {
    const reply = series
      ? await edit.run({ patientId, seriesId: series.seriesId, version: series.version, ...draft })
      : await plan.run({ patientId, ...draft })
    if (reply.ok) onClose()
  }

  return (
    <form
      className="series-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void save()
      }}
    >
      <fieldset className="series-form__goals">
        <legend>Goals</legend>
        {indications.map((value) => (
          <Checkbox
            key={value}
            label={indicationWords[value]}
            checked={draft.goals.includes(value)}
            onChange={(event) =>
              set({
                goals: indications.filter((other) =>
                  other === value ? event.currentTarget.checked : draft.goals.includes(other),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <Textarea
        label="In the patient’s own words"
        autosize
        minRows={1}
        maxRows={4}
        maxLength={1000}
        value={draft.goalText}
        onChange={(event) => set({ goalText: event.currentTarget.value })}
      />
      <div className="series-form__numbers">
        <NumberInput
          label="Sessions (1 to 12)"
          min={seriesSessionBounds.from}
          max={seriesSessionBounds.to}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.sessionsPlanned}
          onChange={(value) => set({ sessionsPlanned: typeof value === 'number' ? value : 0 })}
        />
        <NumberInput
          label="Months between them"
          min={1}
          max={12}
          allowDecimal={false}
          clampBehavior="strict"
          value={draft.intervalMonths}
          onChange={(value) => set({ intervalMonths: typeof value === 'number' ? value : 1 })}
        />
        <SegmentedChoice
          label="Photos"
          segments={photoPlans.map((value) => ({ value, label: photoPlanWords[value] }))}
          value={draft.photos}
          onChange={(photos) => set({ photos, photoViews: photos === 'TAKEN' ? [...standardViews] : [] })}
        />
      </div>
      {draft.photos === 'TAKEN' && (
        <fieldset className="series-form__goals">
          <legend>Views before every session</legend>
          {standardViews.map((view) => (
            <Checkbox
              key={view}
              label={view === 'FRONT' ? viewWords[view] : `${viewWords[view]}, ${viewSentences[view]}`}
              checked={draft.photoViews.includes(view)}
              onChange={(event) =>
                set({
                  photoViews: standardViews.filter((other) =>
                    other === view ? event.currentTarget.checked : draft.photoViews.includes(other),
                  ),
                })
              }
            />
          ))}
        </fieldset>
      )}
      <ZoneDepths
        rows={draft.zones}
        onChange={(zones) => set({ zones: zones.map((zone) => ({ ...zone })) })}
        depthLabel="Planned depth"
        isOrbitalEnabled={false}
      />
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      <div className="series-form__foot">
        <Button onClick={onClose}>Back</Button>
        <Button type="submit" variant="filled" disabled={!isComplete || plan.isRunning || edit.isRunning}>
          {series ? 'Save the plan' : 'Plan the course'}
        </Button>
      </div>
    </form>
  )
}

function firstPlan(series: SeriesForm['series'], usual: SeriesDrawerProps['usual']): Plan {
  if (!series)
    return {
      goals: [],
      goalText: '',
      zones: [],
      sessionsPlanned: usual.sessions,
      intervalMonths: usual.intervalMonths,
      photos: 'TAKEN',
      photoViews: [...standardViews],
    }
  const { goals, goalText, zones, sessionsPlanned, intervalMonths, photos, photoViews } = series.body
  return { goals, goalText, zones, sessionsPlanned, intervalMonths, photos, photoViews: [...photoViews] }
}
