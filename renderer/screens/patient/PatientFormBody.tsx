import {
  AllergyFields,
  BirthFields,
  ContactFields,
  type FieldsProps,
  NameFields,
  NoteFields,
  PeopleFields,
} from './PatientFields.tsx'

/** Every field of a chart's first page, in the order of a conversation at the desk. */
export function PatientFormBody({
  bornText,
  hasFocus = true,
  ...fields
}: FieldsProps & { readonly bornText: string | null; readonly hasFocus?: boolean }) {
  return (
    <div className="patient-screen__fields">
      <NameFields {...fields} hasFocus={hasFocus} />
      <BirthFields {...fields} bornText={bornText} />
      <ContactFields {...fields} />
      <AllergyFields {...fields} />
      <PeopleFields {...fields} />
      <NoteFields {...fields} />
    </div>
  )
}
