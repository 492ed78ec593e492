import type { ClearanceBody } from '../../../shared/domain/clearance.ts'
import type { Output } from '../../client/client.ts'
import { zoneList } from '../../parts/answer-words.ts'
import { formatDate, formatDateTime, formatMmUnit } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { questionWords } from './finding-words.ts'

type ListedClearance = Output<'clearance.list'>['clearances'][number]

/** Every physician's decision on this patient, newest first. */
export function ClearancesCard({
  clearances,
  timeZone,
}: {
  readonly clearances: readonly ListedClearance[]
  readonly timeZone: string
}) {
  return (
    <SectionCard
      title="Physicians’ decisions"
      note={clearances.length === 0 ? 'None yet' : `${clearances.length}`}
      isFlush
    >
      <ul className="clearance-list">
        {clearances.map((clearance) => (
          <ClearanceRow key={clearance.body.id} clearance={clearance} timeZone={timeZone} />
        ))}
      </ul>
    </SectionCard>
  )
}

function ClearanceRow({ clearance, timeZone }: { readonly clearance: ListedClearance; readonly timeZone: string }) {
  const { body } = clearance
  const conditions = conditionWords(body)
  return (
    <li>
      <p className="clearance-list__head">
        <DecisionTag clearance={clearance} />
        <span className="text-2">
          {body.signature.printedName}, {formatDateTime(body.signature.signedAt, timeZone)}
        </span>
      </p>
      <p>
        <strong>{body.reason}</strong>
      </p>
      <p className="text-2">
        {[...new Set(body.findings.map(({ questionId }) => questionWords(questionId)))].join(' · ')}
      </p>
      {conditions.length > 0 && (
        <ul className="clearance-list__conditions">
          {conditions.map((condition) => (
            <li key={condition}>{condition}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

function DecisionTag({ clearance: { body, isInForce, isIntact } }: { readonly clearance: ListedClearance }) {
  if (!isIntact) return <StateTag state="enteredInError">Changed after signing: counts for nothing</StateTag>
  if (body.decision === 'REFUSED') return <StateTag state="blocked">Refused</StateTag>
  if (isInForce) return <StateTag state="done">Cleared until {formatDate(body.expiresOn)}</StateTag>
  return (
    <StateTag state="later" tone="plain">
      Cleared, no longer in force
    </StateTag>
  )
}

function conditionWords({ conditions, offLabelNote }: ClearanceBody): readonly string[] {
  const { maxDepthUm, zonesAllowed, zonesExcluded, prophylaxis, anaestheticPlan } = conditions
  return [
    ...(maxDepthUm === null ? [] : [`At most ${formatMmUnit(maxDepthUm)}`]),
    ...(zonesAllowed === null ? [] : [`Only ${zoneList(zonesAllowed)}`]),
    ...(zonesExcluded.length === 0 ? [] : [`Not ${zoneList(zonesExcluded)}`]),
    ...(prophylaxis === null
      ? []
      : [
          prophylaxis.ordered
            ? `Medicine against cold sores ordered; ${zoneList(prophylaxis.zones)} wait until it is started. ${prophylaxis.text}`
            : `No medicine against cold sores. ${prophylaxis.text}`,
        ]),
    ...(anaestheticPlan === null
      ? []
      : [anaestheticPlan.kind === 'NO_ANAESTHETIC' ? 'No anaesthetic' : `Numbing: ${anaestheticPlan.text}`]),
    ...(offLabelNote === null ? [] : [`Off label: ${offLabelNote}`]),
  ]
}
