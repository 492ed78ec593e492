import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { checkOrder } from '../../../shared/domain/order.ts'
import { finishOrderDraft, type OrderDraft, orderOffLabel } from '../../../shared/domain/order-draft.ts'
import { type PolicyBody, shippedPolicy } from '../../../shared/domain/policy.ts'
import { ageOn, type CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDate, formatPlural } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { zonesInWords } from '../../parts/treatment-words.ts'
import { sentenceFor } from '../../refusals/index.ts'
import type { OpenedDraft } from './opened-draft.ts'
import type { OrderProps } from './order-props.ts'
import { gapWords, offLabelSentence, problemSentence } from './order-words.ts'

type SignOrderProps = OrderProps & {
  readonly opened: OpenedDraft
  readonly standingOrders: OpenedDraft['standingOrders']
  readonly draft: OrderDraft
  readonly flush: () => Promise<boolean>
  readonly version: () => number
}

/** What still stands against the signature, what the new order replaces, and the signature. */
export function SignOrderCard(props: SignOrderProps) {
  const { patientId, orderId, clinic, person, opened, standingOrders, draft, flush, version } = props
  const sign = useCommand('order.sign')
  const [isSigning, setSigning] = useState(false)
  const [kept, setKept] = useState<readonly string[]>([])
  const go = useGo()
  const rules = rulesToPolicy(opened, clinic.today)
  const finished = finishOrderDraft(draft, { patientId, today: clinic.today, policy: rules })
  const problems = finished.order === null ? [] : checkOrder({ ...finished.order, signature: null }, rules)
  const offLabel = orderOffLabel(draft, opened.bornOn === null ? null : ageOn(opened.bornOn, clinic.today))
  const isReady = finished.order !== null && problems.length === 0
  const replaced = standingOrders.filter((standing) => !kept.includes(standing.orderId))

  async function confirm(reauth: Reauth) {
    const supersedes = replaced.map((standing) => ({ orderId: standing.orderId, version: standing.version }))
    const reply = await sign.run({ patientId, orderId, draftVersion: version(), supersedes, reauth })
    if (reply.ok) {
      setSigning(false)
      go(pathTo.plan(patientId), { replace: true })
    }
  }

  return (
    <SectionCard title="Signature" size="panel">
      <div className="sign-order">
        <div className="sign-order__facts">
          {offLabel.length > 0 && (
            <p className="order-hint" data-tone="amber">
              Outside the devices’ authorised use, to be told to the patient: {offLabelSentence(offLabel)}.
            </p>
          )}
          {!opened.rules.isApproved && (
            <p className="order-hint" data-tone="amber">
              No policy is approved yet; the shipped limits are used.
            </p>
          )}
          {finished.order === null && finished.gaps.length > 0 && (
            <div>
              <p>Still missing:</p>
              <ul className="sign-order__list">
                {[...new Set(finished.gaps.map(({ code }) => gapWords[code]))].map((words) => (
                  <li key={words}>{words}</li>
                ))}
              </ul>
            </div>
          )}
          {problems.length > 0 && (
            <div>
              <p>Against the clinic’s policy:</p>
              <ul className="sign-order__list">
                {problems.map((problem) => (
                  <li key={`${problem.code} ${problem.path}`}>{problemSentence(problem, opened.rules)}</li>
                ))}
              </ul>
            </div>
          )}
          {standingOrders.length > 0 && (
            <fieldset className="order-ticks">
              <legend>Orders in force that this one replaces</legend>
              {standingOrders.map((standing) => (
                <Checkbox
                  key={standing.orderId}
                  label={`${zonesInWords(standing.body.zones)}, until ${formatDate(standing.body.expiresOn)}`}
                  checked={!kept.includes(standing.orderId)}
                  onChange={(event) =>
                    setKept(
                      event.currentTarget.checked
                        ? kept.filter((id) => id !== standing.orderId)
                        : [...kept, standing.orderId],
                    )
                  }
                />
              ))}
            </fieldset>
          )}
        </div>
        <div className="sign-order__act">
          <Button
            variant="filled"
            disabled={!isReady}
            onClick={() => void flush().then((isSaved) => isSaved && setSigning(true))}
          >
            Sign the order
          </Button>
          <p className="text-12 text-2">Signed it cannot be changed any more; a new order takes its place.</p>
          <RefusalText>{sign.refusal && !isSigning ? sentenceFor(sign.refusal) : null}</RefusalText>
        </div>
      </div>
      <ReauthDialog
        isOpen={isSigning}
        title="Sign the treatment order"
        method={person.signsBy}
        confirmText="Sign"
        refusal={sign.refusal ? sentenceFor(sign.refusal) : null}
        isBusy={sign.isRunning}
        onConfirm={(reauth) => void confirm(reauth)}
        onCancel={() => setSigning(false)}
      >
        {person.printedName}, {person.credential}: treatment order
        {finished.order !== null &&
          ` for ${zonesInWords(finished.order.zones)}, ${formatPlural(finished.order.sessions, 'session')}, until ${formatDate(finished.order.expiresOn)}`}
        .{replaced.length > 0 && ` It replaces ${formatPlural(replaced.length, 'order')}.`}
      </ReauthDialog>
    </SectionCard>
  )
}

/** The policy as far as an order is judged by it; main judges again with the whole one. */
function rulesToPolicy({ rules }: OpenedDraft, today: CalendarDate): PolicyBody {
  const { isApproved: _isApproved, softMaxUm: _softMaxUm, pigmentProneWarnAboveUm: _warnAbove, ...fields } = rules
  return { ...shippedPolicy(today), ...fields }
}
