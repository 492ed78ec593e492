import type { Role } from '../../shared/domain/roles.ts'
import type { FitzpatrickType } from '../../shared/domain/zones.ts'

/** Everybody here is invented. */
export const clinicOfSample = {
  clinicName: 'Alder Row Skin Clinic',
  state: 'IL',
  timeZone: 'America/Chicago',
  dateOrder: 'MDY',
  urgentPhone: '+1 312 555 0100',
} as const

export type StaffKey = 'okafor' | 'brandt' | 'lena' | 'miguel' | 'noor'

export const staffOfSample: Readonly<
  Record<
    StaffKey,
    {
      readonly printedName: string
      readonly credential: string
      readonly boardCertification: string | null
      readonly roles: readonly Role[]
      readonly licence: string | null
    }
  >
> = {
  okafor: {
    printedName: 'Dr Samuel Okafor',
    credential: 'MD',
    boardCertification: 'Dermatology',
    roles: ['physician'],
    licence: 'MD-0148810',
  },
  brandt: {
    printedName: 'Dr Anneke Brandt',
    credential: 'MD',
    boardCertification: 'Plastic surgery',
    roles: ['physician'],
    licence: 'MD-0152277',
  },
  lena: {
    printedName: 'Lena Brook',
    credential: 'Licensed aesthetician',
    boardCertification: null,
    roles: ['aesthetician'],
    licence: 'AE-20714',
  },
  miguel: {
    printedName: 'Miguel Castellanos',
    credential: 'Licensed aesthetician',
    boardCertification: null,
    roles: ['aesthetician'],
    licence: 'AE-20988',
  },
  noor: {
    printedName: 'Noor Haddad',
    credential: 'Front desk',
    boardCertification: null,
    roles: ['frontDesk'],
    licence: null,
  },
}

export type SamplePerson = {
  readonly family: string
  readonly given: string
  readonly preferred?: string
  readonly bornOn: string
  readonly phone: string
  readonly fst: FitzpatrickType
  readonly allergy?: {
    readonly substance: string
    readonly reaction: string
    readonly kind: 'LATEX' | 'ADHESIVE' | 'MEDICINE'
  }
}

export const peopleOfSample = [
  { family: 'Walker', given: 'Joanna', preferred: 'Jo', bornOn: '1984-03-04', phone: '+1 312 555 0142', fst: 'II' },
  { family: 'Walker', given: 'Joan', bornOn: '1984-03-04', phone: '+1 312 555 6608', fst: 'VI' },
  {
    family: 'Bello',
    given: 'Aisha',
    bornOn: '1996-11-17',
    phone: '+1 312 555 7730',
    fst: 'V',
    allergy: { substance: 'Latex', reaction: 'Hives', kind: 'LATEX' },
  },
  {
    family: 'Haldane',
    given: 'Rosalind',
    bornOn: '1985-05-30',
    phone: '+1 312 555 2215',
    fst: 'IV',
    allergy: { substance: 'Adhesive', reaction: 'Rash', kind: 'ADHESIVE' },
  },
  { family: 'Petrov', given: 'Ivo', bornOn: '1990-05-11', phone: '+1 312 555 9051', fst: 'III' },
  { family: 'Adeyemi', given: 'Ruth', bornOn: '1981-01-06', phone: '+1 312 555 3317', fst: 'VI' },
  {
    family: 'Marchetti',
    given: 'Giulia',
    preferred: 'Jules',
    bornOn: '1988-09-09',
    phone: '+1 312 555 4482',
    fst: 'III',
  },
  { family: 'Lindgren', given: 'Maja', bornOn: '1992-02-12', phone: '+1 312 555 0917', fst: 'I' },
  { family: 'Ferreira', given: 'Tomas', bornOn: '2003-10-25', phone: '+1 312 555 2864', fst: 'III' },
  { family: 'Kowalczyk', given: 'Ana', bornOn: '1994-07-19', phone: '+1 312 555 7001', fst: 'II' },
  { family: 'Kowalczyk', given: 'Eva', bornOn: '1994-07-19', phone: '+1 312 555 7001', fst: 'II' },
  { family: 'Rahmani', given: 'Leila', bornOn: '1979-06-02', phone: '+1 312 555 8120', fst: 'IV' },
  { family: 'Quintero', given: 'Belén', bornOn: '1987-12-21', phone: '+1 312 555 6645', fst: 'III' },
  { family: 'Sandoval', given: 'Pilar', bornOn: '1975-04-08', phone: '+1 312 555 1190', fst: 'IV' },
  { family: 'Iversen', given: 'Astrid', bornOn: '1969-08-27', phone: '+1 312 555 5583', fst: 'II' },
  { family: 'Osei', given: 'Nathaniel', preferred: 'Nate', bornOn: '1987-07-02', phone: '+1 312 555 3909', fst: 'VI' },
  { family: 'Vance', given: 'Odette', bornOn: '1990-03-30', phone: '+1 312 555 4021', fst: 'II' },
  { family: 'Mbeki', given: 'Lindiwe', bornOn: '1985-12-18', phone: '+1 312 555 7716', fst: 'V' },
  { family: 'Sørensen', given: 'Jakob', bornOn: '2001-09-07', phone: '+1 312 555 0206', fst: 'II' },
  {
    family: 'Delacroix',
    given: 'Marguerite',
    preferred: 'Margot',
    bornOn: '1962-11-11',
    phone: '+1 312 555 9312',
    fst: 'II',
  },
  { family: 'O’Hanlon', given: 'Ciarán', bornOn: '1993-01-31', phone: '+1 312 555 1408', fst: 'I' },
  { family: 'Ito', given: 'Haruka', bornOn: '1995-06-26', phone: '+1 312 555 6120', fst: 'III' },
] as const satisfies readonly SamplePerson[]

export type PersonKey = (typeof peopleOfSample)[number]['given']
