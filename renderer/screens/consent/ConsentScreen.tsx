import './consent.css'
import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { PatientFrame, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { PrintButton } from '../../app/print-button.tsx'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard, AlertRow } from '../../parts/AlertCard.tsx'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { consentProcedureWords } from '../../parts/consent-procedure-words.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime, formatHash, formatMmUnit, formatPlural } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AfterSigning } from './AfterSigning.tsx'
import { ConsentText } from './ConsentText.tsx'
import { indicationWords, placeNames, problemWords, stateWords } from './consent-words.ts'
import { PrepareConsent } from './PrepareConsent.tsx'
import { SignatureCard } from './SignatureCard.tsx'

/** One consent of one patient: prepared, shown, or as it was signed. */
export function ConsentScreen() {
  const params = useParams({ strict: false })
  // Ids in the address were made by main; a wrong one is refused there.
  const address = { patientId: params.patientId as PatientId, consentId: params.consentId as ConsentId }
  return (
    <PatientFrame patientId={address.patientId}>
      <OneConsent key={address.consentId} {...address} />
    </PatientFrame>
  )
}

function OneConsent(address: { readonly patientId: PatientId; readonly consentId: ConsentId }) {
  const { value, refusal } = useQuery('consent.open', address, { dependsOn: ['print'], isForm: true })
  const clinic = useClinic()
  useSamePatient(value?.patientId ?? address.patientId)
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value || !clinic) return <div aria-busy="true" />
  const record = { kind: 'CONSENT', patientId: address.patientId, recordId: address.consentId } as const
  return <OpenConsent opened={value} clinic={clinic} printButton={<PrintButton record={record} />} />
}

export type OpenConsentProps = {
  readonly opened: OpenedConsent
  readonly clinic: Clinic
  /** Prints or saves the form; beside the one next step. */
  readonly printButton: ReactNode
}

function OpenConsent({ opened, clinic, printButton }: OpenConsentProps) {
  const go = useGo()
  const { state, draft, record, patientId } = opened
  const { words, glyph, tone } = stateWords[state]
  return (
    <div className="consent-screen">
      <PageHeader
        title="Consent"
        summary={
          <span className="consent-summary">
            <StateTag state={glyph} {...(tone && { tone })}>
              {words}
            </StateTag>
            {record && scopeSummary(record.body)}
          </span>
        }
        action={<HeaderAction opened={opened} printButton={printButton} />}
      />
      {draft && (state === 'DRAFT' || !record) ? (
        <PrepareConsent
          opened={opened}
          draft={draft}
          clinic={clinic}
          onDiscarded={() => go(pathTo.chart(patientId), { replace: true })}
        />
      ) : (
        record && <FrozenConsent opened={opened} record={record} clinic={clinic} />
      )}
    </div>
  )
}

/** The one next step: hand the screen over, print, or prepare a new form. */
function HeaderAction({ opened, printButton }: Pick<OpenConsentProps, 'opened' | 'printButton'>) {
  const go = useGo()
  const begin = useCommand('patientMode.begin')
  const prepare = useCommand('consent.prepare')
  const { patientId, consentId, state } = opened
  const refusal = begin.refusal ?? prepare.refusal

  async function prepareNew() {
    const reply = await prepare.run({ patientId, basedOn: consentId })
    if (reply.ok) go(pathTo.consent(patientId, reply.value.consentId))
  }

  if (state === 'DRAFT') return null
  return (
    <span className="consent-actions">
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {state === 'PRESENTED' ? (
        <Button
          variant="filled"
          disabled={begin.isRunning}
          onClick={() => void begin.run({ kind: 'CONSENT', patientId, formId: consentId })}
        >
          Hand to the patient
        </Button>
      ) : (
        <>
          {printButton}
          <Button
            variant={needsNew(opened) ? 'filled' : 'default'}
            disabled={prepare.isRunning}
            onClick={() => void prepareNew()}
          >
            Prepare a new form like this
          </Button>
        </>
      )}
    </span>
  )
}

type FrozenProps = {
  readonly opened: OpenedConsent
  readonly record: NonNullable<OpenedConsent['record']>
  readonly clinic: Clinic
}

function FrozenConsent({ opened, record, clinic }: FrozenProps) {
  const person = usePerson()
  const { signature } = record.body
  return (
    <>
      <Alerts opened={opened} record={record} clinic={clinic} />
      <div className="consent-columns">
        <div className="consent-column">
          <ConsentText
            body={record.body}
            note={signature ? 'as signed, word for word' : 'as the patient will read it'}
          />
        </div>
        <aside className="consent-column">
          <ScopeCard record={record} />
          {signature ? (
            <>
              <SignatureCard record={record} signature={signature} timeZone={clinic.timeZone} />
              <AfterSigning
                opened={opened}
                record={record}
                timeZone={clinic.timeZone}
                mayVoid={mayDo(person, 'consent.void')}
              />
            </>
          ) : (
            opened.state === 'PRESENTED' && <ShownCard opened={opened} record={record} clinic={clinic} />
          )}
        </aside>
      </div>
    </>
  )
}

