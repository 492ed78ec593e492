import type { ReactNode } from 'react'

/** A part of a screen that scrolls by itself: the arrow keys have to reach it, and its name says what it holds. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls and holds no control is reached by nothing else.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
