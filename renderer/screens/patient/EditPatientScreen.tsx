import './patient.css'
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { PatientForm } from '../../../shared/contract/patient.ts'
import { isNameChanged, nameChanges, patientFields } from '../../../shared/domain/patient-edit.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { client, type Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { ArchiveCard } from './ArchiveCard.tsx'
import { DuplicatePanel } from './DuplicatePanel.tsx'
import { DraftMark, FormFoot } from './FormFoot.tsx'
import { type FormProblems, focusProblem, formProblems, withoutProblems } from './form-problems.ts'
import { HistoryCard } from './HistoryCard.tsx'
import { PatientFormBody } from './PatientFormBody.tsx'
import { formFromChart, formToDetails, mergedForm } from './patient-form.ts'
import { fieldText, fieldWords, nameChangeWords } from './patient-words.ts'
import { SkinTypeCard } from './SkinTypeCard.tsx'
import { useDuplicates } from './use-duplicates.ts'
import { useFormDraft } from './use-form-draft.ts'

type Chart = Output<'patient.open'>
type Draft = Output<'patient.draft'>['draft']

/** The chart's first page: who the person is and how to reach them; read only for who may not change it. */
export function EditPatientScreen() {
  const patientId = usePatientParam()
  return (
    <PatientFrame patientId={patientId}>
      <FirstPage patientId={patientId} />
    </PatientFrame>
  )
}

function FirstPage({ patientId }: { readonly patientId: PatientId }) {
  const clinic = useClinic()
  const person = usePerson()
  const mayEdit = mayDo(person, 'demographics.write')
  const chart = useQuery('patient.open', { patientId })
  const draft = useQuery('patient.draft', { patientId }, { isEnabled: mayEdit, isForm: true })
  const [start, setStart] = useState<{ readonly key: number; readonly chart: Chart; readonly draft: Draft } | null>(
    null,
  )
  useSamePatient(chart.value?.patientId ?? patientId)

  if (chart.refusal) return <RefusalText>{sentenceFor(chart.refusal)}</RefusalText>
  if (!clinic || !person || !chart.value) return <div aria-busy="true" />
  if (!mayEdit) return <ReadOnlyPage chart={chart.value} />
  // The form keeps what it began with: a newer version beside it is said, never slipped under the typed text.
  if (!start) {
    if (draft.value) setStart({ key: 1, chart: chart.value, draft: draft.value.draft })
    return <div aria-busy="true" />
  }
  return (
    <EditForm
      key={start.key}
      clinic={clinic}
      person={person}
      start={start}
      newest={chart.value}
      onStartFrom={(newest) => setStart({ key: start.key + 1, chart: newest, draft: null })}
    />
  )
}

