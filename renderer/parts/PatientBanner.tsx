import './PatientBanner.css'
import type { ReactNode } from 'react'
import type { PatientId } from '../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import { formatBorn, formatNameWithoutPreferred, type PersonName } from './format.ts'
import { LookAlikeMark } from './LookAlikeMark.tsx'
import { PersonPhoto } from './PersonPhoto.tsx'
import { type GlyphState, StateGlyph } from './StateGlyph.tsx'

/** One cell, label over value. `value` is never empty: what nobody asked is `Not asked`. */
export type BannerCell = {
  readonly label: string
  /** Bold part. */
  readonly value: string
  /** Grey part after it: a date, a reaction. */
  readonly detail?: string
  readonly state?: GlyphState
}

export type PatientBannerProps = {
  readonly patientId: PatientId
  readonly name: PersonName
  readonly bornOn: CalendarDate | null
  /** The clinic's date, for the age. */
  readonly today: CalendarDate
  readonly chartNumber: string
  readonly photoSrc: string | null
  readonly isLookAlike: boolean
  readonly isArchived?: boolean
  /** Only the cells this person may read. */
  readonly cells: readonly BannerCell[]
  readonly action?: ReactNode
}

/** Whose record is on the screen. It never scrolls away. */
export function PatientBanner(props: PatientBannerProps) {
  const { patientId, name, bornOn, today, chartNumber, photoSrc, isLookAlike, isArchived, cells, action } = props
  return (
    <section className="patient-banner" aria-label="Patient" data-patient-id={patientId}>
      <PersonPhoto src={photoSrc} size={48} alt={photoSrc === null ? null : 'Photo of the patient'} />
      <div className="patient-banner__who">
        <p className="patient-banner__name">
          <strong>{formatNameWithoutPreferred(name)}</strong>
          {name.preferredName && <span className="patient-banner__preferred">“{name.preferredName}”</span>}
          {isLookAlike && <LookAlikeMark />}
        </p>
        <p className="patient-banner__born">
          {bornOn === null ? 'Birth date unknown' : `Born ${formatBorn(bornOn, today)}`}
          <span className="patient-banner__dot">·</span>
          <span className="mono">{chartNumber}</span>
          {isArchived && <span className="patient-banner__archived">Archived</span>}
        </p>
      </div>
      <dl className="patient-banner__cells">
        {cells.map((cell) => (
          <div key={cell.label}>
            <dt>{cell.label}</dt>
            <dd>
              {cell.state && <StateGlyph state={cell.state} size={15} label={null} />}
              <span>
                <strong>{cell.value}</strong>
                {cell.detail !== undefined && <span className="patient-banner__detail"> {cell.detail}</span>}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {action !== undefined && <div className="patient-banner__action">{action}</div>}
    </section>
  )
}

/** Throws when a view is about to show one patient's record under another's banner: a crash, not a display. */
export function assertSamePatient(bannerId: PatientId, recordId: PatientId): void {
  if (bannerId !== recordId) throw new Error(`record of patient ${recordId} under the banner of ${bannerId}`)
}
