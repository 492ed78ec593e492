import './order.css'
import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { OrderId, PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { PatientFrame } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OrderForm } from './OrderForm.tsx'
import type { OrderProps } from './order-props.ts'
import { SignedOrder } from './SignedOrder.tsx'

/** One treatment order: being written, or as it was signed. */
export function OrderScreen() {
  const patientId = usePatientParam()
  const { orderId } = useParams({ strict: false })
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  return (
    <PatientFrame patientId={patientId}>
      {orderId === 'new' ? (
        <NewOrder patientId={patientId} person={person} />
      ) : (
        // The address was written by `pathTo`; main checks whose order it is.
        <OpenOrder
          key={orderId}
          patientId={patientId}
          orderId={(orderId ?? '') as OrderId}
          clinic={clinic}
          person={person}
        />
      )}
    </PatientFrame>
  )
}

function OpenOrder(props: OrderProps) {
  const { patientId, orderId, person } = props
  const listed = useQuery('order.list', { patientId }, { dependsOn: ['session'] })
  if (listed.refusal) return <RefusalText>{sentenceFor(listed.refusal)}</RefusalText>
  if (!listed.value) return <div aria-busy="true" />
  if (listed.value.orders.some((order) => order.orderId === orderId)) return <SignedOrder {...props} />
  const isDraft = listed.value.drafts.some((draft) => draft.orderId === orderId)
  if (!isDraft)
    return (
      <EmptyState
        sentence="There is no such order of this patient."
        action={<a href={hrefTo(pathTo.plan(patientId))}>Go to courses and orders</a>}
      />
    )
  if (!mayDo(person, 'order.write'))
    return <EmptyState sentence="A physician is writing this order; it is not signed yet." />
  return <OrderForm {...props} />
}

/** For whom, and for which course: then the form is in the store and has an address of its own. */
function NewOrder({ patientId, person }: { readonly patientId: PatientId; readonly person: Person }) {
  const series = useQuery('series.list', { patientId })
  const begin = useCommand('order.begin')
  const go = useGo()
  if (!mayDo(person, 'order.write')) return <EmptyState sentence="A treatment order is written by a physician." />
  if (!series.value) return <div aria-busy="true" />
  const open = series.value.series.filter(({ body }) => body.status !== 'COMPLETED' && body.status !== 'ENDED_EARLY')

  async function start(seriesId: (typeof open)[number]['seriesId'] | null) {
    const reply = await begin.run({ patientId, seriesId })
    if (reply.ok) go(pathTo.order(patientId, reply.value.orderId), { replace: true })
  }

  return (
    <div className="order-screen">
      <PageHeader title="New treatment order" />
      <EmptyState
        sentence={open.length === 0 ? 'No course is planned for this patient yet.' : 'Which course is it for?'}
        {...(open.length === 0 && { hint: 'An order can come first; the course is planned from it afterwards.' })}
        action={
          <div className="order-screen__choices">
            {open.map(({ seriesId, body }, index) => (
              <Button
                key={seriesId}
                variant={index === 0 ? 'filled' : 'default'}
                disabled={begin.isRunning}
                onClick={() => void start(seriesId)}
              >
                {body.goalText.trim() || `Course of ${body.sessionsPlanned} sessions`}
              </Button>
            ))}
            <Button
              variant={open.length === 0 ? 'filled' : 'default'}
              disabled={begin.isRunning}
              onClick={() => void start(null)}
            >
              {open.length === 0 ? 'Write the order' : 'No course yet'}
            </Button>
          </div>
        }
      />
      <RefusalText>{begin.refusal ? sentenceFor(begin.refusal) : null}</RefusalText>
    </div>
  )
}
