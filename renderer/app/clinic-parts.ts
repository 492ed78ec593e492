import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { PermissionName } from '../../shared/contract/permissions.ts'

export type ClinicPart = {
  /** As it stands in the address: `/clinic/staff`. */
  readonly key: string
  readonly label: string
  /** Who may not use a part does not see it. */
  readonly may: PermissionName
  readonly Component: LazyExoticComponent<ComponentType>
}

/** The parts of the Clinic screen, in their order; each is loaded when first opened. */
export const clinicParts: readonly ClinicPart[] = [
  {
    key: 'facts',
    label: 'Clinic',
    may: 'staff.read',
    Component: lazy(() => import('../screens/clinic/FactsPart.tsx').then(({ FactsPart }) => ({ default: FactsPart }))),
  },
  {
    key: 'staff',
    label: 'Staff',
    may: 'staff.read',
    Component: lazy(() => import('../screens/staff/StaffPart.tsx').then(({ StaffPart }) => ({ default: StaffPart }))),
  },
  {
    key: 'policy',
    label: 'Policy',
    may: 'policy.read',
    Component: lazy(() =>
      import('../screens/policy/PolicyPart.tsx').then(({ PolicyPart }) => ({ default: PolicyPart })),
    ),
  },
  {
    key: 'consents',
    label: 'Consent texts',
    may: 'policy.read',
    Component: lazy(() =>
      import('../screens/consent-text/ConsentTextsPart.tsx').then(({ ConsentTextsPart }) => ({
        default: ConsentTextsPart,
      })),
    ),
  },
  {
    key: 'questions',
    label: 'Health questions',
    may: 'policy.read',
    Component: lazy(() =>
      import('../screens/questionnaire/QuestionnairePart.tsx').then(({ QuestionnairePart }) => ({
        default: QuestionnairePart,
      })),
    ),
  },
  {
    key: 'presets',
    label: 'Presets',
    may: 'preset.read',
    Component: lazy(() =>
      import('../screens/session-preset/SessionPresetsPart.tsx').then(({ SessionPresetsPart }) => ({
        default: SessionPresetsPart,
      })),
    ),
  },
  {
    key: 'incidents',
    label: 'Staff incidents',
    may: 'staffIncident.work',
    Component: lazy(() =>
      import('../screens/staff-incident/StaffIncidentsPart.tsx').then(({ StaffIncidentsPart }) => ({
        default: StaffIncidentsPart,
      })),
    ),
  },
  {
    key: 'reports',
    label: 'Reports',
    may: 'counts.read',
    Component: lazy(() =>
      import('../screens/report/ReportsPart.tsx').then(({ ReportsPart }) => ({ default: ReportsPart })),
    ),
  },
  {
    key: 'audit',
    label: 'Audit',
    may: 'audit.read',
    Component: lazy(() => import('../screens/audit/AuditPart.tsx').then(({ AuditPart }) => ({ default: AuditPart }))),
  },
  {
    key: 'copies',
    label: 'Copies',
    may: 'backup.make',
    Component: lazy(() =>
      import('../screens/clinic/CopiesPart.tsx').then(({ CopiesPart }) => ({ default: CopiesPart })),
    ),
  },
  {
    key: 'keys',
    // Not the keys of the keyboard, which the rail has.
    label: 'Recovery',
    may: 'keys.write',
    Component: lazy(() => import('../screens/clinic/KeysPart.tsx').then(({ KeysPart }) => ({ default: KeysPart }))),
  },
]
