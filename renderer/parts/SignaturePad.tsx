import './SignaturePad.css'
import { Checkbox, TextInput } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState } from 'react'
import Pad, { type PointGroup } from 'signature_pad'
import type { SignatureMark } from '../../shared/domain/consent/consent.ts'

export type DrawnSignature = {
  readonly mark: SignatureMark
  /** PNG of the mark in base64 without a prefix, for the printed copy; null for a typed name. */
  readonly imagePng: string | null
}

export type SignaturePadProps = {
  /** `Sign here with finger or pen`. */
  readonly title: string
  /** Clinic time, printed beside the title. */
  readonly timeText?: string
  /** Whose signature: `Ana Kowalczyk, patient`. */
  readonly signerText: string
  /** What the person states by signing; without the tick nothing is signed. */
  readonly intentStatement: string
  readonly isIntended: boolean
  readonly onIntendedChange: (isIntended: boolean) => void
  /** Null after clearing. Called when a stroke ends or a name is typed. */
  readonly onChange: (signature: DrawnSignature | null) => void
  /** Staff sign at normal size, patients at large. */
  readonly size?: 'normal' | 'patient'
}

/** A signature by pointer, pen or finger; or a typed name. Strokes are kept with their timing. */
export function SignaturePad(props: SignaturePadProps) {
  const {
    title,
    timeText,
    signerText,
    intentStatement,
    isIntended,
    onIntendedChange,
    onChange,
    size = 'normal',
  } = props
  const [isTyping, setTyping] = useState(false)
  const [name, setName] = useState('')
  const titleId = useId()

  function change(isTyped: boolean) {
    setTyping(isTyped)
    setName('')
    onChange(null)
  }

  return (
    <section className="signature-pad" data-size={size} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{isTyping ? 'Type your full name' : title}</h2>
        {timeText !== undefined && <span>{timeText}</span>}
      </header>
      {isTyping ? (
        <div className="signature-pad__typed">
          <TextInput
            aria-label="Your full name"
            size={size === 'patient' ? 'xl' : 'md'}
            value={name}
            autoComplete="off"
            onChange={(event) => {
              const typed = event.currentTarget.value
              setName(typed)
              onChange(typed.trim() === '' ? null : { mark: { kind: 'TYPED', name: typed.trim() }, imagePng: null })
            }}
          />
          <p>{signerText}</p>
        </div>
      ) : (
        <StrokeCanvas label={`${title}. ${signerText}`} signerText={signerText} onChange={onChange} />
      )}
      <Checkbox
        className="signature-pad__intent"
        size={size === 'patient' ? 'xl' : 'sm'}
        label={intentStatement}
        checked={isIntended}
        onChange={(event) => onIntendedChange(event.currentTarget.checked)}
      />
      <button type="button" className="signature-pad__link" onClick={() => change(!isTyping)}>
        {isTyping ? 'Sign by hand instead' : 'Type my name instead'}
      </button>
    </section>
  )
}

type StrokeCanvasProps = {
  readonly label: string
  readonly signerText: string
  readonly onChange: (signature: DrawnSignature | null) => void
}

function StrokeCanvas({ label, signerText, onChange }: StrokeCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<Pad | null>(null)
  const report = useRef(onChange)
  report.current = onChange

  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const ink = getComputedStyle(element).getPropertyValue('--signature-ink').trim()
    const made = new Pad(element, { penColor: ink || '#1f3380', minWidth: 1.2, maxWidth: 2.8 })
    pad.current = made
    // The canvas has as many pixels as the screen shows; what was drawn survives a resize or a turned tablet.
    const observer = new ResizeObserver(() => {
      const ratio = window.devicePixelRatio || 1
      const drawn = made.toData()
      element.width = element.offsetWidth * ratio
      element.height = element.offsetHeight * ratio
      element.getContext('2d')?.scale(ratio, ratio)
      made.clear()
      made.fromData(drawn)
    })
    observer.observe(element)
    const onEnd = () => report.current(drawnSignature(made, element))
    made.addEventListener('endStroke', onEnd)
    return () => {
      observer.disconnect()
      made.removeEventListener('endStroke', onEnd)
      made.off()
      pad.current = null
    }
  }, [])

  function clear() {
    pad.current?.clear()
    report.current(null)
  }

  return (
    <div className="signature-pad__paper">
      <canvas ref={canvas} role="img" aria-label={label} />
      <span className="signature-pad__line" aria-hidden="true" />
      <p>{signerText}</p>
      <button type="button" className="signature-pad__link" onClick={clear}>
        <IconArrowBackUp size={20} stroke={1.7} aria-hidden="true" />
        Clear and redo
      </button>
    </div>
  )
}

/** Null for a mere dot: at least one stroke has to have moved. */
function drawnSignature(pad: Pad, shown: HTMLCanvasElement): DrawnSignature | null {
  const groups = pad.toData()
  if (!groups.some((group) => group.points.length >= 2)) return null
  return { mark: { kind: 'STROKES', strokes: strokesOf(groups) }, imagePng: darkPicture(groups, shown) }
}

/** Hundredths of a CSS pixel and milliseconds since the first touch, as integers: the signed bytes stay stable. */
export function strokesOf(
  groups: readonly Pick<PointGroup, 'points'>[],
): Extract<SignatureMark, { kind: 'STROKES' }>['strokes'] {
  const start = Math.min(...groups.flatMap((group) => group.points.map((point) => point.time)))
  return groups
    .filter((group) => group.points.length > 0)
    .map((group) =>
      group.points.map((point) => ({
        x: Math.round(point.x * 100),
        y: Math.round(point.y * 100),
        atMs: Math.max(0, Math.round(point.time - start)),
      })),
    )
}

/** Printed signatures are dark on white whatever the theme of the screen. */
function darkPicture(groups: readonly PointGroup[], shown: HTMLCanvasElement): string {
  const paper = document.createElement('canvas')
  paper.width = shown.offsetWidth * 2
  paper.height = shown.offsetHeight * 2
  paper.getContext('2d')?.scale(2, 2)
  const copy = new Pad(paper)
  copy.fromData(groups.map((group) => ({ ...group, penColor: '#1f3380' })))
  copy.off()
  return paper.toDataURL('image/png').replace(/^data:image\/png;base64,/, '')
}
