import type { PatientForm } from '../../../shared/contract/patient.ts'
import { type PatientDetails, patientDetailsProblems } from '../../../shared/domain/patient.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { patientTexts } from '../../refusals/patient.ts'
import { hasPhoneDigits } from './patient-form.ts'

/** Where in the form something has to be put right; `phones.1` is the second number, `allergies.0.kind` a choice. */
export type FormProblems = Readonly<Record<string, string>>

/** What keeps the form from being saved, by field; the rules of the domain first, then what a form alone can hold. */
export function formProblems(form: PatientForm, details: PatientDetails, today: CalendarDate): FormProblems {
  const problems: Record<string, string> = {}
  for (const { field, problem } of patientDetailsProblems(details, today))
    problems[field] = patientTexts[problem]?.({ field }) ?? problem
  form.phones.forEach(({ number }, index) => {
    if (number.trim() !== '' && !hasPhoneDigits(number))
      problems[`phones.${index}`] = 'A phone number has four digits or more'
  })
  const email = form.email.trim()
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email))
    problems['email'] = 'Not an e-mail address. It looks like name@place.org'
  if (form.allergyState === 'LISTED') {
    form.allergies.forEach(({ substance, kind, reaction }, index) => {
      const isUsed = substance.trim() !== '' || reaction.trim() !== ''
      if (isUsed && substance.trim() === '') problems[`allergies.${index}.substance`] = 'Name the substance'
      if (isUsed && kind === null) problems[`allergies.${index}.kind`] = 'Choose a kind'
    })
  }
  if (form.hasGuardian) {
    if (form.guardianName.trim() === '') problems['guardianName'] = 'Name the guardian'
    if (form.guardianRelationship.trim() === '') problems['guardianRelationship'] = 'Say how they are related'
  }
  const { emergencyContact } = details
  if (emergencyContact?.name === '') problems['emergencyName'] = 'Name the person'
  if (emergencyContact?.phone === '') problems['emergencyPhone'] = 'Add their phone number'
  return problems
}

/** A field that is being typed into is judged anew with the next save. */
export function withoutProblems(problems: FormProblems, fields: readonly string[]): FormProblems {
  return Object.fromEntries(
    Object.entries(problems).filter(
      ([field]) => !fields.some((name) => field === name || field.startsWith(`${name}.`)),
    ),
  )
}

/** The first field that has to be put right takes the focus, so that it is read out. */
export function focusProblem(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
