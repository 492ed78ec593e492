import './PatientThanks.css'
import { IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Logo } from '../../parts/Logo.tsx'
import type { PatientTextSize } from '../../parts/PatientModeFrame.tsx'
import { PinField } from '../../parts/PinField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'

export type PatientThanksProps = {
  readonly textSize: PatientTextSize
  readonly onLeave: (pin: string) => void
  readonly refusal: string | null
}

/** After the signature: nothing of the form is left on the screen, and only a staff PIN leads on. */
export function PatientThanks({ textSize, onLeave, refusal }: PatientThanksProps) {
  const [pin, setPin] = useState('')
  return (
    <div className="patient-mode patient-thanks" data-text={textSize}>
      <header className="patient-mode__top">
        <Logo size={34} />
      </header>
      <main className="patient-mode__body">
        <IconCircleCheck size={64} stroke={1.5} aria-hidden="true" />
        <h1>Thank you. Everything is saved.</h1>
        <p className="patient-mode__lead">Please hand the screen back to the clinic’s staff.</p>
      </main>
      <footer className="patient-mode__foot">
        <p>For the clinic’s staff: your PIN takes the screen back.</p>
        <PinField
          label="Staff PIN"
          size="large"
          value={pin}
          onChange={setPin}
          onComplete={(complete) => {
            setPin('')
            onLeave(complete)
          }}
        />
        <RefusalText>{refusal}</RefusalText>
      </footer>
    </div>
  )
}
