import { Button } from '@mantine/core'
import type { OrderSummary } from '../../../shared/contract/order.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { formatDate, formatDayMonthTime, formatMmUnit } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { zonesInWords } from '../../parts/treatment-words.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** Every treatment order of the patient with where it stands, and the ones that are being written. */
export function OrdersCard({
  patientId,
  person,
  clinic,
}: {
  readonly patientId: PatientId
  readonly person: Person
  readonly clinic: Clinic
}) {
  const listed = useQuery('order.list', { patientId }, { dependsOn: ['session', 'policy'] })
  const go = useGo()
  const mayWrite = mayDo(person, 'order.write')
  if (listed.refusal && !listed.value) return <RefusalText>{sentenceFor(listed.refusal)}</RefusalText>
  if (!listed.value) return <div aria-busy="true" />
  const { orders, drafts } = listed.value
  const isEmpty = orders.length === 0 && drafts.length === 0
  const write = (
    <Button variant={isEmpty ? 'filled' : 'default'} onClick={() => go(pathTo.order(patientId, 'new'))}>
      Write an order
    </Button>
  )
  return (
    <SectionCard title="Treatment orders" isFlush {...(mayWrite && !isEmpty && { aside: write })}>
      {isEmpty ? (
        <EmptyState
          sentence="No treatment order is written."
          hint="A physician writes one after the examination; no session starts without it."
          {...(mayWrite && { action: write })}
        />
      ) : (
        <ul className="orders-card">
          {drafts.map((draft) => (
            <li key={draft.orderId}>
              <div>
                {mayWrite ? (
                  <a href={hrefTo(pathTo.order(patientId, draft.orderId))}>Order being written</a>
                ) : (
                  <strong>Order being written</strong>
                )}
                <p className="text-12 text-2">
                  {draft.isOwn ? 'By you' : `By ${draft.ownerName}`}, saved{' '}
                  {formatDayMonthTime(draft.savedAt, clinic.timeZone)}
                </p>
              </div>
              <StateLine state="draft">Draft</StateLine>
            </li>
          ))}
          {orders.map((order) => (
            <OrderRow key={order.orderId} order={order} patientId={patientId} />
          ))}
        </ul>
      )}
    </SectionCard>
  )
}

function OrderRow({ order, patientId }: { readonly order: OrderSummary; readonly patientId: PatientId }) {
  const { body, sessionsLeft } = order
  const deepest = Math.max(...body.zones.map((zone) => zone.maxDepthUm))
  return (
    <li>
      <div>
        <a href={hrefTo(pathTo.order(patientId, order.orderId))}>
          {zonesInWords(body.zones, 3)}, to {formatMmUnit(deepest)}
        </a>
        <p className="text-12 text-2">
          {body.signature?.printedName}, {formatDate(body.examinedOn)} to {formatDate(body.expiresOn)}, {sessionsLeft}{' '}
          of {body.sessions} sessions left
        </p>
      </div>
      <Standing order={order} />
    </li>
  )
}

function Standing({ order }: { readonly order: OrderSummary }) {
  if (!order.isIntact) return <StateLine state="enteredInError">Changed after signing</StateLine>
  switch (order.standing) {
    case 'ACTIVE':
      return <StateLine state="done">In force</StateLine>
    case 'NO_SESSIONS_LEFT':
      return <StateLine state="missing">Used up</StateLine>
    case 'EXPIRED':
      return <StateLine state="missing">Expired</StateLine>
    case 'EXAM_OUT_OF_DATE':
      return <StateLine state="missing">Examination out of date</StateLine>
    case 'REVOKED':
      return <StateLine state="blocked">Revoked</StateLine>
    case 'SUPERSEDED':
      return (
        <StateLine state="retake" tone="plain">
          Superseded
        </StateLine>
      )
    case 'NOT_YET':
    case 'UNSIGNED':
      return <StateLine state="toDo">Not yet in force</StateLine>
  }
}
