import { useEffect, useState } from 'react'
import type { DuplicateAdvice } from '../../../shared/contract/patient.ts'
import type { PatientDetails } from '../../../shared/domain/patient.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useQuery } from '../../client/use-query.ts'
import { identityFactsOf } from './patient-form.ts'

const pauseMs = 250

export type Duplicates = {
  readonly charts: readonly DuplicateAdvice[]
  readonly isStranger: boolean
  refetch(): void
}

/** Asks who the person in the form may be, shortly after the last letter. */
export function useDuplicates(details: PatientDetails, except: PatientId | null): Duplicates {
  const facts = JSON.stringify(identityFactsOf(details))
  const [settled, setSettled] = useState(facts)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(facts), pauseMs)
    return () => clearTimeout(timer)
  }, [facts])
  // Text of this very hook: it keeps an object's identity out of the effect.
  const asked = JSON.parse(settled) as ReturnType<typeof identityFactsOf>
  const isStranger = asked.family === null && asked.given === null
  const { value, refetch } = useQuery(
    'patient.duplicates',
    { ...asked, except },
    { isEnabled: !isStranger, keepPrevious: true },
  )
  return { charts: isStranger ? [] : (value?.charts ?? []), isStranger, refetch }
}
