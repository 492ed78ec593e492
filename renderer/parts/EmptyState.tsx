import './EmptyState.css'
import type { ReactNode } from 'react'

export type EmptyStateProps = {
  /** One sentence: what is not there. */
  readonly sentence: string
  /** One action: what to do first. */
  readonly action?: ReactNode
  readonly hint?: string
}

export function EmptyState({ sentence, action, hint }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <p className="empty-state__sentence">{sentence}</p>
      {hint !== undefined && <p className="empty-state__hint">{hint}</p>}
      {action !== undefined && <div className="empty-state__action">{action}</div>}
    </div>
  )
}
