import { Button } from '@mantine/core'
import { useState } from 'react'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import { PrintButton } from '../../app/print-button.tsx'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { FaceMap } from '../../parts/FaceMap.tsx'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTimeZone, formatHash, formatMmUnit, formatPlural } from '../../parts/format.ts'
import { keyResetSentence } from '../../parts/key-reset.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SignedMark } from '../../parts/SignedMark.tsx'
import { addonWords, deviceTypeWords, indicationWords, scarGradeWords } from '../../parts/treatment-words.ts'
import { compareZones, zoneSideName } from '../../parts/zone-names.ts'
import { sentenceFor } from '../../refusals/index.ts'
import type { OrderProps } from './order-props.ts'
import { examinerWords, examModeWords, standingWords } from './order-words.ts'

type Opened = Output<'order.open'>

/** An order as it was signed. Locked means readable: nothing here can be changed but its end. */
export function SignedOrder({ patientId, orderId, clinic, person }: OrderProps) {
  const opened = useQuery('order.open', { patientId, orderId }, { dependsOn: ['session', 'policy'] })
  const revoke = useCommand('order.revoke')
  const [isRevoking, setRevoking] = useState(false)
  if (opened.refusal && !opened.value) return <RefusalText>{sentenceFor(opened.refusal)}</RefusalText>
  if (!opened.value) return <div aria-busy="true" />
  const order = opened.value
  const { body, version, end } = order

  async function endWith(reason: string) {
    const reply = await revoke.run({ patientId, orderId, version, reason })
    if (reply.ok) setRevoking(false)
  }

  return (
    <div className="order-screen">
      <PageHeader
        title={`Treatment order of ${formatDate(body.examinedOn)}`}
        summary={`${standingWords[order.standing]} · ${formatPlural(order.sessionsLeft, 'session')} of ${body.sessions} left · until ${formatDate(body.expiresOn)}`}
        action={
          <>
            <PrintButton record={{ kind: 'ORDER', patientId, recordId: orderId }} />
            {end === null && mayDo(person, 'order.write') && <Button onClick={() => setRevoking(true)}>Revoke</Button>}
          </>
        }
      />
      <Standing order={order} patientId={patientId} clinic={clinic} />
      <Facts order={order} clinic={clinic} />
      <ConfirmDialog
        isOpen={isRevoking}
        title="Revoke this order"
        confirmText="Revoke the order"
        tone="red"
        reasonLabel="Reason"
        isBusy={revoke.isRunning}
        refusal={revoke.refusal ? sentenceFor(revoke.refusal) : null}
        onConfirm={(reason) => void endWith(reason)}
        onCancel={() => setRevoking(false)}
      >
        No session starts under it any more. It stays readable, with your reason beside it.
      </ConfirmDialog>
    </div>
  )
}

function Standing({
  order,
  patientId,
  clinic,
}: {
  readonly order: Opened
  readonly patientId: OrderProps['patientId']
  readonly clinic: Clinic
}) {
  const { end, isIntact, standing } = order
  if (!isIntact)
    return (
      <AlertCard
        state="enteredInError"
        title="This order is no longer as it was signed"
        sentence="What is stored differs from what the physician signed, so no session starts under it. Write a new order and tell the practice manager."
      />
    )
  if (end?.kind === 'REVOKED')
    return (
      <AlertCard
        state="blocked"
        title={`Revoked by ${end.byName}, ${formatDateTimeZone(end.at, clinic.timeZone)}`}
        sentence={end.reason}
      />
    )
  if (end?.kind === 'SUPERSEDED')
    return (
      <AlertCard
        state="retake"
        title={`Superseded, ${formatDateTimeZone(end.at, clinic.timeZone)}`}
        sentence={
          <>
            {end.byName} signed <a href={hrefTo(pathTo.order(patientId, end.by))}>the order that took its place</a>.
          </>
        }
      />
    )
  if (standing === 'ACTIVE') return null
  return (
    <AlertCard
      state="warning"
      title={standingWords[standing]}
      sentence="No session starts under this order. A physician writes a new one after an examination."
    />
  )
}

