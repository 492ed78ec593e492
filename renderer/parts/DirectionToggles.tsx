import './DirectionToggles.css'
import { IconArrowsHorizontal, IconArrowsVertical, IconArrowUpLeft, IconArrowUpRight } from '@tabler/icons-react'
import { type PassDirection, passDirections } from '../../shared/domain/session.ts'

const looks = {
  V: { words: 'Vertical', Icon: IconArrowsVertical },
  H: { words: 'Horizontal', Icon: IconArrowsHorizontal },
  OR: { words: 'Oblique, right-leaning', Icon: IconArrowUpRight },
  OL: { words: 'Oblique, left-leaning', Icon: IconArrowUpLeft },
} as const satisfies Record<PassDirection, unknown>

export type DirectionTogglesProps = {
  /** `Pass 1 · directions`. */
  readonly label: string
  readonly value: readonly PassDirection[]
  readonly onChange: (value: readonly PassDirection[]) => void
  readonly isDisabled?: boolean
}

/** In which directions a pass went; any number of the four. */
export function DirectionToggles({ label, value, onChange, isDisabled }: DirectionTogglesProps) {
  function toggle(direction: PassDirection) {
    onChange(passDirections.filter((known) => (known === direction ? !value.includes(known) : value.includes(known))))
  }
  return (
    <fieldset className="direction-toggles">
      <legend>{label}</legend>
      {passDirections.map((direction) => {
        const { words, Icon } = looks[direction]
        return (
          <button
            key={direction}
            type="button"
            aria-pressed={value.includes(direction)}
            aria-label={`${direction}, ${words.toLowerCase()}`}
            title={words}
            disabled={isDisabled}
            onClick={() => toggle(direction)}
          >
            <Icon size={15} stroke={1.7} aria-hidden="true" />
            {direction}
          </button>
        )
      })}
    </fieldset>
  )
}

/** `V H / OR OL`: the directions of each pass, for tables. */
export function directionsText(passes: readonly { readonly directions: readonly PassDirection[] }[]): string {
  return passes.map((pass) => pass.directions.join(' ')).join(' / ')
}
