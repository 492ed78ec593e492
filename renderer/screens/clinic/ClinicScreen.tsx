import './clinic.css'
import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { PermissionName } from '../../../shared/contract/permissions.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { AuditPart } from '../audit/AuditPart.tsx'
import { PolicyPart } from '../policy/PolicyPart.tsx'
import { StaffPart } from '../staff/StaffPart.tsx'
import { CopiesPart } from './CopiesPart.tsx'
import { FactsPart } from './FactsPart.tsx'

type Part = {
  readonly key: string
  readonly label: string
  readonly may: PermissionName
  readonly Component: ComponentType
}

const parts: readonly Part[] = [
  { key: 'facts', label: 'Clinic', may: 'staff.read', Component: FactsPart },
  { key: 'staff', label: 'Staff', may: 'staff.read', Component: StaffPart },
  { key: 'policy', label: 'Policy', may: 'policy.read', Component: PolicyPart },
  { key: 'audit', label: 'Audit', may: 'audit.read', Component: AuditPart },
  { key: 'copies', label: 'Copies', may: 'backup.make', Component: CopiesPart },
]

/** Everything about the clinic itself, part by part; who may not use a part does not see it. */
export function ClinicScreen() {
  const { part: wanted } = useParams({ strict: false })
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic || !person) return null
  const allowed = parts.filter((part) => mayDo(person, part.may))
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
        {current ? (
          <current.Component />
        ) : (
          <EmptyState sentence="Your role does not include this part of the clinic." />
        )}
      </div>
    </div>
  )
}
