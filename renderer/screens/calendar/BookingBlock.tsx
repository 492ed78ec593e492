import type { CSSProperties } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import { serviceText } from '../../app/visits/visit-words.ts'
import { formatName } from '../../parts/format.ts'
import { LookAlikeMark } from '../../parts/LookAlikeMark.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { bookingState } from './booking-label.ts'
import type { placeOf } from './calendar-layout.ts'

type Props = {
  readonly visit: DayVisit
  readonly place: ReturnType<typeof placeOf>
  /** The other of person and room. */
  readonly second: string
}

/** A booking as a block of time. Listeners hear it from the slots under it, so it is for the eye and the pointer only. */
export function BookingBlock({ visit, place, second }: Props) {
  const state = bookingState(visit)
  const style = {
    '--start': place.start,
    '--span': place.span,
    '--lane': place.lane,
    '--lanes': place.lanes,
  } as CSSProperties
  return (
    <div className="booking-block" data-status={visit.status} data-blocked={state.isBlocked} style={style}>
      <span className="booking-block__line">
        <StateGlyph state={state.glyph} size={12} label={null} />
        <span className="booking-block__time">{visit.atTime}</span>
        <strong>{formatName(visit)}</strong>
        {visit.isLookAlike && <LookAlikeMark isShort />}
      </span>
      {place.span > 2 || !state.isBlocked ? (
        <span className="booking-block__line text-2">
          {serviceText(visit)} · {second}
        </span>
      ) : null}
      {place.span > 2 || state.isBlocked ? <span className="booking-block__line text-2">{state.words}</span> : null}
    </div>
  )
}
