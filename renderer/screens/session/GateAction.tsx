import { Button } from '@mantine/core'
import { useState } from 'react'
import type { GateFailure } from '../../../shared/domain/start-gate-facts.ts'
import type { ComplicationId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useHandOver } from '../../app/use-hand-over.ts'
import { mayDo } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type SessionWork, useSessionWork } from './desk-context.ts'
import { failureField, failurePart } from './failure-part.ts'
import { IntervalDialog } from './IntervalDialog.tsx'
import { rowAt, workRows } from './zone-rows.ts'

/** The way to what lifts a failure: a field on this desk, another screen, or the patient's hands. */
export function GateAction({ failure }: { readonly failure: GateFailure }) {
  const work = useSessionWork()
  const { action } = failure.liftedBy
  if (action === 'SCREEN_IN_FULL' || action === 'SCREEN_TODAY') return <HandOver isFull={action === 'SCREEN_IN_FULL'} />
  if (action === 'SIGN_CONSENT' && work.desk.consent === null) return <PrepareConsent />
  if (action === 'CLEAR_INTERVAL' && mayDo(work.person, 'clearance.write')) return <ClearInterval />
  const path = fieldPath(failure, work)
  if (path !== null)
    return (
      <Button size="xs" onClick={() => work.jumpTo(path)}>
        Go to it
      </Button>
    )
  const target = screenOf(failure, work)
  if (target === null) return null
  return (
    <Button size="xs" component="a" href={hrefTo(target.path)}>
      {target.words}
    </Button>
  )
}

/** The field on the desk that settles it, as a path of the draft. */
function fieldPath(failure: GateFailure, { draft }: SessionWork): string | null {
  const field = failureField(failure.code)
  if (field !== null) return field
  const part = failurePart(failure.code)
  if (failure.code === 'ACTIVE_PRODUCT_BLOCKED') return 'postProducts'
  if (part === 'products') return failure.code === 'PRODUCT_ALLERGY' ? 'anaesthetic' : 'addons'
  const { zone, side } = failure
  const isAboutPlan = part === 'zones' && failure.liftedBy.by === 'PRACTITIONER'
  if (!isAboutPlan) return null
  const index = zone && side ? rowAt(workRows(draft, false), { zone, side }) : -1
  return index < 0 ? 'plan' : `plan.zones[${index}].depthUm`
}

function screenOf(failure: GateFailure, { desk, opened }: SessionWork): { path: string; words: string } | null {
  const { patientId } = opened.session
  const screeningId = desk.screeningIds.at(-1)
  switch (failure.liftedBy.action) {
    case 'OVERRIDE_STOP':
    case 'WAIT':
    case 'CLEAR_FINDING':
    case 'MEET_CONDITION':
      return screeningId ? { path: pathTo.screening(patientId, screeningId), words: 'Questionnaire' } : null
    case 'SIGN_CONSENT':
    case 'ACKNOWLEDGE_CHANGE':
      return desk.consent ? { path: pathTo.consent(patientId, desk.consent.consentId), words: 'Consent' } : null
    case 'COMPLETE_CHART':
      return { path: pathTo.editPatient(patientId), words: 'Patient details' }
    case 'PUBLISH_CONSENT_TEXT':
      return { path: pathTo.clinicPart('consents'), words: 'Consent texts' }
    case 'WRITE_ORDER':
    case 'ORDER_ADDON':
    case 'RESUME_SERIES':
      return { path: pathTo.plan(patientId), words: 'Course and order' }
    case 'RELEASE_COMPLICATION':
      // The reference of this failure is the complication itself.
      return failure.ref
        ? { path: pathTo.complication(patientId, failure.ref as ComplicationId), words: 'Complication' }
        : null
    case 'SIGN_PREVIOUS_SESSION':
      return opened.last
        ? { path: pathTo.session(patientId, opened.last.sessionId), words: 'Session before' }
        : { path: pathTo.chart(patientId), words: 'Chart' }
    case 'APPROVE_POLICY':
    case 'CHANGE_PRACTITIONER':
      return { path: pathTo.clinicPart('policy'), words: 'Policy' }
    case 'RENEW_LICENCE':
      return { path: pathTo.clinicPart('staff'), words: 'Staff' }
    default:
      return null
  }
}

function HandOver({ isFull }: { readonly isFull: boolean }) {
  const { opened, flush } = useSessionWork()
  const handOver = useHandOver()
  const { patientId, seriesId } = opened.session

  async function start() {
    await flush()
    await handOver.start({ patientId, seriesId, wanted: isFull ? 'FULL' : 'NEEDED' })
  }

  return (
    <>
      <Button size="xs" disabled={handOver.isRunning} onClick={() => void start()}>
        Hand to the patient
      </Button>
      <RefusalText>{handOver.refusal ? sentenceFor(handOver.refusal) : null}</RefusalText>
    </>
  )
}

function PrepareConsent() {
  const { opened, flush } = useSessionWork()
  const { run, isRunning, refusal } = useCommand('consent.prepare')
  const go = useGo()
  const { patientId } = opened.session

  async function prepare() {
    await flush()
    const reply = await run({ patientId, basedOn: null })
    if (reply.ok) go(pathTo.consent(patientId, reply.value.consentId))
  }

  return (
    <>
      <Button size="xs" disabled={isRunning} onClick={() => void prepare()}>
        Prepare a consent
      </Button>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
    </>
  )
}

function ClearInterval() {
  const { opened } = useSessionWork()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size="xs" onClick={() => setOpen(true)}>
        Allow it
      </Button>
      {isOpen && <IntervalDialog session={opened.session} onClose={() => setOpen(false)} />}
    </>
  )
}
