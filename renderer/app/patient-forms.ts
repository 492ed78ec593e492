import { type ComponentType, lazy } from 'react'
import type { ConsentId, PatientId, ScreeningId } from '../../shared/kernel/ids.ts'

type FormProps = { readonly patientId: PatientId; readonly onDone: () => void }

/** The forms a patient can be handed, each loaded when it is. */
export const patientForms: {
  readonly SCREENING: ComponentType<FormProps & { readonly screeningId: ScreeningId }>
  readonly CONSENT: ComponentType<FormProps & { readonly consentId: ConsentId }>
} = {
  SCREENING: lazy(async () => ({
    default: (await import('../screens/screening/ScreeningPatientForm.tsx')).ScreeningPatientForm,
  })),
  CONSENT: lazy(async () => ({
    default: (await import('../screens/consent/ConsentPatientForm.tsx')).ConsentPatientForm,
  })),
}
