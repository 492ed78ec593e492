import './shell.css'
import { type ReactNode, useRef } from 'react'
import { Rail, type RailProps } from './Rail.tsx'
import { StatusLine, type StatusLineProps } from './StatusLine.tsx'
import { TopBar, type TopBarProps } from './TopBar.tsx'

export type ShellProps = {
  readonly rail: Omit<RailProps, 'onShowKeys'>
  readonly topBar: TopBarProps
  readonly status: Omit<StatusLineProps, 'onShowKeys'>
  readonly onShowKeys: () => void
  /** `<SampleStrip>` in the sample clinic, else null. */
  readonly sampleStrip: ReactNode
  /** The patient banner where a screen is about one patient, else null. */
  readonly banner: ReactNode
  readonly children: ReactNode
}

/** The frame of every signed-in screen: rail, top bar, banner, the screen itself, status line. */
export function Shell({ rail, topBar, status, onShowKeys, sampleStrip, banner, children }: ShellProps) {
  const main = useRef<HTMLElement>(null)
  return (
    <div className="shell">
      {/* A button, not a link: the address behind # belongs to the router. */}
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        Skip to the screen
      </button>
      <Rail {...rail} onShowKeys={onShowKeys} />
      <div className="shell__column">
        <TopBar {...topBar} />
        <div className="shell__sample">{sampleStrip}</div>
        <div className="shell__banner">{banner}</div>
        <main className="shell__main" ref={main} tabIndex={-1}>
          {children}
        </main>
        <StatusLine {...status} onShowKeys={onShowKeys} />
      </div>
    </div>
  )
}
