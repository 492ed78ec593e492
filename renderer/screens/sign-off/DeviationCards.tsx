import { TextInput } from '@mantine/core'
import { type DeviationDisposition, deviationDispositions } from '../../../shared/domain/sign-off.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import {
  type Deviation,
  depthDetail,
  deviationName,
  dispositionNames,
  placeName,
  type SessionBody,
  warningName,
} from './sign-off-words.ts'

export type Disposition = { readonly disposition: DeviationDisposition; readonly note: string }
export type Dispositions = Readonly<Record<string, Disposition>>

const segments = deviationDispositions.map((value) => ({ value, label: dispositionNames[value] }))

/** Each deviation with its author's reason and the physician's decision on it; none can be passed over. */
export function DeviationCards({
  body,
  dispositions,
  isReadOnly,
  onChange,
}: {
  readonly body: SessionBody
  readonly dispositions: Dispositions
  readonly isReadOnly: boolean
  readonly onChange: (deviationId: string, disposition: Disposition) => void
}) {
  return body.deviations.map((deviation, index) => (
    <DeviationCard
      key={deviation.deviationId}
      no={index + 1}
      deviation={deviation}
      author={body.practitioner.printedName}
      value={dispositions[deviation.deviationId] ?? null}
      isReadOnly={isReadOnly}
      onChange={(disposition) => onChange(deviation.deviationId, disposition)}
    />
  ))
}

function DeviationCard({
  no,
  deviation,
  author,
  value,
  isReadOnly,
  onChange,
}: {
  readonly no: number
  readonly deviation: Deviation
  readonly author: string
  readonly value: Disposition | null
  readonly isReadOnly: boolean
  readonly onChange: (disposition: Disposition) => void
}) {
  const { zone, side, site, patientTold } = deviation
  const place = zone && side ? placeName({ zone, side, site }) : null
  const detail = depthDetail(deviation)
  const told = patientTold === null ? 'not stated' : patientTold ? 'yes' : 'no'
  return (
    <section className="sign-off__deviation" aria-label={`Deviation ${no}`} data-deviation={deviation.deviationId}>
      <header>
        <StateGlyph state="overLimit" size={17} label={null} />
        <h2 className="title-14">
          Deviation {no}: {deviationName(deviation)}
          {place !== null && <span className="text-2"> {[place, detail].filter(Boolean).join(', ')}</span>}
        </h2>
        <span className="text-12 text-2">Patient told: {told}</span>
      </header>
      <p className="text-2">
        “{deviation.reason}” <span className="text-3">{author}</span>
      </p>
      {!isReadOnly && (
        <div className="sign-off__disposition">
          <SegmentedChoice
            label="Your disposition"
            labelPlace="beside"
            segments={segments}
            value={value?.disposition ?? null}
            onChange={(disposition) => onChange({ disposition, note: value?.note ?? '' })}
          />
          {value !== null && (
            <TextInput
              aria-label={`Note on deviation ${no}`}
              placeholder="Note, if there is one"
              maxLength={1000}
              value={value.note}
              onChange={(event) => onChange({ ...value, note: event.currentTarget.value })}
            />
          )}
        </div>
      )}
    </section>
  )
}

/** Warnings with the author's reason: nothing to decide, everything to read. */
export function WarningList({ body }: { readonly body: SessionBody }) {
  if (body.warnings.length === 0) return null
  return (
    <section className="sign-off__deviation" aria-label="Warnings">
      <ul className="sign-off__warnings">
        {body.warnings.map((warning) => (
          <li key={`${warning.code} ${warning.path}`}>
            <StateGlyph state="warning" label={null} /> <strong>{warningName(warning.code)}</strong>{' '}
            <span className="text-2">{warning.reason ?? 'no reason needed'}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
