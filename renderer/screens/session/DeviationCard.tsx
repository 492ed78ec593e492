import { Textarea } from '@mantine/core'
import type { Deviation } from '../../../shared/domain/deviation.ts'
import { deviationKey } from '../../../shared/domain/deviation.ts'
import type { DraftDeviation, SessionDraft } from '../../../shared/domain/session.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field } from './Fields.tsx'
import { isGateCode } from './field-names.ts'
import { failureSentence } from './gate-words.ts'
import { deviationTitle } from './session-words.ts'

/** One deviation: what it is, why it was so, whether the patient knows. Kept as recorded, never blocked. */
export function DeviationCard({
  deviation,
  number,
  isCompact = false,
}: {
  readonly deviation: Deviation
  readonly number: number
  readonly isCompact?: boolean
}) {
  const { change, desk, draft } = useSessionWork()
  const title = deviationTitle(deviation)
  const physician = desk.physicians.find(({ staffId }) => staffId === draft.supervisingPhysicianId)
  const path = `deviations[${number - 1}]`

  function setDeviation(part: Pick<DraftDeviation, 'reason' | 'patientTold'>) {
    change((before) => withDeviation(before, deviation, part))
  }

  return (
    <section className="session-deviation" aria-label={`Deviation ${number}`}>
      <p>
        <StateGlyph state="overLimit" label={null} size={15} />
        <strong>
          Deviation {number}
          {title ? `: ${title}` : ''}
        </strong>
        {physician && <span className="text-2">{physician.printedName} is told on submit</span>}
      </p>
      {(!isCompact || title === null) && isGateCode(deviation.code) && (
        <p className="text-2">{failureSentence({ ...deviation, code: deviation.code, facts: deviation.detail })}</p>
      )}
      <Field path={`${path}.reason`}>
        <Textarea
          aria-label={`Deviation ${number}: reason`}
          placeholder="Why it was so"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={1000}
          value={deviation.reason}
          onChange={(event) => setDeviation({ reason: event.currentTarget.value })}
        />
      </Field>
      <Field path={`${path}.patientTold`}>
        <div className="session-row">
          <SegmentedChoice
            label="Patient told"
            labelPlace="beside"
            size="compact"
            segments={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
            value={deviation.patientTold === null ? null : deviation.patientTold ? 'yes' : 'no'}
            onChange={(answer) => setDeviation({ patientTold: answer === 'yes' })}
          />
          <span className="text-3">Kept as recorded, not blocked</span>
        </div>
      </Field>
    </section>
  )
}

/** What a person adds to a deviation stands in the draft beside the facts by which it finds it again. */
export function withDeviation(
  draft: SessionDraft,
  deviation: Deviation,
  part: Pick<DraftDeviation, 'reason' | 'patientTold'>,
): SessionDraft {
  const written = draft.deviations ?? []
  const { code, origin, zone, side, site, ref, reason, patientTold } = deviation
  const isSame = (other: DraftDeviation) =>
    (other.origin ?? 'AUTO') === origin && deviationKey(other) === deviation.deviationId
  const merged: DraftDeviation = {
    ...(written.find(isSame) ?? { code, origin, zone, side, site, ref, reason, patientTold }),
    ...part,
  }
  const deviations = written.some(isSame)
    ? written.map((other) => (isSame(other) ? merged : other))
    : [...written, merged]
  return { ...draft, deviations }
}

/** Takes back a deviation that a person added. */
export function withoutManual(draft: SessionDraft, { ref }: Pick<Deviation, 'ref'>): SessionDraft {
  return {
    ...draft,
    deviations: (draft.deviations ?? []).filter((one) => one.origin !== 'MANUAL' || one.ref !== ref),
  }
}
