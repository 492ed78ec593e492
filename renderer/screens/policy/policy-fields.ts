import { type SignOffScope, signOffScopes } from '../../../shared/domain/sign-off-scope.ts'
import { type DeviceTrainingRule, deviceTrainingRules } from '../../../shared/domain/staff-practice.ts'
import type { PolicyText } from './policy-body.ts'

type Lens<Value> = {
  /** Names the field for problems and for comparing two policies. */
  readonly path: string
  readonly label: string
  readonly hint?: string
  readonly read: (text: PolicyText) => Value
  readonly write: (text: PolicyText, value: Value) => PolicyText
}

/** Whole numbers in a unit; `depth` is in micrometres and shown in mm, `tenths` in tenths of the unit. */
export type NumberField = Lens<number> & {
  readonly kind: 'number' | 'depth' | 'tenths' | 'percent'
  readonly unit: string
  readonly min: number
  readonly max: number
}
export type FlagField = Lens<boolean> & { readonly kind: 'flag' }
export type TextField = Lens<string> & { readonly kind: 'text'; readonly maxLength: number }
/** Days after the session, e.g. 1, 3, 14. */
export type DaysField = Lens<number[]> & { readonly kind: 'days' }
export type ChoiceField = Lens<string> & {
  readonly kind: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string }[]
}
export type PolicyField = NumberField | FlagField | TextField | DaysField | ChoiceField

export type PolicySection = {
  readonly key: string
  readonly title: string
  readonly note?: string
  readonly fields: readonly PolicyField[]
}

type KeyOf<Source, Value> = { [Key in keyof Source]: Source[Key] extends Value ? Key : never }[keyof Source] & string
type Settings = PolicyText['settings']
type Screening = Settings['screening']
type Bounds = { readonly min?: number; readonly max?: number; readonly hint?: string }

const upTo = { months: 240, days: 3660, hours: 8760, minutes: 1440, years: 120, sessions: 52, people: 1000 } as const
type Unit = keyof typeof upTo

function number(key: KeyOf<PolicyText, number>, label: string, unit: Unit, bounds: Bounds = {}): NumberField {
  return {
    kind: 'number',
    path: key,
    label,
    unit,
    min: 0,
    max: upTo[unit],
    ...bounds,
    read: (text) => text[key],
    write: (text, value) => ({ ...text, [key]: value }),
  }
}

function flag(key: KeyOf<PolicyText, boolean>, label: string, hint?: string): FlagField {
  return {
    kind: 'flag',
    path: key,
    label,
    ...(hint !== undefined && { hint }),
    read: (text) => text[key],
    write: (text, value) => ({ ...text, [key]: value }),
  }
}

function setting(key: KeyOf<Settings, number>, label: string, unit: Unit, bounds: Bounds = {}): NumberField {
  return {
    kind: 'number',
    path: `settings.${key}`,
    label,
    unit,
    min: 0,
    max: upTo[unit],
    ...bounds,
    read: (text) => text.settings[key],
    write: (text, value) => ({ ...text, settings: { ...text.settings, [key]: value } }),
  }
}

function settingDays(key: KeyOf<Settings, number[]>, label: string, hint: string): DaysField {
  return {
    kind: 'days',
    path: `settings.${key}`,
    label,
    hint,
    read: (text) => text.settings[key],
    write: (text, value) => ({ ...text, settings: { ...text.settings, [key]: value } }),
  }
}

function wait(key: KeyOf<Screening, number>, label: string, unit: Unit, bounds: Bounds = {}): NumberField {
  return {
    kind: 'number',
    path: `settings.screening.${key}`,
    label,
    unit,
    min: 0,
    max: upTo[unit],
    ...bounds,
    read: (text) => text.settings.screening[key],
    write: (text, value) => ({
      ...text,
      settings: { ...text.settings, screening: { ...text.settings.screening, [key]: value } },
    }),
  }
}

const scopeTexts: Readonly<Record<SignOffScope, string>> = {
  ALL: 'Every session',
  ABOVE_DEPTH: 'Sessions deeper than',
  DEVIATION: 'With something to look at',
  SAMPLE: 'A sample of sessions',
}

const depth = { kind: 'depth', unit: 'mm', min: 0, max: 10_000 } as const

