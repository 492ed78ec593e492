import type { ColumnDateShape } from '../../../shared/domain/patient-import-dates.ts'
import type { Output } from '../../client/client.ts'
import { formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { shapeWords } from './import-words.ts'

type Dates = NonNullable<Output<'patientImport.preview'>['dates']>

const shapes = ['DMY', 'MDY', 'YMD'] as const

/** In which order the birth dates are read, and how that was found out over the whole column. */
export function DatesCard({
  dates,
  isBusy,
  onChange,
}: {
  readonly dates: Dates
  readonly isBusy: boolean
  readonly onChange: (shape: ColumnDateShape) => void
}) {
  const { shape, detected, isCertain, contradicting, unreadable, blank } = dates
  const isChosen = shape !== detected
  return (
    <SectionCard title="Birth dates">
      <div className="import-dates">
        <SegmentedChoice
          label="Dates in letters are read in any order"
          segments={shapes.map((one) => ({ value: one, label: capital(shapeWords[one]) }))}
          value={shape}
          isDisabled={isBusy}
          onChange={onChange}
        />
        {isChosen ? (
          <StateLine state="warning">
            You chose {shapeWords[shape]}; the column itself reads {shapeWords[detected]}.
          </StateLine>
        ) : isCertain ? (
          <StateLine state="checked">Read off the whole column: {shapeWords[shape]}.</StateLine>
        ) : (
          <StateLine state="warning">
            The column fits more than one order. Taken is {shapeWords[shape]}; look at the dates below.
          </StateLine>
        )}
        <ul className="text-2">
          {contradicting > 0 && (
            <li>
              {formatPlural(contradicting, 'date')} only {contradicting === 1 ? 'fits' : 'fit'} another order, kept as
              text
            </li>
          )}
          {unreadable > 0 && (
            <li>
              {formatPlural(unreadable, 'date')} that {unreadable === 1 ? 'is' : 'are'} no day, kept as text
            </li>
          )}
          {blank > 0 && <li>{formatPlural(blank, 'row')} without a birth date</li>}
        </ul>
      </div>
    </SectionCard>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
