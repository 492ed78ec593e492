import './ScreenError.css'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { hrefTo, paths } from './paths.ts'

/** Shown in place of a screen that stopped. It names no error text: that could hold a patient's words. */
export function ScreenError({ reset }: { readonly reset?: () => void }) {
  return (
    <section className="screen-error" role="alert">
      <IconAlertTriangle size={22} stroke={1.7} aria-hidden="true" />
      <div>
        <h1 className="title-16">This screen stopped</h1>
        <p>
          What was saved is safe, and drafts are kept up to the last second. Open the screen again; if it stops a second
          time, go on from Today and tell the person who looks after this computer.
        </p>
        <div className="screen-error__actions">
          <Button variant="filled" onClick={() => (reset ? reset() : window.location.reload())}>
            Open it again
          </Button>
          <Button component="a" href={hrefTo(paths.today)} onClick={reset}>
            Go to Today
          </Button>
        </div>
      </div>
    </section>
  )
}

/** Catches what the router does not: the frame itself. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode; readonly onError?: (error: Error) => void },
  { readonly hasFailed: boolean }
> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override componentDidCatch(error: Error, _info: ErrorInfo) {
    this.props.onError?.(error)
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return <ScreenError reset={() => this.setState({ hasFailed: false })} />
  }
}
