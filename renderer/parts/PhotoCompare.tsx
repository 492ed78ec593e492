import './PhotoCompare.css'
import { IconArrowsHorizontal } from '@tabler/icons-react'
import { type CSSProperties, useState } from 'react'

export type ComparedPhoto = {
  readonly src: string
  /** Who and what it shows, for listeners. */
  readonly alt: string
  /** Burned on the picture: day and date. */
  readonly label: string
}

/** Two pictures of the same view over each other; the line between them is drawn, or moved with the arrow keys. */
export function PhotoCompare({
  before,
  after,
  isFromFront,
}: {
  readonly before: ComparedPhoto
  readonly after: ComparedPhoto | null
  /** Seen from the front the patient's right is on the viewer's left, and the picture says so. */
  readonly isFromFront: boolean
}) {
  const [at, setAt] = useState(50)
  return (
    <div className="photo-compare" style={{ '--at': `${at}%` } as CSSProperties}>
      <img src={(after ?? before).src} alt={(after ?? before).alt} />
      {after && (
        <>
          <img className="photo-compare__over" src={before.src} alt={before.alt} />
          <span className="photo-compare__line" aria-hidden="true">
            <span className="photo-compare__knob">
              <IconArrowsHorizontal size={20} stroke={1.8} />
            </span>
          </span>
          <input
            type="range"
            min={0}
            max={100}
            step={2}
            value={at}
            aria-label="How much of the earlier picture is shown"
            aria-valuetext={`${at} % ${before.label}, ${100 - at} % ${after.label}`}
            onChange={(event) => setAt(Number(event.currentTarget.value))}
          />
        </>
      )}
      <span className="photo-compare__label" data-place="before">
        {before.label}
      </span>
      {after && (
        <span className="photo-compare__label" data-place="after">
          {after.label}
        </span>
      )}
      {isFromFront && (
        <>
          <span className="photo-compare__label" data-place="right">
            R, patient’s right
          </span>
          <span className="photo-compare__label" data-place="left">
            patient’s left, L
          </span>
        </>
      )}
    </div>
  )
}
