import './SectionCard.css'
import { type ReactNode, useId } from 'react'

export type SectionCardProps = {
  readonly title: ReactNode
  /** Small grey words after the title. */
  readonly note?: ReactNode
  /** At the right end of the title line: a tag, a count, one small button. */
  readonly aside?: ReactNode
  readonly children: ReactNode
  /** `panel` 16/22 for the main part of a screen, `card` 14/20. */
  readonly size?: 'panel' | 'card'
  /** True lets lists and tables reach the edges. */
  readonly isFlush?: boolean
  readonly footer?: ReactNode
}

export function SectionCard({
  title,
  note,
  aside,
  children,
  size = 'card',
  isFlush = false,
  footer,
}: SectionCardProps) {
  const id = useId()
  return (
    <section className="section-card" data-flush={isFlush} aria-labelledby={id}>
      <header className="section-card__head">
        <h2 id={id} className={size === 'panel' ? 'title-16' : 'title-14'}>
          {title}
        </h2>
        {note !== undefined && <span className="section-card__note">{note}</span>}
        {aside !== undefined && <span className="section-card__aside">{aside}</span>}
      </header>
      <div className="section-card__body">{children}</div>
      {footer !== undefined && <footer className="section-card__foot">{footer}</footer>}
    </section>
  )
}
