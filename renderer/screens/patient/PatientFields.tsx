import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { IconArrowsExchange, IconPlus, IconTrash } from '@tabler/icons-react'
import type { PatientForm } from '../../../shared/contract/patient.ts'
import { allergyKinds, allergyStates, contactChannels, phoneKinds, sexes } from '../../../shared/domain/patient.ts'
import type { DateOrder } from '../../../shared/domain/patient-birth-date.ts'
import { ageOn, type CalendarDate } from '../../../shared/kernel/time.ts'
import { DateField } from '../../parts/DateField.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import type { FormProblems } from './form-problems.ts'
import { LineButton } from './LineButton.tsx'
import { allergyKindWords, allergyStateWords, channelWords, phoneWords, sexWords } from './patient-words.ts'

export type FieldsProps = {
  readonly form: PatientForm
  readonly problems: FormProblems
  readonly today: CalendarDate
  readonly dateOrder: DateOrder
  readonly onChange: (part: Partial<PatientForm>) => void
}

type TextField = { [Key in keyof PatientForm]: PatientForm[Key] extends string ? Key : never }[keyof PatientForm]

/** One line of text of the form. Browsers keep what they complete, so completion is off everywhere. */
function Line({
  props,
  name,
  label,
  description,
  maxLength = 200,
  hasFocus = false,
}: {
  readonly props: FieldsProps
  readonly name: TextField
  readonly label: string
  readonly description?: string
  readonly maxLength?: number
  readonly hasFocus?: boolean
}) {
  return (
    <TextInput
      label={label}
      description={description}
      value={props.form[name]}
      error={props.problems[name] ?? null}
      maxLength={maxLength}
      autoComplete="off"
      spellCheck={false}
      autoFocus={hasFocus}
      onChange={(event) => props.onChange({ [name]: event.currentTarget.value })}
    />
  )
}

export function NameFields({ hasFocus, ...props }: FieldsProps & { readonly hasFocus: boolean }) {
  const { form, onChange } = props
  const setFormer = (index: number, part: Partial<PatientForm['formerNames'][number]>) =>
    onChange({ formerNames: form.formerNames.map((name, at) => (at === index ? { ...name, ...part } : name)) })
  return (
    <SectionCard title="Name" note="A surname or a given name is enough; what is unknown stays empty">
      <div className="patient-grid">
        <Line props={props} name="family" label="Surname" hasFocus={hasFocus} />
        <Line props={props} name="given" label="Given name" />
        <Line props={props} name="middle" label="Middle names" />
        <Line props={props} name="preferred" label="Preferred name" />
        {form.formerNames.map((name, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a form have no other name, and stay in their order
          <fieldset key={index} className="patient-line patient-line--former">
            <legend className="visually-hidden">Former name {index + 1}</legend>
            <TextInput
              label="Former surname"
              value={name.family}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setFormer(index, { family: event.currentTarget.value })}
            />
            <TextInput
              label="Former given name"
              value={name.given}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setFormer(index, { given: event.currentTarget.value })}
            />
            <LineButton
              label={`Take former name ${index + 1} away`}
              icon={<IconTrash size={15} stroke={1.7} aria-hidden="true" />}
              onClick={() => onChange({ formerNames: form.formerNames.filter((_, at) => at !== index) })}
            />
          </fieldset>
        ))}
        <div className="patient-grid__wide patient-grid__buttons">
          <Button
            size="xs"
            leftSection={<IconPlus size={13} stroke={2} aria-hidden="true" />}
            disabled={form.formerNames.length >= 20}
            onClick={() => onChange({ formerNames: [...form.formerNames, { family: '', given: '' }] })}
          >
            Former name
          </Button>
          <Button
            size="xs"
            leftSection={<IconArrowsExchange size={14} stroke={1.8} aria-hidden="true" />}
            onClick={() => onChange({ family: form.given, given: form.family })}
          >
            Swap surname and given name
          </Button>
        </div>
      </div>
    </SectionCard>
  )
}

