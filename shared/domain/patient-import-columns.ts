/** What a column of a patient list can be read as. */
export const importFields = [
  'chartNumber',
  'sourceId',
  'family',
  'given',
  'middle',
  'fullName',
  'preferred',
  'formerFamily',
  'bornOn',
  'sex',
  'gender',
  'mobile',
  'homePhone',
  'workPhone',
  'phone',
  'email',
  'houseNumber',
  'line1',
  'line2',
  'locality',
  'postcode',
  'region',
  'language',
  'emergencyName',
  'emergencyRelationship',
  'emergencyPhone',
  'notes',
] as const
export type ImportField = (typeof importFields)[number]

/** One entry per column of the file; null is a column that is left out. */
export type ColumnMapping = readonly (ImportField | null)[]

/** Columns that hold an identity number are left out whatever they are called: the chart has no place for them. */
export function mapColumns(headers: readonly string[]): ColumnMapping {
  const taken = new Set<ImportField>()
  return headers.map((header) => {
    const field = FIELD_BY_ALIAS.get(foldHeader(header)) ?? null
    if (field === null || taken.has(field)) return null
    taken.add(field)
    return field
  })
}

export const mappingProblems = ['NO_NAME_COLUMN', 'COLUMN_MAPPED_TWICE', 'NO_COLUMNS'] as const
export type MappingProblem = (typeof mappingProblems)[number]

/** What keeps a mapping from being used, whether guessed or chosen by a person; null where nothing does. */
export function mappingProblem(mapping: ColumnMapping): MappingProblem | null {
  const fields = mapping.filter((field) => field !== null)
  if (mapping.length === 0) return 'NO_COLUMNS'
  if (new Set(fields).size !== fields.length) return 'COLUMN_MAPPED_TWICE'
  const hasName = fields.some((field) => field === 'family' || field === 'given' || field === 'fullName')
  return hasName ? null : 'NO_NAME_COLUMN'
}

function foldHeader(header: string): string {
  return header.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** Headers of the exports met so far, folded to letters and digits: other systems' lists, FEBRL, FHIR names. */
const ALIASES: Readonly<Record<ImportField, string>> = {
  chartNumber: 'chartnumber chartno chart mrn medicalrecordnumber recordnumber filenumber fileno',
  sourceId:
    'recid id patientid patid pid patientnumber patientno clientid clientnumber clientno customerid externalid sourceid accountnumber accountno',
  family: 'surname lastname lname last familyname family patientlastname clientlastname namelast nachname',
  given:
    'givenname firstname fname first given forename forenames givennames patientfirstname clientfirstname namefirst vorname',
  middle: 'middlename mname middle middlenames middleinitial mi secondname',
  fullName: 'name fullname patientname patient clientname client',
  preferred: 'preferredname preferred nickname knownas callme goesby alias',
  formerFamily: 'maidenname formername formersurname previousname previoussurname birthname formerlastname',
  bornOn: 'dateofbirth dob birthdate birthday born birthdt datebirth patientdob bornon bdate geburtsdatum',
  sex: 'sex sexatbirth birthsex legalsex administrativesex',
  gender: 'gender genderidentity',
  mobile: 'mobile mobilephone mobileno mobilenumber cell cellphone phonecell cellnumber phonemobile',
  homePhone: 'homephone phonehome hometelephone homenumber',
  workPhone: 'workphone phonework businessphone phonebiz worktelephone',
  phone: 'phone phonenumber phoneno telephone tel contactnumber primaryphone phone1 phonecontact',
  email: 'email emailaddress mail emailid primaryemail',
  houseNumber: 'streetnumber housenumber streetno houseno',
  line1: 'address address1 addressline1 street street1 streetaddress addr1 line1 mailingaddress homeaddress streetname',
  line2: 'address2 addressline2 street2 addr2 line2 apartment unit suite apt',
  locality: 'suburb city town locality village municipality',
  postcode: 'postcode postalcode zip zipcode pcode postal',
  region: 'state region province county stateprovince',
  language: 'language preferredlanguage lang primarylanguage',
  emergencyName: 'emergencycontact emergencycontactname emergencyname contactname nextofkin',
  emergencyRelationship: 'emergencycontactrelationship emergencyrelationship contactrelationship nextofkinrelationship',
  emergencyPhone: 'emergencycontactphone emergencyphone contactphone nextofkinphone',
  notes: 'notes note comments comment remarks memo',
}

const FIELD_BY_ALIAS: ReadonlyMap<string, ImportField> = new Map(
  importFields.flatMap((field) => ALIASES[field].split(' ').map((alias) => [alias, field] as const)),
)
