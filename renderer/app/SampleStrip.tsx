import { IconFlask2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** On every screen and print of the sample clinic. */
export function SampleStrip({ action }: { readonly action?: ReactNode }) {
  return (
    <aside className="sample-strip" aria-label="Sample clinic">
      <IconFlask2 size={15} stroke={1.7} aria-hidden="true" />
      <strong>Sample clinic</strong>
      <span>invented people, not for treatment</span>
      {action !== undefined && <span className="sample-strip__action">{action}</span>}
    </aside>
  )
}
