import { Button, Checkbox, Drawer, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { JudgedFinding } from '../../../shared/contract/screening.ts'
import {
  type ClearanceConditions,
  type ClearanceDecision,
  isLabelledContraindication,
  judgeClearance,
  mayClear,
} from '../../../shared/domain/clearance.ts'
import type { DateOrder } from '../../../shared/domain/patient-birth-date.ts'
import type { ZoneSide } from '../../../shared/domain/zones.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import type { Person } from '../../app/use-person.ts'
import type { Input } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { DateField } from '../../parts/DateField.tsx'
import { DepthInput } from '../../parts/DepthInput.tsx'
import { formatDate } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { ruleSentence } from '../../parts/rule-sentences.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { clearanceProblemTexts } from '../../refusals/clearance.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { findingKey, questionWords } from './finding-words.ts'
import { ZonePicker } from './ZonePicker.tsx'

export type ClearanceFormProps = {
  readonly patientId: PatientId
  readonly patientName: string
  readonly findings: readonly JudgedFinding[]
  readonly physician: Person
  readonly today: CalendarDate
  readonly dateOrder: DateOrder
  readonly defaultExpiresOn: CalendarDate
  readonly onClose: () => void
}

/** A physician's written decision: which findings, why, under which conditions, until when; signed at once. */
export function ClearanceDrawer({ isOpen, ...props }: ClearanceFormProps & { readonly isOpen: boolean }) {
  return (
    <Drawer opened={isOpen} onClose={props.onClose} title="Clear or refuse" size={640}>
      {isOpen && <ClearanceForm {...props} />}
    </Drawer>
  )
}

type Prophylaxis = 'UNDECIDED' | 'ORDERED' | 'NOT_NEEDED'
type Plan = 'NONE' | 'NO_ANAESTHETIC' | 'OTHER_CLASS'

function ClearanceForm(props: ClearanceFormProps) {
  const { patientId, patientName, findings, physician, today, dateOrder, defaultExpiresOn, onClose } = props
  const clearable = findings.filter(mayClear)
  const [keys, setKeys] = useState<readonly string[]>(() =>
    clearable.filter(({ standing }) => standing === 'NEEDS_CLEARANCE').map(findingKey),
  )
  const [decision, setDecision] = useState<ClearanceDecision>('CLEARED')
  const [reason, setReason] = useState('')
  const [maxDepthUm, setMaxDepthUm] = useState<number | null>(null)
  const [excluded, setExcluded] = useState<readonly ZoneSide[]>([])
  const [isLimited, setLimited] = useState(false)
  const [allowed, setAllowed] = useState<readonly ZoneSide[]>([])
  const [prophylaxis, setProphylaxis] = useState<Prophylaxis>('UNDECIDED')
  const [prophylaxisZones, setProphylaxisZones] = useState<readonly ZoneSide[]>([])
  const [prophylaxisText, setProphylaxisText] = useState('')
  const [plan, setPlan] = useState<Plan>('NONE')
  const [planText, setPlanText] = useState('')
  const [offLabelNote, setOffLabelNote] = useState('')
  const [expiresOn, setExpiresOn] = useState<CalendarDate | null>(defaultExpiresOn)
  const [isSigning, setSigning] = useState(false)
  const decide = useCommand('clearance.decide')

  const chosen = clearable.filter((finding) => keys.includes(findingKey(finding)))
  const isCleared = decision === 'CLEARED'
  const asksProphylaxis = chosen.some(({ rule }) => rule === 'HERPES_HISTORY')
  const asksPlan = chosen.some(({ questionId }) => questionId === 'SQ-36')
  const asksOffLabel = chosen.some(({ outcome, rule }) => outcome === 'STOP' && isLabelledContraindication(rule))
  const conditions: ClearanceConditions = {
    maxDepthUm,
    zonesExcluded: excluded,
    zonesAllowed: isLimited ? allowed : null,
    prophylaxis:
      prophylaxis === 'UNDECIDED'
        ? null
        : {
            ordered: prophylaxis === 'ORDERED',
            zones: prophylaxis === 'ORDERED' ? prophylaxisZones : [],
            text: prophylaxisText,
          },
    anaestheticPlan:
      plan === 'NONE' ? null : plan === 'OTHER_CLASS' ? { kind: plan, text: planText.trim() } : { kind: plan },
  }
  const noConditions: ClearanceConditions = {
    maxDepthUm: null,
    zonesExcluded: [],
    zonesAllowed: null,
    prophylaxis: null,
    anaestheticPlan: null,
  }
  const written = {
    decision,
    reason,
    conditions: isCleared ? conditions : noConditions,
    offLabelNote: isCleared && offLabelNote.trim() !== '' ? offLabelNote : null,
    expiresOn: isCleared ? (expiresOn ?? '') : today,
  }
  const problems = judgeClearance(written, chosen, today)
  const isDateMissing = isCleared && expiresOn === null

  async function sign(reauth: Input<'clearance.decide'>['reauth']) {
    const reply = await decide.run({
      patientId,
      seriesId: null,
      plannedZones: [],
      deviceType: null,
      findings: chosen.map(({ questionId, rule }) => ({ questionId, rule })),
      ...written,
      // The form's lists are read-only, the wire's type is not.
      conditions: written.conditions as Input<'clearance.decide'>['conditions'],
      reauth,
    })
    if (reply.ok) onClose()
  }

  return (
    <div className="clearance-form">
      <fieldset>
        <legend>Findings</legend>
        {clearable.map((finding) => {
          const key = findingKey(finding)
          return (
            <Checkbox
              key={key}
              label={ruleSentence(finding.rule)}
              description={`${questionWords(finding.questionId)}${finding.standing === 'CLEARED' ? ' · cleared now' : ''}`}
              checked={keys.includes(key)}
              onChange={(event) =>
                setKeys(event.currentTarget.checked ? [...keys, key] : keys.filter((one) => one !== key))
              }
            />
          )
        })}
      </fieldset>
      <SegmentedChoice
        label="Decision"
        segments={[
          { value: 'CLEARED', label: 'Clear' },
          { value: 'REFUSED', label: 'Refuse' },
        ]}
        value={decision}
        onChange={setDecision}
      />
      <Textarea
        label="Reason"
        withAsterisk
        autosize
        minRows={2}
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {isCleared && (
        <>
          <DepthInput
            label="Deepest setting, in mm (leave empty for none)"
            depthUm={maxDepthUm}
            onChange={(depthUm) => setMaxDepthUm(depthUm === 0 ? null : depthUm)}
          />
          <Checkbox
            label="Only certain zones, for example a test zone"
            checked={isLimited}
            onChange={(event) => setLimited(event.currentTarget.checked)}
          />
          {isLimited && <ZonePicker label="Zones allowed" reader="staff" zones={allowed} onChange={setAllowed} />}
          <ZonePicker label="Zones excluded" reader="staff" zones={excluded} onChange={setExcluded} />
          {asksProphylaxis && (
            <>
              <SegmentedChoice<Prophylaxis>
                label="Medicine against cold sores"
                segments={[
                  { value: 'ORDERED', label: 'Ordered' },
                  { value: 'NOT_NEEDED', label: 'Not needed' },
                ]}
                value={prophylaxis === 'UNDECIDED' ? null : prophylaxis}
                onChange={setProphylaxis}
              />
              {prophylaxis === 'ORDERED' && (
                <ZonePicker
                  label="Zones that wait until it is started"
                  reader="staff"
                  zones={prophylaxisZones}
                  onChange={setProphylaxisZones}
                />
              )}
              {prophylaxis !== 'UNDECIDED' && (
                <Textarea
                  label="Order or reason, in your words"
                  autosize
                  minRows={1}
                  maxLength={2000}
                  value={prophylaxisText}
                  onChange={(event) => setProphylaxisText(event.currentTarget.value)}
                />
              )}
            </>
          )}
          {asksPlan && (
            <>
              <SegmentedChoice<Plan>
                label="Numbing plan"
                segments={[
                  { value: 'NO_ANAESTHETIC', label: 'No anaesthetic' },
                  { value: 'OTHER_CLASS', label: 'Another class' },
                ]}
                value={plan === 'NONE' ? null : plan}
                onChange={setPlan}
              />
              {plan === 'OTHER_CLASS' && (
                <Textarea
                  label="Which agent"
                  autosize
                  minRows={1}
                  maxLength={4000}
                  value={planText}
                  onChange={(event) => setPlanText(event.currentTarget.value)}
                />
              )}
            </>
          )}
          {asksOffLabel && (
            <Textarea
              label="Off-label note: what the patient is told"
              withAsterisk
              autosize
              minRows={2}
              maxLength={4000}
              value={offLabelNote}
              onChange={(event) => setOffLabelNote(event.currentTarget.value)}
            />
          )}
          <DateField
            label="Last day"
            kind="any"
            order={dateOrder}
            today={today}
            value={expiresOn}
            isRequired
            onChange={setExpiresOn}
          />
        </>
      )}
      <div className="clearance-form__foot">
        <ul aria-live="polite">
          {isDateMissing && <li>Type the last day.</li>}
          {problems
            .filter((problem) => !(isDateMissing && problem === 'EXPIRED_AT_SIGNING'))
            .map((problem) => (
              <li key={problem}>{clearanceProblemTexts[problem]}</li>
            ))}
        </ul>
        <RefusalText>{decide.refusal && !isSigning ? sentenceFor(decide.refusal) : null}</RefusalText>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="filled"
          disabled={problems.length > 0 || isDateMissing}
          onClick={() => {
            decide.reset()
            setSigning(true)
          }}
        >
          {isCleared ? 'Sign clearance' : 'Sign refusal'}
        </Button>
      </div>
      <ReauthDialog
        isOpen={isSigning}
        title={isCleared ? 'Sign clearance' : 'Sign refusal'}
        method={physician.signsBy}
        confirmText="Sign"
        refusal={decide.refusal ? sentenceFor(decide.refusal) : null}
        isBusy={decide.isRunning}
        onCancel={() => setSigning(false)}
        onConfirm={(reauth) => void sign(reauth)}
      >
        {physician.printedName} {isCleared ? 'clears' : 'refuses'} {chosen.length}{' '}
        {chosen.length === 1 ? 'finding' : 'findings'} of {patientName}
        {isCleared && expiresOn !== null ? `, valid until ${formatDate(expiresOn)}` : ''}.
      </ReauthDialog>
    </div>
  )
}
