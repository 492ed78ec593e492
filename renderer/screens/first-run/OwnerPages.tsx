import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { DateField } from '../../parts/DateField.tsx'
import { NewPasswordField } from '../../parts/NewPasswordField.tsx'
import { NewPinFields } from '../../parts/NewPinFields.tsx'
import { showTypedButton } from '../../parts/password-toggle.ts'
import { dateOrderTexts, stateOptions, timeZoneOptions } from '../../parts/places.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { namesOf, type SetUpDraft } from './set-up-form.ts'

export type OwnerPageProps = {
  readonly draft: SetUpDraft
  readonly set: (part: Partial<SetUpDraft>) => void
  readonly today: CalendarDate
  /** As typed, or proposed from the name. */
  readonly signInName: string
}

export function ClinicPage({ draft, set }: OwnerPageProps) {
  return (
    <div className="set-up-fields">
      <TextInput
        label="Name of the clinic"
        description="As it stands on prints and consents"
        size="md"
        required
        withAsterisk={false}
        maxLength={120}
        autoFocus
        value={draft.clinicName}
        onChange={(event) => set({ clinicName: event.currentTarget.value })}
      />
      <div className="set-up-fields__row">
        <Select
          label="State"
          description="Whose rules the clinic works under"
          size="md"
          required
          withAsterisk={false}
          searchable
          selectFirstOptionOnChange
          data={stateOptions}
          value={draft.state}
          onChange={(state) => set({ state, licenceState: draft.licenceState ?? state })}
        />
        <Select
          label="Time zone"
          description="Every time is shown in it"
          size="md"
          searchable
          selectFirstOptionOnChange
          data={timeZoneOptions(draft.timeZone)}
          value={draft.timeZone}
          onChange={(timeZone) => timeZone !== null && set({ timeZone })}
        />
      </div>
      <SegmentedChoice
        label="Typed dates are read"
        segments={[
          { value: 'MDY', label: dateOrderTexts.MDY },
          { value: 'DMY', label: dateOrderTexts.DMY },
        ]}
        value={draft.dateOrder}
        onChange={(dateOrder) => set({ dateOrder })}
      />
      <TextInput
        label="Phone for urgent calls"
        description="Printed on consents and aftercare: whom a patient calls when something is wrong"
        size="md"
        required
        withAsterisk={false}
        maxLength={40}
        value={draft.urgentPhone}
        onChange={(event) => set({ urgentPhone: event.currentTarget.value })}
      />
    </div>
  )
}

export function AccountPage({ draft, set, today, signInName }: OwnerPageProps) {
  return (
    <div className="set-up-fields">
      <div className="set-up-fields__row">
        <TextInput
          label="Your name as printed"
          description="e.g. Greta Ansbach"
          size="md"
          required
          withAsterisk={false}
          maxLength={120}
          autoFocus
          value={draft.printedName}
          onChange={(event) => set({ printedName: event.currentTarget.value })}
        />
        <TextInput
          label="Credential or function"
          description="e.g. Practice manager, MD"
          size="md"
          required
          withAsterisk={false}
          maxLength={120}
          value={draft.credential}
          onChange={(event) => set({ credential: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label="I am also the responsible physician"
        description="Both roles are shown beside your name: manager and physician"
        checked={draft.alsoPhysician}
        onChange={(event) => set({ alsoPhysician: event.currentTarget.checked })}
      />
      {draft.alsoPhysician && <LicenceRow draft={draft} set={set} today={today} />}
      <TextInput
        label="Sign-in name"
        description="What you type to sign in"
        size="md"
        required
        withAsterisk={false}
        autoComplete="off"
        maxLength={80}
        value={signInName}
        onChange={(event) => set({ signInName: event.currentTarget.value })}
      />
      <NewPasswordField
        label="Password"
        value={draft.password}
        onChange={(password) => set({ password })}
        words={namesOf(draft)}
      />
      <NewPinFields value={draft.newPin} onChange={(newPin) => set({ newPin })} />
    </div>
  )
}

function LicenceRow({ draft, set, today }: Pick<OwnerPageProps, 'draft' | 'set' | 'today'>) {
  return (
    <>
      <div className="set-up-fields__row">
        <TextInput
          label="Licence number"
          size="md"
          required
          withAsterisk={false}
          maxLength={60}
          classNames={{ input: 'mono' }}
          value={draft.licenceNumber}
          onChange={(event) => set({ licenceNumber: event.currentTarget.value })}
        />
        <Select
          label="Licensed in"
          size="md"
          required
          withAsterisk={false}
          searchable
          selectFirstOptionOnChange
          data={stateOptions}
          value={draft.licenceState}
          onChange={(licenceState) => set({ licenceState })}
        />
      </div>
      <DateField
        label="Licence valid until"
        kind="any"
        order={draft.dateOrder}
        today={today}
        isRequired
        value={draft.licenceExpiresOn}
        onChange={(licenceExpiresOn) => set({ licenceExpiresOn })}
      />
    </>
  )
}

export function PassphrasePage({ draft, set }: OwnerPageProps) {
  const isOther = draft.passphraseAgain.length >= draft.passphrase.length && draft.passphraseAgain !== draft.passphrase
  return (
    <div className="set-up-fields">
      <p className="set-up-note">
        <strong>Nobody can reset it.</strong> It opens the records each time Countersign starts, on this computer and
        from a copy. The recovery code, which comes next, is the only other way in. Write it down and lock it away.
      </p>
      <NewPasswordField
        label="Passphrase of the clinic"
        description="Not your password: everybody who starts Countersign needs to know it"
        value={draft.passphrase}
        onChange={(passphrase) => set({ passphrase })}
        words={[draft.clinicName]}
      />
      <PasswordInput
        visibilityToggleButtonProps={showTypedButton}
        label="Once more"
        size="md"
        autoComplete="new-password"
        required
        withAsterisk={false}
        maxLength={256}
        value={draft.passphraseAgain}
        error={draft.passphraseAgain !== '' && isOther ? 'This is not the same.' : null}
        onChange={(event) => set({ passphraseAgain: event.currentTarget.value })}
      />
    </div>
  )
}
