import './StateGlyph.css'
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconClock,
  IconEye,
  IconFilePlus,
  IconFlag,
  IconFlagFilled,
  IconLock,
  IconPlayerPause,
  IconRefresh,
  IconSend,
  IconTag,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Every state has a shape of its own: colour is never the only cue. */
export const glyphStates = [
  'done',
  'toDo',
  'missing',
  'blocked',
  'later',
  'notNeeded',
  'openComplication',
  'redFlag',
  'lookAlike',
  'onHold',
  'signed',
  'draft',
  'submitted',
  'opened',
  'notOpened',
  'warning',
  'deviation',
  'overLimit',
  'allergy',
  'corrected',
  'returned',
  'addendum',
  'retake',
  'enteredInError',
  'due',
  'checked',
] as const
export type GlyphState = (typeof glyphStates)[number]

export type Tone = 'plain' | 'accent' | 'red' | 'amber' | 'green'

type Look = { readonly tone: Tone; readonly words: string; readonly draw: (size: number) => ReactNode }

export const stateLooks: Readonly<Record<GlyphState, Look>> = {
  done: { tone: 'green', words: 'done', draw: dot },
  toDo: { tone: 'plain', words: 'to do on the day', draw: ring },
  missing: { tone: 'amber', words: 'missing', draw: halfRing },
  blocked: { tone: 'red', words: 'blocked', draw: crossedSquare },
  later: { tone: 'plain', words: 'at the start', draw: point },
  notNeeded: { tone: 'plain', words: 'not needed', draw: dash },
  openComplication: {
    tone: 'amber',
    words: 'open complication',
    draw: (size) => <IconFlag size={size} stroke={1.8} />,
  },
  redFlag: { tone: 'red', words: 'red flag', draw: (size) => <IconFlagFilled size={size} /> },
  lookAlike: { tone: 'amber', words: 'look-alike', draw: twoRings },
  onHold: { tone: 'amber', words: 'on hold', draw: (size) => <IconPlayerPause size={size} stroke={1.8} /> },
  signed: { tone: 'plain', words: 'signed', draw: (size) => <IconLock size={size} stroke={1.7} /> },
  draft: { tone: 'accent', words: 'draft', draw: (size) => <IconTag size={size} stroke={1.8} /> },
  submitted: { tone: 'accent', words: 'submitted', draw: (size) => <IconSend size={size} stroke={1.8} /> },
  opened: { tone: 'green', words: 'opened', draw: (size) => <IconEye size={size} stroke={1.8} /> },
  notOpened: { tone: 'plain', words: 'not opened', draw: ring },
  warning: { tone: 'amber', words: 'warning', draw: (size) => <IconAlertTriangle size={size} stroke={1.8} /> },
  deviation: { tone: 'amber', words: 'deviation', draw: (size) => <IconAlertTriangle size={size} stroke={1.8} /> },
  overLimit: { tone: 'red', words: 'over the limit', draw: (size) => <IconAlertTriangle size={size} stroke={1.8} /> },
  allergy: { tone: 'red', words: 'allergy', draw: (size) => <IconAlertTriangle size={size} stroke={1.8} /> },
  corrected: { tone: 'amber', words: 'corrected', draw: (size) => <IconArrowBackUp size={size} stroke={1.8} /> },
  returned: { tone: 'amber', words: 'returned', draw: (size) => <IconArrowBackUp size={size} stroke={1.8} /> },
  addendum: { tone: 'amber', words: 'addendum', draw: (size) => <IconFilePlus size={size} stroke={1.8} /> },
  retake: { tone: 'amber', words: 're-take', draw: (size) => <IconRefresh size={size} stroke={1.8} /> },
  enteredInError: { tone: 'red', words: 'entered in error', draw: (size) => <IconBan size={size} stroke={1.8} /> },
  due: { tone: 'red', words: 'due', draw: (size) => <IconAlertCircle size={size} stroke={1.8} /> },
  checked: { tone: 'plain', words: 'checked', draw: (size) => <IconCheck size={size} stroke={1.8} /> },
}

export type StateGlyphProps = {
  readonly state: GlyphState
  readonly size?: number
  /** What a listener hears; null where the words stand beside it. */
  readonly label: string | null
}

export function StateGlyph({ state, size = 14, label }: StateGlyphProps) {
  const look = stateLooks[state]
  return (
    <span className="state-glyph" data-tone={look.tone} data-state={state}>
      <span aria-hidden="true" className="state-glyph__shape">
        {look.draw(size)}
      </span>
      {label !== null && <span className="visually-hidden">{label}</span>}
    </span>
  )
}

/** The clock is used by lists of times that are running. */
export function RunningGlyph({ size = 15 }: { readonly size?: number }) {
  return <IconClock size={size} stroke={1.7} aria-hidden="true" />
}

function dot(size: number) {
  return shape(size, <circle cx="7" cy="7" r="4" fill="currentColor" />)
}

function ring(size: number) {
  return shape(size, <circle cx="7" cy="7" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.2" />)
}

function halfRing(size: number) {
  return shape(
    size,
    <>
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7 2.5a4.5 4.5 0 0 0 0 9z" fill="currentColor" />
    </>,
  )
}

function crossedSquare(size: number) {
  return shape(
    size,
    <>
      <rect x="1.5" y="1.5" width="11" height="11" rx="2" fill="currentColor" />
      <path d="m4.8 4.8 4.4 4.4m0-4.4-4.4 4.4" stroke="var(--surface)" strokeWidth="1.7" strokeLinecap="round" />
    </>,
  )
}

function point(size: number) {
  return shape(size, <circle cx="7" cy="7" r="1.4" fill="currentColor" />)
}

function dash(size: number) {
  return shape(size, <path d="M4 7h6" stroke="currentColor" strokeWidth="1.4" />)
}

function twoRings(size: number) {
  return (
    <svg
      width={size * 1.1}
      height={size}
      viewBox="0 0 15.4 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <circle cx="5.4" cy="7" r="4" />
      <circle cx="10" cy="7" r="4" />
    </svg>
  )
}

function shape(size: number, drawing: ReactNode) {
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      {drawing}
    </svg>
  )
}
