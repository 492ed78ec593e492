import { Button, Checkbox, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import {
  causalities,
  complicationOutcomes,
  isResolved,
  mustNotifyPhysician,
  seriesDecisions,
} from '../../../shared/domain/complication.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import type { Input, Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { causalityWords, outcomeWords, seriesDecisionWords } from '../../parts/complication-words.ts'
import { DateField } from '../../parts/DateField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type Notice, NoticeFields, PhysicianSelect, SessionField, SignsField, ZonesField } from './fields.tsx'
import { NamingFields } from './NewReport.tsx'
import { PhotosField } from './PhotosField.tsx'

type Findings = Omit<Input<'complication.assess'>, 'patientId' | 'complicationId' | 'version' | 'notices'>

/** What is found today, on top of what was found before. Every save is a version of its own. */
export function AssessmentForm({
  opened: { complication, body },
  clinic,
  person,
}: {
  readonly opened: Output<'complication.open'>
  readonly clinic: Clinic
  readonly person: Person
}) {
  const assess = useCommand('complication.assess')
  const go = useGo()
  const [found, setFound] = useState<Findings>(() => findingsOf(body))
  const [notice, setNotice] = useState<Notice | null>(null)
  const set = (change: Partial<Findings>) => setFound((before) => ({ ...before, ...change }))
  const grade = found.grade ?? body.grade
  const worstGrade = Math.max(body.worstGrade ?? 0, grade ?? 0) || null
  const mustTell = mustNotifyPhysician({
    code: found.code,
    grade,
    worstGrade: worstGrade as typeof grade,
    signs: found.signs,
  })
  const needsNotice = mustTell === 'AT_ONCE' && body.physicianNotices.length === 0
  const isComplete = !needsNotice || notice !== null
  const isChanged = notice !== null || JSON.stringify(found) !== JSON.stringify(findingsOf(body))

  async function save(): Promise<boolean> {
    if (!isComplete || assess.isRunning) return false
    const { patientId, complicationId, version } = complication
    const notices = notice === null ? [] : [notice]
    return (await assess.run({ patientId, complicationId, version, ...found, notices })).ok
  }

  /** Leaving the form must lose nothing, so what was changed is saved first. */
  async function takePhotos() {
    const { patientId, complicationId } = complication
    if (isChanged && !(await save())) return
    go(pathTo.photos(patientId, { complicationId }))
  }

  return (
    <SectionCard title="Today’s assessment" size="panel">
      <form
        className="complication-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <NamingFields
          code={found.code}
          grade={grade}
          setCode={(code) => set({ code })}
          setGrade={(next) => set({ grade: next })}
        />
        <Textarea
          label="Note"
          autosize
          minRows={2}
          maxLength={2000}
          value={found.gradeNote}
          onChange={(event) => set({ gradeNote: event.currentTarget.value, grade })}
        />
        <Select
          label="Outcome"
          allowDeselect={false}
          data={complicationOutcomes.map((value) => ({ value, label: outcomeWords[value] }))}
          value={found.outcome}
          onChange={(value) => value && set({ outcome: value as Findings['outcome'] })}
        />
        {isResolved(found) && (
          <DateField
            label="Ended on"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={found.resolvedOn}
            onChange={(resolvedOn) => set({ resolvedOn })}
          />
        )}
        {grade !== null && grade >= 3 && (
          <DateField
            label="Stable since"
            description="Until then it is looked at daily"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={found.stableOn}
            onChange={(stableOn) => set({ stableOn })}
          />
        )}
        {body.sessionIds.length === 0 && (
          <SessionField
            patientId={complication.patientId}
            value={found.sessionIds[0] ?? null}
            onChange={(sessionId) => set({ sessionIds: sessionId === null ? [] : [sessionId] })}
          />
        )}
        <Select
          label="Caused by the treatment"
          clearable
          placeholder="Not judged yet"
          data={causalities.map((value) => ({ value, label: causalityWords[value] }))}
          value={found.causality}
          onChange={(value) => set({ causality: value as Findings['causality'] })}
        />
        {mayDo(person, 'complication.decide') && (
          <SegmentedChoice
            label="Course of treatment"
            isFullWidth
            segments={seriesDecisions.map((value) => ({ value, label: seriesDecisionWords[value] }))}
            value={found.seriesDecision}
            onChange={(seriesDecision) => set({ seriesDecision })}
          />
        )}
        <details>
          <summary>Where, warning signs and what was done</summary>
          <div className="complication-form">
            <ZonesField zones={found.zones} onChange={(zones) => set({ zones })} />
            <SignsField signs={found.signs} onChange={(signs) => set({ signs })} />
            <Textarea
              label="What was done or advised"
              autosize
              minRows={2}
              maxLength={10_000}
              value={found.actionTaken}
              onChange={(event) => set({ actionTaken: event.currentTarget.value })}
            />
            <PhysicianSelect
              label="Treatment ordered by"
              placeholder="Nobody ordered any"
              value={found.treatmentOrderedBy}
              onChange={(treatmentOrderedBy) => set({ treatmentOrderedBy })}
            />
            <Checkbox
              label="Something permanent remains"
              checked={found.isPermanentChange}
              onChange={(event) => set({ isPermanentChange: event.currentTarget.checked })}
            />
            <Checkbox
              label="It needed an intervention to prevent lasting harm"
              checked={found.neededIntervention}
              onChange={(event) => set({ neededIntervention: event.currentTarget.checked })}
            />
            <Checkbox
              label="Sterility is in doubt"
              checked={found.hasSterilityDoubt}
              onChange={(event) => set({ hasSterilityDoubt: event.currentTarget.checked })}
            />
          </div>
        </details>
        {needsNotice && (
          <>
            <p>
              <strong>This is a red flag. Tell a physician now; it is saved once you name them.</strong>
            </p>
            <NoticeFields notice={notice} onChange={setNotice} />
          </>
        )}
        <PhotosField
          patientId={complication.patientId}
          complicationId={complication.complicationId}
          photoIds={found.photoIds}
          onChange={(photoIds) => set({ photoIds })}
          takeWords={isChanged ? 'Save, then take photos' : 'Take photos'}
          onTake={() => void takePhotos()}
          isTakingDisabled={!isComplete || assess.isRunning}
        />
        <RefusalText>{assess.refusal ? sentenceFor(assess.refusal) : null}</RefusalText>
        <Button variant="filled" type="submit" disabled={!isComplete || assess.isRunning}>
          Save the assessment
        </Button>
      </form>
    </SectionCard>
  )
}

function findingsOf(body: Output<'complication.open'>['body']): Findings {
  return {
    code: body.code,
    grade: null,
    gradeNote: '',
    zones: body.zones.map((place) => ({ ...place })),
    onsetOn: body.onsetOn,
    signs: [...body.signs],
    causality: body.causality,
    outcome: body.outcome,
    resolvedOn: body.resolvedOn,
    actionTaken: body.actionTaken,
    isPermanentChange: body.isPermanentChange,
    neededIntervention: body.neededIntervention,
    hasSterilityDoubt: body.hasSterilityDoubt,
    stableOn: body.stableOn,
    treatmentOrderedBy: body.treatmentOrderedBy,
    sessionIds: [],
    seriesDecision: body.seriesDecision,
    photoIds: [...body.photoIds],
  }
}
