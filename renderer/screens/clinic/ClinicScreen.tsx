import './clinic.css'
import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { clinicParts } from '../../app/clinic-parts.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'

/** Everything about the clinic itself, part by part; who may not use a part does not see it. */
export function ClinicScreen() {
  const { part: wanted } = useParams({ strict: false })
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return null
  const allowed = clinicParts.filter((part) => mayDo(person, part.may))
  const current = allowed.find((part) => part.key === (wanted ?? 'facts'))
  return (
    <div className="clinic-screen">
      <PageHeader title="Clinic" summary={clinic.name} />
      <nav className="clinic-tabs" aria-label="Parts of the clinic">
        {allowed.map((part) => (
          <a
            key={part.key}
            href={hrefTo(pathTo.clinicPart(part.key))}
            aria-current={part === current ? 'page' : undefined}
          >
            {part.label}
          </a>
        ))}
      </nav>
      <div className="clinic-screen__body">
        <Suspense fallback={<div aria-busy="true" />}>
          {current ? (
            <current.Component />
          ) : (
            <EmptyState sentence="Your role does not include this part of the clinic." />
          )}
        </Suspense>
      </div>
    </div>
  )
}
