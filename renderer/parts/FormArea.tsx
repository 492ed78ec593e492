import type { KeyboardEvent, ReactNode } from 'react'

export type FormAreaProps = {
  readonly className: string
  /** True inside another form, which Enter here must not send. */
  readonly isNested: boolean
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** A form, or a group that behaves like one where it stands inside a form: Enter sends this part alone. */
export function FormArea({ className, isNested, onSubmit, children }: FormAreaProps) {
  if (!isNested)
    return (
      <form
        className={className}
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
      </form>
    )

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.defaultPrevented || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    onSubmit()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to Enter of the fields inside
    <div className={className} onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}