function Alerts({ opened, record, clinic }: FrozenProps) {
  const { voided, problems, integrity } = record
  const cards: ReactNode[] = []
  if (integrity !== 'INTACT') {
    cards.push(
      <AlertCard
        key="integrity"
        state="overLimit"
        tone="red"
        title="This record is not as it was stored"
        sentence="What is stored and what was signed differ. No session rests on it: keep it as it is and have a new consent signed."
      />,
    )
  }
  if (voided) {
    cards.push(
      <AlertCard
        key="void"
        state="enteredInError"
        title={opened.record?.body.signature ? 'Void: signed in error' : 'Given up before it was signed'}
        sentence={`${voided.reason}. ${voided.by}, ${formatDateTime(voided.at, clinic.timeZone)}.`}
      />,
    )
  }
  for (const code of problems) {
    const known = problemWords[code]
    if (known) cards.push(<AlertCard key={code} state="retake" title={known.title} sentence={known.sentence} />)
  }
  return cards.length === 0 ? null : <AlertRow>{cards}</AlertRow>
}

function ScopeCard({ record }: { readonly record: FrozenProps['record'] }) {
  const { scope, practitioner, supervisingPhysician, offLabelItems, patient } = record.body
  return (
    <SectionCard title="What it covers">
      <FactList
        labelWidth={120}
        facts={[
          { label: 'Patient', value: `${patient.name}, ${patient.chartNumber}` },
          { label: 'Procedure', value: consentProcedureWords[scope.procedure] },
          { label: 'Areas', value: placeNames(scope.zones).join('; ') },
          { label: 'To help with', value: scope.indications.map((one) => indicationWords[one]).join(', ') },
          { label: 'Not deeper than', value: <strong>{formatMmUnit(scope.maxDepthUm)}</strong> },
          { label: 'Sessions', value: scope.sessions },
          { label: 'Treats', value: practitioner.name },
          { label: 'Responsible', value: supervisingPhysician.name },
          { label: 'Off label', value: offLabelItems.length === 0 ? 'Nothing' : offLabelItems.join('; ') },
          ...(record.signedOn && record.lapsesOn
            ? [{ label: 'Stands', value: `${formatDate(record.signedOn)} to ${formatDate(record.lapsesOn)}` }]
            : []),
        ]}
      />
    </SectionCard>
  )
}

/** A form that the patient may read now, and the way back to the desk. */
function ShownCard({ opened, record, clinic }: FrozenProps) {
  const { patientId, consentId, version } = opened
  const revise = useCommand('consent.revise')
  const discard = useCommand('consent.discard')
  const [isDiscarding, setDiscarding] = useState(false)
  return (
    <SectionCard
      title="Waiting for the patient"
      footer={
        <>
          <Button onClick={() => setDiscarding(true)}>Give up</Button>
          <Button
            disabled={revise.isRunning}
            onClick={() => void revise.run({ patientId, consentId, version: version ?? 1 })}
          >
            Take it back to change it
          </Button>
        </>
      }
    >
      <p className="text-2">
        The words are fixed. Hand the screen to the patient: they read page by page, initial, choose, ask and sign. Your
        PIN takes the screen back.
      </p>
      <p className="consent-after">
        Text shown <span className="mono">{formatHash(record.body.document.sha256)}</span>
      </p>
      {record.body.refusals.length > 0 && (
        <ul className="consent-rows">
          {record.body.refusals.map((said) => (
            <li key={said.at}>
              <strong>Said no: {said.reason}</strong>
              <span>
                {said.by}, {formatDateTime(said.at, clinic.timeZone)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <RefusalText>{revise.refusal ? sentenceFor(revise.refusal) : null}</RefusalText>
      <ConfirmDialog
        isOpen={isDiscarding}
        title="Give up this form"
        confirmText="Give up the form"
        reasonLabel="Reason"
        refusal={discard.refusal ? sentenceFor(discard.refusal) : null}
        isBusy={discard.isRunning}
        onCancel={() => setDiscarding(false)}
        onConfirm={(reason) => {
          void discard.run({ patientId, consentId, reason }).then((done) => done.ok && setDiscarding(false))
        }}
      >
        It was shown to the patient, so it is kept and marked void.
      </ConfirmDialog>
    </SectionCard>
  )
}

function scopeSummary({ scope }: FrozenProps['record']['body']): string {
  return `${formatPlural(scope.zones.length, 'area')}, up to ${formatMmUnit(scope.maxDepthUm)}, ${formatPlural(scope.sessions, 'session')}`
}

/** A signed form that carries no session any more asks for the next one. */
function needsNew({ state, record }: OpenedConsent): boolean {
  return state === 'EXPIRED' || state === 'WITHDRAWN' || (record !== null && record.problems.length > 0)
}