function Facts({ order, clinic }: { readonly order: Opened; readonly clinic: Clinic }) {
  const { body } = order
  useSamePatient(body.patientId)
  const zones = [...body.zones].sort(compareZones)
  const marks = zones.map(({ zone, side, maxDepthUm }) => ({
    zone,
    side,
    depthUm: maxDepthUm,
    wasUm: null,
    isOver: false,
    deviation: null,
  }))
  return (
    <div className="order-screen__columns">
      <div className="order-screen__column">
        <SectionCard title="Examination">
          <FactList
            labelWidth={130}
            facts={[
              { label: 'By', value: `${body.examiner.printedName}, ${examinerWords[body.examiner.kind]}` },
              { label: 'On', value: `${formatDate(body.examinedOn)}, ${examModeWords[body.examMode].toLowerCase()}` },
              { label: 'History', value: body.isHistoryReviewed ? 'Reviewed' : 'Not reviewed' },
              { label: 'Findings', value: <span className="prose-text">{body.findings}</span> },
              { label: 'Diagnosis', value: body.diagnosis || 'None written' },
              { label: 'Skin type', value: body.fst },
            ]}
          />
        </SectionCard>
        <SectionCard title="Course">
          <FactList
            labelWidth={130}
            facts={[
              { label: 'Treated', value: body.indications.map((one) => indicationWords[one]).join(', ') },
              ...(body.scarGrade ? [{ label: 'Scar grade', value: scarGradeWords[body.scarGrade] }] : []),
              { label: 'Sessions', value: `${body.sessions}, ${order.sessionsUsed} used` },
              { label: 'Interval', value: formatPlural(body.intervalMonths, 'month') },
              { label: 'Device', value: deviceTypeWords[body.deviceType] },
              { label: 'Last day', value: formatDate(body.expiresOn) },
              { label: 'Conditions', value: body.conditions ?? 'None' },
              { label: 'Anaesthetic', value: body.anaestheticOrder ?? 'None ordered' },
              {
                label: 'Prophylaxis',
                value: body.prophylaxis
                  ? `${body.prophylaxis.order} (${body.prophylaxis.zones.map(zoneSideName).join('; ')})`
                  : 'None ordered',
              },
              { label: 'Add-ons', value: body.addons.map((one) => addonWords[one]).join(', ') || 'None' },
            ]}
          />
        </SectionCard>
        <SectionCard title="Signature">
          {order.signatures.length === 0 && <p className="text-2">No signature is on file for this order.</p>}
          {order.signatures.map((signature) => (
            <div key={signature.signedAt} className="signed-order__signature">
              <SignedMark
                text={`${signature.signerName}, ${signature.credential}, ${formatDateTimeZone(signature.signedAt, clinic.timeZone)}`}
              />
              <p className="text-12 text-2">
                Treatment order · licence <span className="mono">{signature.licence || 'none'}</span> · record{' '}
                <span className="mono">{formatHash(signature.sha256)}</span>
                {signature.isIntact ? '' : ' · the signed bytes were changed'}
              </p>
              <p className="text-12 text-2">
                {keyResetSentence(signature.keyReset, (at) => formatDateTimeZone(at, clinic.timeZone))}
              </p>
            </div>
          ))}
        </SectionCard>
      </div>
      <div className="order-screen__column">
        <SectionCard title="Zones and the deepest setting allowed">
          <div className="signed-order__zones">
            <FaceMap marks={marks} size="mini" label="Zones of the order" />
            <table className="signed-order__table">
              <thead>
                <tr>
                  <th scope="col">Zone</th>
                  <th scope="col">At most</th>
                </tr>
              </thead>
              <tbody>
                {zones.map((zone) => (
                  <tr key={`${zone.zone} ${zone.side} ${zone.site ?? ''}`}>
                    <th scope="row">
                      {zoneSideName(zone)}
                      {zone.site && `: ${zone.site}`}
                    </th>
                    <td className="figures">{formatMmUnit(zone.maxDepthUm)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </SectionCard>
      </div>
    </div>
  )
}
