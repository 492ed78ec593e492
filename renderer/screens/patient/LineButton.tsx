import { ActionIcon } from '@mantine/core'
import type { ReactNode } from 'react'

/** The small button at the end of one line of a form. */
export function LineButton({
  label,
  icon,
  onClick,
}: {
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
}) {
  return (
    <ActionIcon className="patient-line__button" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  )
}