/** The policy itself: clinical reference, section 8. The tables of roles and bands stand beside these. */
export const policySections: readonly PolicySection[] = [
  {
    key: 'limits',
    title: 'Limits for everybody',
    fields: [
      {
        ...number('ceilingDepthUm', 'Nobody sets a device deeper than', 'minutes'),
        ...depth,
        max: 3500,
        hint: 'The program refuses more than 3.50 mm in any case',
      },
      flag('orbitalEnabled', 'Eyelids inside the orbital rim can be planned'),
      flag('topicalActivesBlocked', 'Active products on open channels are blocked', 'Otherwise they need a reason'),
      number('minAgeYears', 'Youngest patient', 'years'),
      flag(
        'isGuardianRequired',
        'A guardian signs for minors',
        'Otherwise a minor may; a physician examines in any case',
      ),
      number('isotretinoinWaitMonths', 'Wait after isotretinoin', 'months'),
      number('sessionIntervalMinDays', 'Shortest usual gap between sessions', 'days'),
    ],
  },
  {
    key: 'order',
    title: 'Treatment order',
    fields: [
      number('orderValidMonths', 'An order is good for', 'months'),
      number('orderMaxSessions', 'Most sessions on one order', 'sessions', { min: 1 }),
    ],
  },
  {
    key: 'signOff',
    title: 'Sign-off',
    note: 'A deviation, warning, complication or red flag is always countersigned',
    fields: [
      {
        kind: 'choice',
        path: 'signOffRequiredFor',
        label: 'A physician countersigns',
        options: signOffScopes.map((scope) => ({ value: scope, label: scopeTexts[scope] })),
        read: (text) => text.signOffRequiredFor,
        write: (text, value) => ({
          ...text,
          signOffRequiredFor: signOffScopes.find((scope) => scope === value) ?? 'ALL',
        }),
      },
      {
        ...number('signOffAboveUm', 'By depth: deeper than', 'minutes'),
        ...depth,
        hint: 'Counts with “Sessions deeper than”',
      },
      {
        ...number('signOffSamplePercent', 'By sample: of 100 sessions', 'sessions', { min: 1, max: 100 }),
        hint: 'Counts with “A sample of sessions”',
      },
      number('authorCompleteHours', 'The author submits within', 'hours'),
      number('countersignDueHours', 'The physician signs within', 'hours'),
      number('escalateHours', 'Overdue is escalated after', 'hours', { hint: 'A red flag is for the same day' }),
      flag('nextSessionBlockedIfUnsigned', 'An unsigned session blocks the next one'),
      number('maxSuperviseesPerPhysician', 'People one physician supervises at most', 'people'),
      number('protocolReviewMonths', 'This policy is reviewed every', 'months'),
    ],
  },
]

const trainingRules = [
  { value: 'OFF', label: 'Is not asked about' },
  { value: 'WARN', label: 'Needs a reason' },
  { value: 'BLOCK', label: 'Does not start' },
] as const satisfies readonly { readonly value: DeviceTrainingRule; readonly label: string }[]

