import type {
  ComplicationId,
  ConsentId,
  OrderId,
  PatientId,
  RecallId,
  ScreeningId,
  SeriesId,
  SessionId,
} from '../../shared/kernel/ids.ts'

/** Where the screens live, in the address after `#`. Parameters as the router writes them. */
export const paths = {
  today: '/today',
  calendar: '/today/calendar',
  signOff: '/sign-off',
  followUp: '/follow-up',
  patients: '/patients',
  register: '/patients/new',
  importPatients: '/patients/import',
  duplicates: '/patients/duplicates',
  merge: '/patients/$patientId/merge/$keptId',
  chart: '/patients/$patientId',
  editPatient: '/patients/$patientId/edit',
  screening: '/patients/$patientId/screenings/$screeningId',
  consent: '/patients/$patientId/consents/$consentId',
  plan: '/patients/$patientId/plan',
  outcome: '/patients/$patientId/plan/$seriesId',
  photos: '/patients/$patientId/photos',
  amendments: '/patients/$patientId/amendments',
  order: '/patients/$patientId/orders/$orderId',
  session: '/patients/$patientId/sessions/$sessionId',
  complication: '/patients/$patientId/complications/$complicationId',
  stock: '/stock',
  recalls: '/stock/recalls',
  trace: '/stock/recalls/trace',
  recall: '/stock/recalls/$recallId',
  lookBack: '/stock/look-back',
  clinic: '/clinic',
  clinicPart: '/clinic/$part',
} as const

export type RouteName = keyof typeof paths

/** Typed addresses of screens about one patient or one record. */
export const pathTo = {
  chart: (patientId: PatientId) => `/patients/${patientId}`,
  /** The first chart would be merged into the second. */
  merge: (patientId: PatientId, keptId: PatientId) => `/patients/${patientId}/merge/${keptId}`,
  editPatient: (patientId: PatientId) => `/patients/${patientId}/edit`,
  screening: (patientId: PatientId, screeningId: ScreeningId) => `/patients/${patientId}/screenings/${screeningId}`,
  consent: (patientId: PatientId, consentId: ConsentId) => `/patients/${patientId}/consents/${consentId}`,
  /** `from`: the record to which the photos are taken, and to which the screen leads back. */
  photos: (patientId: PatientId, from?: PhotoErrand) => `/patients/${patientId}/photos${errandQuery(from)}`,
  plan: (patientId: PatientId) => `/patients/${patientId}/plan`,
  outcome: (patientId: PatientId, seriesId: SeriesId) => `/patients/${patientId}/plan/${seriesId}`,
  amendments: (patientId: PatientId) => `/patients/${patientId}/amendments`,
  order: (patientId: PatientId, orderId: OrderId | 'new') => `/patients/${patientId}/orders/${orderId}`,
  session: (patientId: PatientId, sessionId: SessionId) => `/patients/${patientId}/sessions/${sessionId}`,
  complication: (patientId: PatientId, complicationId: ComplicationId | 'new') =>
    `/patients/${patientId}/complications/${complicationId}`,
  recall: (recallId: RecallId) => `/stock/recalls/${recallId}`,
  clinicPart: (part: string) => `/clinic/${part}`,
} as const

/** For which record somebody comes to the photos. */
export type PhotoErrand =
  | { readonly sessionId: SessionId; readonly moment: 'before' | 'after' }
  | { readonly complicationId: ComplicationId }

function errandQuery(from: PhotoErrand | undefined): string {
  if (from === undefined) return ''
  return 'sessionId' in from
    ? `?session=${from.sessionId}&moment=${from.moment}`
    : `?complication=${from.complicationId}`
}

/** For a link: the address lives behind `#`, so it works under app:// and http alike. */
export function hrefTo(path: string): string {
  return `#${path}`
}
