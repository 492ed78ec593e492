import { createContext, useContext } from 'react'
import { PatientModeFrame, type PatientModeFrameProps } from './PatientModeFrame.tsx'

/** What belongs to the window and not to the form that is on it: reading size, and how staff take the screen back. */
export type PatientWindow = Pick<PatientModeFrameProps, 'textSize' | 'onTextSizeChange' | 'onLeave' | 'leaveRefusal'>

const PatientWindowContext = createContext<PatientWindow | null>(null)

export const PatientWindowProvider = PatientWindowContext.Provider

/** One page of a form in patient mode; the window round it comes from `PatientModeScreen`. */
export function PatientFormPage(props: Omit<PatientModeFrameProps, keyof PatientWindow>) {
  const patientWindow = useContext(PatientWindowContext)
  if (!patientWindow) throw new Error('a patient’s form is shown outside patient mode')
  return <PatientModeFrame {...props} {...patientWindow} />
}
