import { Checkbox, Select, TextInput } from '@mantine/core'
import type { Role } from '../../../shared/domain/roles.ts'
import { licenceLevels } from '../../../shared/domain/staff.ts'
import type { StaffId } from '../../../shared/kernel/ids.ts'
import { DateField } from '../../parts/DateField.tsx'
import { licenceLevelTexts } from '../../parts/licence-text.ts'
import { stateOptions } from '../../parts/places.ts'
import { useClinic } from '../use-clinic.ts'
import { type Member, type MemberDraft, needsLicence } from './member-form.ts'

export type MemberFieldsProps = {
  readonly draft: MemberDraft
  readonly onChange: (draft: MemberDraft) => void
  readonly roles: readonly Role[]
  /** Who may be named as the first supervisor; left out for somebody who works here already. */
  readonly physicians?: readonly Member[]
}

const levelOptions = licenceLevels.map((value) => ({ value, label: licenceLevelTexts[value] }))
const examinerOptions = [
  { value: 'PHYSICIAN', label: 'Physician' },
  { value: 'NP', label: 'Nurse practitioner' },
  { value: 'PA', label: 'Physician assistant' },
]

/** Facts that stand beside a person's name on every record: credential, licence, supervisor. */
export function MemberFields({ draft, onChange, roles, physicians }: MemberFieldsProps) {
  const set = (part: Partial<MemberDraft>) => onChange({ ...draft, ...part })
  const isPhysician = roles.includes('physician')
  return (
    <div className="member-fields">
      <div className="member-fields__row">
        <TextInput
          label="Printed name"
          description="As on records, e.g. Dr Samuel Okafor"
          aria-required
          maxLength={120}
          value={draft.printedName}
          onChange={(event) => set({ printedName: event.currentTarget.value })}
        />
        <TextInput
          label="Credential"
          description={isPhysician ? 'e.g. MD' : 'e.g. Licensed aesthetician'}
          maxLength={120}
          value={draft.credential}
          onChange={(event) => set({ credential: event.currentTarget.value })}
        />
      </div>
      {isPhysician && (
        <TextInput
          label="Board certification"
          description="e.g. Dermatology; empty where there is none"
          maxLength={200}
          value={draft.boardCertification}
          onChange={(event) => set({ boardCertification: event.currentTarget.value })}
        />
      )}
      {!needsLicence(roles) && (
        <Checkbox
          label="Holds a licence"
          checked={draft.hasLicence}
          onChange={(event) => set({ hasLicence: event.currentTarget.checked })}
        />
      )}
      {(draft.hasLicence || needsLicence(roles)) && <LicenceFields draft={draft} set={set} />}
      <Select
        label="May examine before treatment as"
        description="Good faith examinations, where the policy lets this kind of examiner do them"
        clearable
        placeholder="Does not examine"
        data={examinerOptions}
        value={draft.examinerKind}
        onChange={(value) => set({ examinerKind: value as MemberDraft['examinerKind'] })}
      />
      {physicians && !isPhysician && roles.includes('aesthetician') && (
        <SupervisorFields draft={draft} set={set} physicians={physicians} />
      )}
    </div>
  )
}

type PartProps = { readonly draft: MemberDraft; readonly set: (part: Partial<MemberDraft>) => void }

function LicenceFields({ draft, set }: PartProps) {
  const clinic = useClinic()
  return (
    <fieldset className="member-fields__group">
      <legend>Licence</legend>
      <div className="member-fields__row">
        <TextInput
          label="Number"
          aria-required
          maxLength={60}
          classNames={{ input: 'mono' }}
          value={draft.licenceNumber}
          onChange={(event) => set({ licenceNumber: event.currentTarget.value })}
        />
        <Select
          label="State"
          aria-required
          searchable
          selectFirstOptionOnChange
          data={stateOptions}
          value={draft.licenceState}
          onChange={(licenceState) => set({ licenceState })}
        />
      </div>
      <div className="member-fields__row">
        <Select
          label="Level"
          description="The policy names levels"
          data={levelOptions}
          value={draft.licenceLevel}
          onChange={(value) => set({ licenceLevel: value as MemberDraft['licenceLevel'] })}
        />
        {clinic && (
          <DateField
            label="Valid until"
            description="Last day; afterwards no session starts"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={draft.licenceExpiresOn}
            onChange={(licenceExpiresOn) => set({ licenceExpiresOn })}
          />
        )}
      </div>
    </fieldset>
  )
}

function SupervisorFields({ draft, set, physicians }: PartProps & { readonly physicians: readonly Member[] }) {
  const clinic = useClinic()
  if (!clinic) return null
  const { dateOrder: order, today } = clinic
  return (
    <fieldset className="member-fields__group">
      <legend>Supervising physician</legend>
      <Select
        label="Physician"
        clearable
        placeholder={physicians.length === 0 ? 'No physician has an account yet' : 'Nobody yet'}
        data={physicians.map((physician) => ({ value: physician.staffId as string, label: physician.printedName }))}
        value={draft.supervisorId}
        onChange={(value) =>
          set({
            supervisorId: value as StaffId | null,
            supervisedFrom: value === null ? null : (draft.supervisedFrom ?? today),
          })
        }
      />
      {draft.supervisorId !== null && (
        <div className="member-fields__row">
          <DateField
            label="From"
            kind="any"
            order={order}
            today={today}
            value={draft.supervisedFrom}
            onChange={(supervisedFrom) => set({ supervisedFrom })}
          />
          <DateField
            label="Until"
            description="Empty while it goes on"
            kind="any"
            order={order}
            today={today}
            value={draft.supervisedUntil}
            onChange={(supervisedUntil) => set({ supervisedUntil })}
          />
        </div>
      )}
    </fieldset>
  )
}
