import './RefusalText.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/**
 * What was refused, what it means for the record, what to do; shown where it happened. Nothing where `children` is
 * null: the place is announced when a sentence appears in it.
 */
export function RefusalText({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  const isEmpty = children === null || children === undefined || children === ''
  return (
    <div role="alert" className="refusal-text" data-empty={isEmpty}>
      {!isEmpty && (
        <>
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" />
          <div>{children}</div>
          {action}
        </>
      )}
    </div>
  )
}
