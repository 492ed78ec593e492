import './SignedMark.css'
import { IconLock } from '@tabler/icons-react'

/** Padlock, name, time: locked means readable. */
export function SignedMark({ text }: { readonly text: string }) {
  return (
    <span className="signed-mark">
      <IconLock size={14} stroke={1.6} aria-hidden="true" />
      {text}
    </span>
  )
}