export function BirthFields({ bornText, ...props }: FieldsProps & { readonly bornText: string | null }) {
  const { form, problems, today, dateOrder, onChange } = props
  return (
    <SectionCard title="Birth and sex">
      <div className="patient-grid">
        <DateField
          label="Birth date"
          kind="birth"
          order={dateOrder}
          today={today}
          value={form.bornOn}
          error={problems['bornOn'] ?? problems['bornText'] ?? null}
          {...(bornText !== null &&
            form.bornOn === null && { description: `The imported list says ${bornText}, which is no day` })}
          onChange={(bornOn) => onChange({ bornOn })}
        />
        <SegmentedChoice
          label="Sex"
          segments={sexes.map((sex) => ({ value: sex, label: sexWords[sex] }))}
          value={form.sex}
          onChange={(sex) => onChange({ sex })}
        />
        <Line props={props} name="gender" label="Gender, in the patient’s words" />
      </div>
    </SectionCard>
  )
}

export function ContactFields(props: FieldsProps) {
  const { form, problems, onChange } = props
  const setPhone = (index: number, part: Partial<PatientForm['phones'][number]>) =>
    onChange({ phones: form.phones.map((phone, at) => (at === index ? { ...phone, ...part } : phone)) })
  return (
    <SectionCard title="Contact">
      <div className="patient-grid">
        {form.phones.map((phone, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a form have no other name, and stay in their order
          <fieldset key={index} className="patient-line patient-line--phone">
            <legend className="visually-hidden">Phone {index + 1}</legend>
            <Select
              label="Kind"
              data={phoneKinds.map((kind) => ({ value: kind, label: phoneWords[kind] }))}
              value={phone.kind}
              allowDeselect={false}
              onChange={(value) => setPhone(index, { kind: phoneKinds.find((kind) => kind === value) ?? 'OTHER' })}
            />
            <TextInput
              label="Phone number"
              inputMode="tel"
              value={phone.number}
              error={problems[`phones.${index}`] ?? null}
              maxLength={40}
              autoComplete="off"
              onChange={(event) => setPhone(index, { number: event.currentTarget.value })}
            />
            {form.phones.length > 1 && (
              <LineButton
                label={`Take phone ${index + 1} away`}
                icon={<IconTrash size={15} stroke={1.7} aria-hidden="true" />}
                onClick={() => onChange({ phones: form.phones.filter((_, at) => at !== index) })}
              />
            )}
          </fieldset>
        ))}
        <div className="patient-grid__wide">
          <Button
            size="xs"
            leftSection={<IconPlus size={13} stroke={2} aria-hidden="true" />}
            disabled={form.phones.length >= 10}
            onClick={() => onChange({ phones: [...form.phones, { kind: 'HOME', number: '' }] })}
          >
            Phone
          </Button>
        </div>
        <Line props={props} name="email" label="E-mail" maxLength={254} />
        <Select
          label="Preferred contact"
          placeholder="Not asked"
          data={contactChannels.map((channel) => ({ value: channel, label: channelWords[channel] }))}
          value={form.preferredChannel}
          clearable
          onChange={(value) =>
            onChange({ preferredChannel: contactChannels.find((channel) => channel === value) ?? null })
          }
        />
        <Line props={props} name="line1" label="Address" />
        <Line props={props} name="line2" label="Address, second line" />
        <div className="patient-line patient-line--place">
          <Line props={props} name="postcode" label="Postcode" maxLength={40} />
          <Line props={props} name="locality" label="Town" />
        </div>
        <Line props={props} name="region" label="State or region" />
        <Line props={props} name="language" label="Language" maxLength={35} description="Short, e.g. en, es or pl" />
        <Checkbox
          className="patient-grid__tick"
          label="Needs an interpreter"
          checked={form.interpreterNeeded}
          onChange={(event) => onChange({ interpreterNeeded: event.currentTarget.checked })}
        />
      </div>
    </SectionCard>
  )
}

/** The clinic's own age is a setting; past the latest of any state nobody needs the hint. */
const latestMajority = 21

const emptyAllergy = { substance: '', reaction: '', kind: null } as const

