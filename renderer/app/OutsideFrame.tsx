import './OutsideFrame.css'
import type { ReactNode } from 'react'
import { Logo } from '../parts/Logo.tsx'
import { SchemeSwitch } from '../parts/SchemeSwitch.tsx'

export type OutsideFrameProps = {
  /** The clinic's name where its records are open, otherwise the program's. */
  readonly name: string
  readonly line?: string
  readonly width?: 'narrow' | 'wide' | 'full'
  readonly strip?: ReactNode
  readonly children: ReactNode
  /** Under the card: the other ways in. */
  readonly below?: ReactNode
}

/** Everything that stands before a person is signed in: one card, nothing of any patient. */
export function OutsideFrame({ name, line, width = 'narrow', strip, children, below }: OutsideFrameProps) {
  return (
    <div className="outside-frame">
      {strip !== undefined && <div className="outside-frame__strip">{strip}</div>}
      <main className="outside-frame__column" data-width={width}>
        <div className="outside-frame__head">
          <Logo size={40} />
          <div>
            <strong>{name}</strong>
            <span>{line}</span>
          </div>
        </div>
        <div className="outside-frame__card">{children}</div>
        {below !== undefined && <div className="outside-frame__below">{below}</div>}
      </main>
      <footer className="outside-frame__foot">
        <span>Records stay on this computer, encrypted</span>
        <SchemeSwitch labelPlace="hidden" />
      </footer>
    </div>
  )
}
