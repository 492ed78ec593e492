import './complication.css'
import { Button } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import type { ComplicationId, PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { PatientFrame } from '../../app/patient-banner/PatientFrame.tsx'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { usePerson } from '../../app/use-person.ts'
import { NewReport } from './NewReport.tsx'
import { OpenReport } from './OpenReport.tsx'

/** One complication of one patient, or the form that reports a new one. */
export function ComplicationScreen() {
  const patientId = usePatientParam()
  const { complicationId } = useParams({ strict: false })
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return <div aria-busy="true" />
  const props = { patientId, clinic, person }
  return (
    <PatientFrame patientId={patientId} action={<BackToChart patientId={patientId} />}>
      {complicationId === 'new' ? (
        <NewReport {...props} />
      ) : (
        // Ids in the address were made by main; a wrong one is refused there.
        <OpenReport key={complicationId} {...props} complicationId={complicationId as ComplicationId} />
      )}
    </PatientFrame>
  )
}

function BackToChart({ patientId }: { readonly patientId: PatientId }) {
  const go = useGo()
  return <Button onClick={() => go(pathTo.chart(patientId))}>Back to chart</Button>
}
