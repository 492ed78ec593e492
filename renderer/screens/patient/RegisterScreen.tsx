import './patient.css'
import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import type { PatientForm } from '../../../shared/contract/patient.ts'
import { useGo } from '../../app/go.ts'
import { paths, pathTo } from '../../app/paths.ts'
import { carry, useCarried } from '../../app/patient-search/carried.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { client, type Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatTime } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { DuplicatePanel } from './DuplicatePanel.tsx'
import { DraftMark, FormFoot } from './FormFoot.tsx'
import { type FormProblems, focusProblem, formProblems, withoutProblems } from './form-problems.ts'
import { PatientFormBody } from './PatientFormBody.tsx'
import { emptyForm, formFromSearch, formToDetails } from './patient-form.ts'
import { useDuplicates } from './use-duplicates.ts'
import { useFormDraft } from './use-form-draft.ts'

type Draft = NonNullable<Output<'patient.draft'>['draft']>
type Start = {
  readonly key: number
  readonly form: PatientForm
  readonly draft: Draft | null
  readonly isTouched: boolean
}

/** A new patient: from an unfinished form, from what was typed into the search, or from nothing. */
export function RegisterScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const { registration } = useCarried()
  const { value, refusal } = useQuery('patient.draft', { patientId: null }, { isForm: true })
  const [start, setStart] = useState<Start | null>(null)

  // What the search carried here begins a form of its own; an older unfinished one stays in the store meanwhile.
  useEffect(() => {
    if (registration === null) return
    setStart((before) => ({
      key: (before?.key ?? 0) + 1,
      form: formFromSearch(registration),
      draft: null,
      isTouched: registration.family !== null || registration.given !== null,
    }))
    carry({ registration: null })
  }, [registration])

  useEffect(() => {
    if (start !== null || registration !== null || !value) return
    setStart({ key: 1, form: value.draft?.form ?? emptyForm, draft: value.draft, isTouched: value.draft !== null })
  }, [start, registration, value])

  if (!clinic || !person) return null
  if (!mayDo(person, 'demographics.write'))
    return <EmptyState sentence="Your role does not include registering patients." />
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!start) return <div aria-busy="true" />
  return (
    <RegisterForm
      key={start.key}
      clinic={clinic}
      start={start}
      onStartAnew={() => setStart({ key: start.key + 1, form: emptyForm, draft: null, isTouched: false })}
    />
  )
}

function RegisterForm({
  clinic,
  start,
  onStartAnew,
}: {
  readonly clinic: Clinic
  readonly start: Start
  readonly onStartAnew: () => void
}) {
  const { today } = clinic
  const go = useGo()
  const register = useCommand('patient.register')
  const [form, setForm] = useState(start.form)
  const [isTouched, setTouched] = useState(start.isTouched)
  const [problems, setProblems] = useState<FormProblems>({})
  const details = useMemo(() => formToDetails(form, { today }), [form, today])
  const duplicates = useDuplicates(details, null)
  const draft = useFormDraft({ patientId: null, chartVersion: null, form, isTouched, known: start.draft })

  function change(part: Partial<PatientForm>) {
    setForm((before) => ({ ...before, ...part }))
    setTouched(true)
    setProblems((before) => withoutProblems(before, Object.keys(part)))
  }

  async function submit() {
    if (register.isRunning) return
    const found = formProblems(form, details, today)
    setProblems(found)
    if (Object.keys(found).length > 0) return focusProblem()
    const draftId = await draft.settle()
    const reply = await register.run({
      details: structuredClone(details) as Parameters<typeof register.run>[0]['details'],
      acknowledgedDuplicates: duplicates.charts.map((chart) => chart.patientId),
      draftId,
    })
    if (reply.ok) return go(pathTo.chart(reply.value.patientId), { replace: true })
    draft.resume()
    if (reply.refusal.code === 'DUPLICATES_NOT_SEEN') duplicates.refetch()
  }

  async function discard() {
    const draftId = await draft.settle()
    if (draftId !== null) await client.call('patient.discardDraft', { draftId }).catch(() => null)
    onStartAnew()
  }

  const isAdvised = duplicates.charts.length > 0
  return (
    <form
      className="patient-screen"
      aria-label="Register a patient"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <PageHeader
        title="Register a patient"
        {...(start.draft && {
          summary: `Unfinished since ${formatTime(start.draft.savedAt, clinic.timeZone)}, as you left it`,
        })}
      />
      <div className="patient-screen__columns">
        <PatientFormBody
          form={form}
          problems={problems}
          today={today}
          dateOrder={clinic.dateOrder}
          bornText={null}
          onChange={change}
        />
        <aside className="patient-screen__aside" aria-label="Likely duplicates">
          <DuplicatePanel charts={duplicates.charts} today={today} isStranger={duplicates.isStranger} />
        </aside>
      </div>
      <FormFoot
        problems={problems}
        refusal={register.refusal ? sentenceFor(register.refusal) : null}
        mark={
          <DraftMark
            savedAt={draft.savedAt}
            isUnsaved={draft.isUnsaved}
            failure={draft.failure}
            timeZone={clinic.timeZone}
          />
        }
      >
        {isTouched && <Button onClick={() => void discard()}>Discard</Button>}
        <Button onClick={() => go(paths.patients)}>Close</Button>
        <Button type="submit" variant="filled" disabled={register.isRunning}>
          {isAdvised ? 'Somebody else: register' : 'Register'}
        </Button>
      </FormFoot>
    </form>
  )
}