export function AllergyFields(props: FieldsProps) {
  const { form, problems, today, onChange } = props
  const set = (index: number, part: Partial<PatientForm['allergies'][number]>) =>
    onChange({ allergies: form.allergies.map((entry, at) => (at === index ? { ...entry, ...part } : entry)) })
  return (
    <SectionCard title="Allergies" note="“Not asked” and “no known allergies” are different facts">
      <SegmentedChoice
        label="Allergies"
        labelPlace="hidden"
        segments={allergyStates.map((state) => ({ value: state, label: allergyStateWords[state] }))}
        value={form.allergyState}
        onChange={(allergyState) =>
          onChange({
            allergyState,
            allergiesAskedOn: allergyState === 'NONE_KNOWN' ? (form.allergiesAskedOn ?? today) : form.allergiesAskedOn,
            ...(allergyState === 'LISTED' && form.allergies.length === 0 && { allergies: [emptyAllergy] }),
          })
        }
      />
      {problems['allergies'] !== undefined && <p className="patient-problem">{problems['allergies']}</p>}
      {form.allergyState === 'LISTED' && (
        <div className="patient-allergies">
          {form.allergies.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a form have no other name, and stay in their order
            <fieldset key={index} className="patient-line patient-line--allergy">
              <legend className="visually-hidden">Allergy {index + 1}</legend>
              <TextInput
                label="Substance"
                value={entry.substance}
                error={problems[`allergies.${index}.substance`] ?? null}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => set(index, { substance: event.currentTarget.value })}
              />
              <TextInput
                label="Reaction"
                value={entry.reaction}
                maxLength={200}
                autoComplete="off"
                onChange={(event) => set(index, { reaction: event.currentTarget.value })}
              />
              <Select
                label="Kind"
                placeholder="Choose"
                data={allergyKinds.map((kind) => ({ value: kind, label: allergyKindWords[kind] }))}
                value={entry.kind}
                error={problems[`allergies.${index}.kind`] ?? null}
                allowDeselect={false}
                onChange={(value) => set(index, { kind: allergyKinds.find((kind) => kind === value) ?? null })}
              />
              <LineButton
                label={`Take allergy ${index + 1} away`}
                icon={<IconTrash size={15} stroke={1.7} aria-hidden="true" />}
                onClick={() => onChange({ allergies: form.allergies.filter((_, at) => at !== index) })}
              />
            </fieldset>
          ))}
          <div>
            <Button
              size="xs"
              leftSection={<IconPlus size={13} stroke={2} aria-hidden="true" />}
              disabled={form.allergies.length >= 100}
              onClick={() => onChange({ allergies: [...form.allergies, emptyAllergy] })}
            >
              Allergy
            </Button>
          </div>
        </div>
      )}
    </SectionCard>
  )
}

export function PeopleFields(props: FieldsProps) {
  const { form, today, onChange } = props
  const age = form.bornOn === null ? null : ageOn(form.bornOn, today)
  return (
    <SectionCard title="Guardian and emergency contact">
      <div className="patient-grid">
        <Checkbox
          className="patient-grid__wide"
          label="Has a guardian"
          description={
            age !== null && age < latestMajority
              ? `${age} years old: below the age of majority a guardian signs as well`
              : undefined
          }
          checked={form.hasGuardian}
          onChange={(event) => onChange({ hasGuardian: event.currentTarget.checked })}
        />
        {form.hasGuardian && (
          <>
            <Line props={props} name="guardianName" label="Guardian's name" />
            <Line
              props={props}
              name="guardianRelationship"
              label="Related as"
              description="Mother, father, appointed by court"
            />
            <Line props={props} name="guardianPhone" label="Guardian's phone" maxLength={40} />
            <Line props={props} name="guardianProof" label="Proof seen" description="Which paper, and when" />
          </>
        )}
        <Line props={props} name="emergencyName" label="Emergency contact" />
        <Line props={props} name="emergencyRelationship" label="Emergency contact is their" />
        <Line props={props} name="emergencyPhone" label="Emergency phone" maxLength={40} />
      </div>
    </SectionCard>
  )
}

export function NoteFields({ form, onChange }: FieldsProps) {
  return (
    <SectionCard title="Desk notes" note="About appointments and contact, nothing clinical">
      <Textarea
        aria-label="Desk notes"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        value={form.deskNotes}
        onChange={(event) => onChange({ deskNotes: event.currentTarget.value })}
      />
    </SectionCard>
  )
}
