import type { PatientDetails, Phone, Sex } from './patient.ts'
import type { ImportField } from './patient-import-columns.ts'

/**
 * The parts of a row that say how to reach a person. What has no place in the form is pushed to `leftovers`, so that
 * nothing of the file is lost.
 */
export function readContact(
  cellByField: ReadonlyMap<ImportField, string>,
  leftovers: string[],
): Pick<PatientDetails, 'sex' | 'gender' | 'phones' | 'email' | 'address' | 'language' | 'emergencyContact'> {
  const cell = (field: ImportField): string | null => cellByField.get(field) ?? null
  const phones: Phone[] = []
  for (const [field, kind] of PHONE_COLUMNS) {
    const number = cell(field)
    if (number === null) continue
    if (number.length <= 40 && (number.match(/\d/g) ?? []).length >= 4) phones.push({ kind, number })
    else leftovers.push(`Phone: ${number}`)
  }
  const sexText = cell('sex')
  const genderText = cell('gender')
  const sex = readSex(sexText) ?? readSex(genderText)
  if (sexText !== null && readSex(sexText) === null) leftovers.push(`Sex: ${sexText}`)
  const emailText = cell('email')
  const isEmail = emailText !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(emailText)
  if (emailText !== null && !isEmail) leftovers.push(`Email: ${emailText}`)
  const languageText = cell('language')
  const language = languageText === null ? null : readLanguage(languageText)
  if (languageText !== null && language === null) leftovers.push(`Language: ${languageText}`)
  const [emergencyName, emergencyPhone] = [cell('emergencyName'), cell('emergencyPhone')]
  const hasEmergencyContact = emergencyName !== null && emergencyPhone !== null
  if (!hasEmergencyContact && (emergencyName !== null || emergencyPhone !== null)) {
    leftovers.push(`Emergency contact: ${emergencyName ?? emergencyPhone}`)
  }
  return {
    sex,
    gender: genderText !== null && readSex(genderText) === null ? genderText : null,
    phones,
    email: isEmail ? emailText : null,
    address: {
      line1: [cell('houseNumber'), cell('line1')].filter((part) => part !== null).join(' ') || null,
      line2: cell('line2'),
      locality: cell('locality'),
      postcode: cell('postcode'),
      region: cell('region'),
    },
    language,
    emergencyContact: hasEmergencyContact
      ? { name: emergencyName, phone: emergencyPhone, relationship: cell('emergencyRelationship') }
      : null,
  }
}

const PHONE_COLUMNS = [
  ['mobile', 'MOBILE'],
  ['homePhone', 'HOME'],
  ['workPhone', 'WORK'],
  ['phone', 'OTHER'],
] as const satisfies readonly (readonly [ImportField, Phone['kind']])[]

function readSex(text: string | null): Sex | null {
  switch (text?.toLowerCase()) {
    case 'f':
    case 'female':
    case 'woman':
      return 'FEMALE'
    case 'm':
    case 'male':
    case 'man':
      return 'MALE'
    case 'i':
    case 'x':
    case 'intersex':
      return 'INTERSEX'
    default:
      return null
  }
}

const LANGUAGE_BY_NAME: Readonly<Record<string, string>> = {
  english: 'en',
  spanish: 'es',
  french: 'fr',
  german: 'de',
  polish: 'pl',
  portuguese: 'pt',
  italian: 'it',
  chinese: 'zh',
  mandarin: 'zh',
  arabic: 'ar',
  russian: 'ru',
  vietnamese: 'vi',
  korean: 'ko',
}

function readLanguage(text: string): string | null {
  if (/^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/.test(text)) return text
  return LANGUAGE_BY_NAME[text.toLowerCase()] ?? null
}