/** Values that the reference marks as clinical convention: the clinic confirms them, and no rule has them built in. */
export const settingSections: readonly PolicySection[] = [
  {
    key: 'session',
    title: 'During a session',
    fields: [
      setting('bookingMin', 'Time booked in all', 'minutes'),
      setting('needlingDefaultMin', 'Needling usually lasts', 'minutes'),
      setting('needlingWarnUnderMin', 'Warn when needling was shorter than', 'minutes'),
      setting('needlingWarnOverMin', 'Warn when needling was longer than', 'minutes'),
      { ...setting('pigmentProneWarnAboveUm', 'Warn in skin types IV to VI above', 'minutes'), ...depth },
      setting('haemostasisWarnOverMin', 'Warn when bleeding lasts longer than', 'minutes'),
      setting('lateEntryHours', 'A record is marked late after', 'hours'),
      setting('activesAvoidHours', 'Active products are avoided afterwards for', 'hours'),
    ],
  },
  {
    key: 'anaesthetic',
    title: 'Numbing',
    fields: [
      setting('dwellWarnUnderMin', 'Warn when it was on for less than', 'minutes'),
      setting('dwellWarnOverMin', 'Warn when it was on for more than', 'minutes'),
      {
        kind: 'percent',
        path: 'settings.lidocaineOtcMaxPercent',
        label: 'Lidocaine without prescription up to',
        unit: '%',
        min: 0,
        max: 100,
        read: (text) => text.settings.lidocaineOtcMaxPercent,
        write: (text, value) => ({ ...text, settings: { ...text.settings, lidocaineOtcMaxPercent: value } }),
      },
    ],
  },
  {
    key: 'validity',
    title: 'Screening and consent',
    fields: [
      setting('fullScreeningValidMonths', 'A full screening is good for', 'months'),
      setting('clearanceValidDays', 'A clearance is good for', 'days'),
      setting('consentValidMonths', 'A consent is good for', 'months'),
      setting('majorityAgeYears', 'Adults sign for themselves from', 'years'),
      {
        kind: 'text',
        path: 'settings.urgentPhone',
        label: 'Phone printed for urgent calls',
        maxLength: 60,
        read: (text) => text.settings.urgentPhone,
        write: (text, value) => ({ ...text, settings: { ...text.settings, urgentPhone: value } }),
      },
    ],
  },
  {
    key: 'waits',
    title: 'Waiting times of the screening',
    fields: [
      wait('authorisedFromAge', 'Devices are authorised from', 'years'),
      wait('topicalWaitDays', 'Retinoids and acids on the skin', 'days'),
      wait('bruisingAgentWaitDays', 'Medicines that make bruises', 'days'),
      wait('chemotherapyWaitMonths', 'Chemotherapy', 'months'),
      wait('radiotherapyWaitMonths', 'Radiotherapy to the area', 'months'),
      wait('herpesWaitDays', 'Cold sore, after healing', 'days'),
      wait('tanWaitDays', 'Sunburn or fresh tan', 'days'),
      { ...wait('hbA1cLimitTenths', 'HbA1c asks for a clearance above', 'days'), kind: 'tenths', unit: '%', max: 200 },
      wait('fillerWaitDays', 'Filler', 'days'),
      wait('botulinumWaitDays', 'Botulinum toxin', 'days'),
      wait('nonAblativeWaitDays', 'Laser or light, not ablative', 'days'),
      wait('ablativeWaitDays', 'Laser, ablative', 'days'),
      wait('superficialPeelWaitDays', 'Peel, superficial', 'days'),
      wait('deepPeelWaitDays', 'Peel, medium or deep', 'days'),
      wait('hairRemovalWaitDays', 'Waxing or depilatory', 'days'),
      wait('surgeryWaitMonths', 'Surgery in the area', 'months'),
      wait('homeNeedlingWaitDays', 'Needling at home', 'days'),
      wait('eventWindowDays', 'An event counts as near within', 'days'),
    ],
  },
  {
    key: 'complications',
    title: 'Complications and follow-up',
    fields: [
      setting('redFlagAcknowledgeMin', 'A red flag is acknowledged within', 'minutes'),
      settingDays('followUpDays', 'Check-ups after a session on days', 'e.g. 1, 3, 14'),
      settingDays('pihFollowUpDays', 'Check-ups of dark marks on days', 'e.g. 14, 28, 56'),
      setting('lotClusterDays', 'Two events with one lot are linked within', 'days'),
      {
        kind: 'flag',
        path: 'settings.isDeviceUserFacility',
        label: 'The clinic must report device events itself',
        hint: 'As a device user facility',
        read: (text) => text.settings.isDeviceUserFacility,
        write: (text, value) => ({ ...text, settings: { ...text.settings, isDeviceUserFacility: value } }),
      },
    ],
  },
  {
    key: 'series',
    title: 'Series and outcome',
    fields: [
      setting('seriesDefaultSessions', 'Sessions proposed for a series', 'sessions', { min: 1, max: 12 }),
      setting('seriesIntervalMonths', 'Months between sessions', 'months', { min: 1 }),
      setting('intervalClearUnderDays', 'A physician clears gaps shorter than', 'days'),
      setting('overdueAfterDays', 'The next session is overdue after', 'days'),
      setting('rebaselineAfterDays', 'A new baseline is suggested after', 'days'),
      setting('outcomeReviewMonths', 'Outcome review after', 'months'),
      setting('outcomeReviewWindowDays', 'Outcome review, give or take', 'days'),
      setting('maintenanceMonths', 'Maintenance every', 'months'),
      setting('maintenanceReviewMonths', 'Outcome review in maintenance every', 'months'),
    ],
  },
  {
    key: 'staff',
    title: 'Licences and training',
    fields: [
      setting('licenceWarnDays', 'A licence that ends is shown', 'days', { hint: 'Before its last day' }),
      {
        kind: 'choice',
        path: 'settings.deviceTrainingRule',
        label: 'Treating without a certificate for the device',
        options: trainingRules,
        read: (text) => text.settings.deviceTrainingRule,
        write: (text, value) => {
          const deviceTrainingRule = deviceTrainingRules.find((rule) => rule === value) ?? 'WARN'
          return { ...text, settings: { ...text.settings, deviceTrainingRule } }
        },
      },
    ],
  },
  {
    key: 'records',
    title: 'Records and screens',
    fields: [
      setting('idleLockMin', 'A screen locks itself after', 'minutes', { min: 1, max: 30, hint: '1 to 30, never off' }),
      setting('retentionYears', 'Records are kept for', 'years'),
    ],
  },
]

/** `0.50 mm`, `12 months`, `8.0 %`, `Yes`: the value as a person reads it. */
export function formatField(field: PolicyField, text: PolicyText): string {
  switch (field.kind) {
    case 'flag':
      return field.read(text) ? 'Yes' : 'No'
    case 'text':
      return field.read(text) || 'Not set'
    case 'choice':
      return field.options.find(({ value }) => value === field.read(text))?.label ?? field.read(text)
    case 'days':
      return field.read(text).join(', ') || 'None'
    default:
      return `${formatNumber(field.kind, field.read(text))} ${field.unit}`
  }
}

export function formatNumber(kind: NumberField['kind'], value: number): string {
  if (kind === 'depth') return (value / 1000).toFixed(2)
  return kind === 'tenths' ? (value / 10).toFixed(1) : String(value)
}
