import './LookAlikeMark.css'
import { StateGlyph } from './StateGlyph.tsx'

/** Another patient's name and birth date are close to this one's. `isShort` in dense lists, where a legend explains it. */
export function LookAlikeMark({ isShort = false }: { readonly isShort?: boolean }) {
  return (
    <span className="look-alike-mark" title="Name and birth date close to another patient">
      <StateGlyph state="lookAlike" size={12} label={null} />
      {isShort ? 'alike' : 'look-alike'}
    </span>
  )
}