function EditForm({
  clinic,
  person,
  start,
  newest,
  onStartFrom,
}: {
  readonly clinic: Clinic
  readonly person: Person
  readonly start: { readonly chart: Chart; readonly draft: Draft }
  readonly newest: Chart
  readonly onStartFrom: (chart: Chart) => void
}) {
  const { today } = clinic
  const { patientId } = newest
  const go = useGo()
  const edit = useCommand('patient.edit')
  const [form, setForm] = useState(start.draft?.form ?? formFromChart(start.chart.facts))
  const [isTouched, setTouched] = useState(start.draft !== null)
  const [problems, setProblems] = useState<FormProblems>({})
  // Which version the text was typed over; a person may decide to lay it over a newer one.
  const [baseVersion, setBaseVersion] = useState(start.draft?.chartVersion ?? start.chart.version)
  const before = newest.facts.details
  const details = useMemo(() => formToDetails(form, { today, before }), [form, today, before])
  const duplicates = useDuplicates(details, patientId)
  const draft = useFormDraft({ patientId, chartVersion: baseVersion, form, isTouched, known: start.draft })
  const hasNewName = isNameChanged(before, details)
  const changedMeanwhile = changedFormFields(start, newest)
  const isOvertaken = baseVersion !== newest.version && changedMeanwhile !== 'NOTHING'

  function change(part: Partial<PatientForm>) {
    setForm((old) => ({ ...old, ...part }))
    setTouched(true)
    setProblems((old) => withoutProblems(old, Object.keys(part)))
  }

  /** My changes on top of the newer version. */
  function layOver() {
    const began = formFromChart(start.chart.facts)
    setForm((mine) => mergedForm(began, mine, formFromChart(newest.facts)))
    setBaseVersion(newest.version)
  }

  async function submit() {
    if (edit.isRunning || isOvertaken) return
    const found: Record<string, string> = { ...formProblems(form, details, today) }
    if (hasNewName && form.nameChange === null) found['nameChange'] = 'Say what the changed name is'
    setProblems(found)
    if (Object.keys(found).length > 0) return focusProblem()
    const draftId = await draft.settle()
    const reply = await edit.run({
      patientId,
      version: newest.version,
      details: structuredClone(details) as Parameters<typeof edit.run>[0]['details'],
      nameChange: hasNewName ? form.nameChange : null,
      draftId,
    })
    if (reply.ok) return go(pathTo.chart(patientId))
    draft.resume()
  }

  async function discard() {
    const draftId = await draft.settle()
    if (draftId !== null) await client.call('patient.discardDraft', { draftId }).catch(() => null)
    onStartFrom(newest)
  }

  return (
    <form
      className="patient-screen"
      aria-label="Details of the patient"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <PageHeader title="Personal data" {...(start.draft && { summary: 'Unfinished, as you left it' })} />
      <div className="patient-screen__columns">
        <div className="patient-screen__fields">
          {isOvertaken && (
            <AlertCard
              state="warning"
              title="Somebody saved this chart after you began"
              sentence={
                changedMeanwhile === 'UNKNOWN'
                  ? 'Your text is still here. The history beside it says what changed.'
                  : `Your text is still here. They changed: ${changedMeanwhile}.`
              }
              action={
                <div className="patient-foot__actions">
                  <Button onClick={layOver}>Keep my changes</Button>
                  <Button onClick={() => void discard()}>Start from the newer one</Button>
                </div>
              }
            />
          )}
          {hasNewName && (
            <SectionCard title="The name was changed">
              <SegmentedChoice
                label={`It was ${[before.given, before.family].filter(Boolean).join(' ')}. The changed name is`}
                segments={nameChanges.map((value) => ({ value, label: nameChangeWords[value] }))}
                value={form.nameChange}
                onChange={(nameChange) => change({ nameChange })}
              />
              {problems['nameChange'] !== undefined && <p className="patient-problem">{problems['nameChange']}</p>}
              <p className="text-12 text-2">
                After a new name the old one stays among the former names and is still found.
              </p>
            </SectionCard>
          )}
          <PatientFormBody
            form={form}
            problems={problems}
            today={today}
            dateOrder={clinic.dateOrder}
            bornText={before.bornText}
            hasFocus={false}
            onChange={change}
          />
        </div>
        <aside className="patient-screen__aside" aria-label="About this chart">
          {duplicates.charts.length > 0 && (
            <DuplicatePanel
              title="Another chart of this person?"
              charts={duplicates.charts}
              today={today}
              isStranger={duplicates.isStranger}
            />
          )}
          {mayDo(person, 'screening.write') && <SkinTypeCard clinic={clinic} chart={newest} />}
          <ArchiveCard chart={newest} />
          <HistoryCard patientId={patientId} timeZone={clinic.timeZone} />
        </aside>
      </div>
      <FormFoot
        problems={problems}
        refusal={edit.refusal ? sentenceFor(edit.refusal) : null}
        mark={
          <DraftMark
            savedAt={draft.savedAt}
            isUnsaved={draft.isUnsaved}
            failure={draft.failure}
            timeZone={clinic.timeZone}
          />
        }
      >
        {isTouched && <Button onClick={() => void discard()}>Discard changes</Button>}
        <Button onClick={() => go(pathTo.chart(patientId))}>Back to the chart</Button>
        <Button type="submit" variant="filled" disabled={edit.isRunning || isOvertaken || !isTouched}>
          Save
        </Button>
      </FormFoot>
    </form>
  )
}

/** What of this form somebody else changed since it began: field names, NOTHING, or UNKNOWN for a restored draft. */
function changedFormFields(start: { readonly chart: Chart; readonly draft: Draft }, newest: Chart): string {
  if (start.draft !== null && start.draft.chartVersion !== start.chart.version) return 'UNKNOWN'
  const fields = patientFields.filter(
    (field) =>
      field !== 'fst' && field !== 'status' && fieldText(field, start.chart.facts) !== fieldText(field, newest.facts),
  )
  return fields.map((field) => fieldWords[field].toLowerCase()).join(', ') || 'NOTHING'
}

function ReadOnlyPage({ chart }: { readonly chart: Chart }) {
  const { facts } = chart
  const shown = patientFields.filter(
    (field) =>
      (field !== 'allergies' || facts.allergies !== null) &&
      field !== 'fst' &&
      (field !== 'bornText' || facts.details.bornText !== null),
  )
  return (
    <div className="patient-screen">
      <PageHeader
        title="Details"
        summary="Your role reads this page; front desk, aesthetician and physician change it"
      />
      <div className="patient-screen__columns">
        <SectionCard title="Patient">
          <FactList
            labelWidth={150}
            facts={shown.map((field) => ({ label: fieldWords[field], value: fieldText(field, facts) }))}
          />
        </SectionCard>
      </div>
    </div>
  )
}
