import './KeyHint.css'

export type KeyHintProps = {
  /** As printed on the key, e.g. `N`, `Ctrl K`, `Esc`. */
  readonly keys: string
  /** `onAccent` inside a filled button. */
  readonly tone?: 'plain' | 'onAccent'
}

/** The key that triggers the action it stands beside. Decoration for the eye: the name of the button stays clean. */
export function KeyHint({ keys, tone = 'plain' }: KeyHintProps) {
  return (
    <span aria-hidden="true">
      <kbd className="key-hint" data-tone={tone}>
        {keys}
      </kbd>
    </span>
  )
}
