import { Suspense, useMemo, useState } from 'react'
import type { ConsentId, PatientId, ScreeningId } from '../../../shared/kernel/ids.ts'
import { patientForms } from '../../app/patient-forms.ts'
import { flushPendingSaves } from '../../client/pending-saves.ts'
import { useCommand } from '../../client/use-command.ts'
import type { PatientTextSize } from '../../parts/PatientModeFrame.tsx'
import { PatientWindowProvider } from '../../parts/PatientWindow.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { PatientThanks } from './PatientThanks.tsx'

export type PatientModeScreenProps = {
  /** As `signIn.state` gives it while the window is with a patient. */
  readonly form: { readonly patientId: string; readonly kind: 'SCREENING' | 'CONSENT'; readonly formId: string }
}

/** The whole window while it is in a patient's hands: one form, then a page that asks to hand the screen back. */
export function PatientModeScreen({ form }: PatientModeScreenProps) {
  const [textSize, setTextSize] = useState<PatientTextSize>('normal')
  const [isDone, setDone] = useState(false)
  const end = useCommand('patientMode.end')
  const leaveRefusal = end.refusal === null ? null : sentenceFor(end.refusal)
  const run = end.run
  const patientWindow = useMemo(
    () => ({
      textSize,
      onTextSizeChange: setTextSize,
      onLeave: (pin: string) => void flushPendingSaves().then(() => run({ pin })),
      leaveRefusal,
    }),
    [textSize, run, leaveRefusal],
  )

  if (isDone) return <PatientThanks textSize={textSize} onLeave={patientWindow.onLeave} refusal={leaveRefusal} />
  return (
    <PatientWindowProvider value={patientWindow}>
      <Suspense fallback={<div aria-busy="true" />}>
        <HandedForm form={form} onDone={() => setDone(true)} />
      </Suspense>
    </PatientWindowProvider>
  )
}

function HandedForm({ form, onDone }: PatientModeScreenProps & { readonly onDone: () => void }) {
  // The ids come from main, which made them.
  const patientId = form.patientId as PatientId
  if (form.kind === 'SCREENING')
    return <patientForms.SCREENING patientId={patientId} screeningId={form.formId as ScreeningId} onDone={onDone} />
  return <patientForms.CONSENT patientId={patientId} consentId={form.formId as ConsentId} onDone={onDone} />
}
