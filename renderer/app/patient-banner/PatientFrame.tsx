import { createContext, type ReactNode, useContext } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { assertSamePatient, PatientBanner } from '../../parts/PatientBanner.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { hrefTo, paths } from '../paths.ts'
import { usePortraits } from '../patient-search/use-portraits.ts'
import { ShellBanner } from '../ShellBanner.tsx'
import { useClinic } from '../use-clinic.ts'
import { bannerCells, type PatientBannerFacts } from './banner-cells.ts'

export type { PatientBannerFacts } from './banner-cells.ts'

const BannerContext = createContext<PatientBannerFacts | null>(null)

/** What makes the banner stale besides the patient's own record. */
const bannerSubjects = ['consent', 'complication', 'policy', 'chart'] as const

/**
 * Every screen about one patient stands in here: it puts that patient's banner above the screen and shows the screen
 * only once the banner is there. While the banner is fetched nothing of anybody is shown.
 */
export function PatientFrame({
  patientId,
  action,
  children,
}: {
  readonly patientId: PatientId
  /** At the right end of the banner: one button. */
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  const clinic = useClinic()
  const banner = useQuery('patient.banner', { patientId }, { dependsOn: bannerSubjects })
  const portraits = usePortraits([patientId])
  if (banner.refusal && !banner.value)
    return <NoSuchChart code={banner.refusal.code} sentence={sentenceFor(banner.refusal)} />
  if (!clinic || !banner.value) return <div aria-busy="true" />
  const facts = banner.value
  assertSamePatient(facts.patientId, patientId)
  return (
    // Another patient's screen starts from nothing: no state of the one before is carried over.
    <BannerContext.Provider key={facts.patientId} value={facts}>
      <ShellBanner>
        <PatientBanner
          patientId={facts.patientId}
          name={{ familyName: facts.family, givenName: facts.given, preferredName: facts.preferred }}
          bornOn={facts.bornOn}
          today={clinic.today}
          chartNumber={facts.chartNumber}
          photoSrc={portraits.get(patientId) ?? null}
          isLookAlike={facts.lookAlikes.length > 0}
          isArchived={facts.status.state === 'ARCHIVED'}
          cells={bannerCells(facts)}
          action={action}
        />
      </ShellBanner>
      {children}
    </BannerContext.Provider>
  )
}

/** Whose banner is on the screen; only inside a `PatientFrame`. */
export function usePatientBanner(): PatientBannerFacts {
  const facts = useContext(BannerContext)
  if (!facts) throw new Error('a screen about a patient stands outside its PatientFrame')
  return facts
}

/**
 * Throws, and so ends in the error boundary, when what a screen is about to show belongs to another patient than the
 * banner names. Call it with the patient id of every record before it is drawn.
 */
export function useSamePatient(recordPatientId: PatientId): void {
  assertSamePatient(usePatientBanner().patientId, recordPatientId)
}

function NoSuchChart({ code, sentence }: { readonly code: string; readonly sentence: string }) {
  const isUnknown = code === 'NOT_FOUND' || code === 'INVALID_INPUT'
  return (
    <EmptyState
      sentence={isUnknown ? 'There is no chart at this address.' : sentence}
      action={<a href={hrefTo(paths.patients)}>Go to the patients</a>}
    />
  )
}
