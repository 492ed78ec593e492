import './staff.css'
import { Button } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useClinic } from '../use-clinic.ts'

export type OneTimeCode = { readonly printedName: string; readonly signInName: string; readonly code: string }

/** A code to hand over: shown this once, good for three days and one use. */
export function OneTimeCodeCard({
  oneTimeCode,
  onDone,
}: {
  readonly oneTimeCode: OneTimeCode
  readonly onDone?: () => void
}) {
  const { printedName, signInName, code } = oneTimeCode
  const [isCopied, setCopied] = useState(false)
  const [isPrinting, setPrinting] = useState(false)

  async function copy() {
    await navigator.clipboard.writeText(code)
    setCopied(true)
  }

  return (
    <section className="code-card" aria-label={`One-time code for ${printedName}`}>
      <div>
        <h3 className="title-14">One-time code for {printedName}</h3>
        <p className="text-2">
          It is shown only now. Hand it over in person; it works once, within three days. With the sign-in name{' '}
          <strong>{signInName}</strong> it lets them choose their own password and PIN.
        </p>
      </div>
      <p className="code-card__code mono">{code}</p>
      <div className="code-card__actions">
        <Button leftSection={<IconCopy size={15} stroke={1.7} aria-hidden="true" />} onClick={() => void copy()}>
          Copy the code
        </Button>
        <Button
          leftSection={<IconPrinter size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => setPrinting(true)}
        >
          Print a slip
        </Button>
        {onDone && <Button onClick={onDone}>Handed over</Button>}
        <span role="status" className="text-12 text-2">
          {isCopied && 'Copied. The clipboard keeps it until something else is copied.'}
        </span>
      </div>
      {isPrinting && <CodeSheet oneTimeCode={oneTimeCode} onEnd={() => setPrinting(false)} />}
    </section>
  )
}

/** The slip is the only thing on the page while it prints. */
function CodeSheet({ oneTimeCode, onEnd }: { readonly oneTimeCode: OneTimeCode; readonly onEnd: () => void }) {
  const clinic = useClinic()
  useEffect(() => {
    document.body.classList.add('prints-code')
    window.print()
    document.body.classList.remove('prints-code')
    onEnd()
  }, [onEnd])
  return createPortal(
    <div className="code-sheet">
      <h1>{clinic?.name}</h1>
      <p>For {oneTimeCode.printedName}</p>
      <p>
        Sign-in name: <span className="mono">{oneTimeCode.signInName}</span>
      </p>
      <p>
        One-time code: <span className="mono">{oneTimeCode.code}</span>
      </p>
      <p>
        On the sign-in screen choose “I have a one-time code”, then set your own password and PIN. The code works once,
        within three days. Tear this up afterwards.
      </p>
    </div>,
    document.body,
  )
}
