import type { Api } from '../../shared/contract/index.ts'
import type { Handlers } from '../app/context.ts'

type Feature = keyof Api
type Loaded<Name extends Feature> = { readonly procedures: Api[Name]; readonly handlers: Handlers<Api[Name]> }

/**
 * Every feature's procedures and their handlers; the type refuses a missing or a surplus one. Each is read when it is
 * first asked for: the schemas of all of them together take most of the program's start.
 */
const loaders: { readonly [Name in Feature]: () => Promise<Loaded<Name>> } = {
  addendum: async () => ({
    procedures: (await import('../../shared/contract/addendum.ts')).addendum,
    handlers: (await import('./addendum.ts')).addendumHandlers,
  }),
  amendmentRequest: async () => ({
    procedures: (await import('../../shared/contract/amendment-request.ts')).amendmentRequest,
    handlers: (await import('./amendment-request.ts')).amendmentRequestHandlers,
  }),
  anchor: async () => ({
    procedures: (await import('../../shared/contract/anchor.ts')).anchor,
    handlers: (await import('./anchor.ts')).anchorHandlers,
  }),
  audit: async () => ({
    procedures: (await import('../../shared/contract/audit.ts')).audit,
    handlers: (await import('./audit.ts')).auditHandlers,
  }),
  backup: async () => ({
    procedures: (await import('../../shared/contract/backup.ts')).backup,
    handlers: (await import('./backup.ts')).backupHandlers,
  }),
  booking: async () => ({
    procedures: (await import('../../shared/contract/booking.ts')).booking,
    handlers: (await import('./booking.ts')).bookingHandlers,
  }),
  chart: async () => ({
    procedures: (await import('../../shared/contract/chart.ts')).chart,
    handlers: (await import('./chart.ts')).chartHandlers,
  }),
  clearance: async () => ({
    procedures: (await import('../../shared/contract/clearance.ts')).clearance,
    handlers: (await import('./clearance.ts')).clearanceHandlers,
  }),
  clinic: async () => ({
    procedures: (await import('../../shared/contract/clinic.ts')).clinic,
    handlers: (await import('./clinic.ts')).clinicHandlers,
  }),
  complication: async () => ({
    procedures: (await import('../../shared/contract/complication.ts')).complication,
    handlers: (await import('./complication.ts')).complicationHandlers,
  }),
  consent: async () => ({
    procedures: (await import('../../shared/contract/consent.ts')).consent,
    handlers: (await import('./consent.ts')).consentHandlers,
  }),
  consentTemplate: async () => ({
    procedures: (await import('../../shared/contract/consent-template.ts')).consentTemplate,
    handlers: (await import('./consent-template.ts')).consentTemplateHandlers,
  }),
  file: async () => ({
    procedures: (await import('../../shared/contract/file.ts')).file,
    handlers: (await import('./file.ts')).fileHandlers,
  }),
  followUp: async () => ({
    procedures: (await import('../../shared/contract/follow-up.ts')).followUp,
    handlers: (await import('./follow-up.ts')).followUpHandlers,
  }),
  keys: async () => ({
    procedures: (await import('../../shared/contract/keys.ts')).keys,
    handlers: (await import('./keys.ts')).keysHandlers,
  }),
  lookBack: async () => ({
    procedures: (await import('../../shared/contract/look-back.ts')).lookBack,
    handlers: (await import('./look-back.ts')).lookBackHandlers,
  }),
  order: async () => ({
    procedures: (await import('../../shared/contract/order.ts')).order,
    handlers: (await import('./order.ts')).orderHandlers,
  }),
  outcome: async () => ({
    procedures: (await import('../../shared/contract/outcome.ts')).outcome,
    handlers: (await import('./outcome.ts')).outcomeHandlers,
  }),
  packet: async () => ({
    procedures: (await import('../../shared/contract/packet.ts')).packet,
    handlers: (await import('./packet.ts')).packetHandlers,
  }),
  patient: async () => ({
    procedures: (await import('../../shared/contract/patient.ts')).patient,
    handlers: (await import('./patient.ts')).patientHandlers,
  }),
  patientImport: async () => ({
    procedures: (await import('../../shared/contract/patient-import.ts')).patientImport,
    handlers: (await import('./patient-import.ts')).patientImportHandlers,
  }),
  patientMerge: async () => ({
    procedures: (await import('../../shared/contract/patient-merge.ts')).patientMerge,
    handlers: (await import('./patient-merge.ts')).patientMergeHandlers,
  }),
  patientMode: async () => ({
    procedures: (await import('../../shared/contract/patient-mode.ts')).patientMode,
    handlers: (await import('./patient-mode.ts')).patientModeHandlers,
  }),
  patientSearch: async () => ({
    procedures: (await import('../../shared/contract/patient-search.ts')).patientSearch,
    handlers: (await import('./patient-search.ts')).patientSearchHandlers,
  }),
  photo: async () => ({
    procedures: (await import('../../shared/contract/photo.ts')).photo,
    handlers: (await import('./photo.ts')).photoHandlers,
  }),
  policy: async () => ({
    procedures: (await import('../../shared/contract/policy.ts')).policy,
    handlers: (await import('./policy.ts')).policyHandlers,
  }),
  print: async () => ({
    procedures: (await import('../../shared/contract/print.ts')).print,
    handlers: (await import('./print.ts')).printHandlers,
  }),
  questionnaire: async () => ({
    procedures: (await import('../../shared/contract/questionnaire.ts')).questionnaire,
    handlers: (await import('./questionnaire.ts')).questionnaireHandlers,
  }),
  recall: async () => ({
    procedures: (await import('../../shared/contract/recall.ts')).recall,
    handlers: (await import('./recall.ts')).recallHandlers,
  }),
  recovery: async () => ({
    procedures: (await import('../../shared/contract/recovery.ts')).recovery,
    handlers: (await import('./recovery.ts')).recoveryHandlers,
  }),
  report: async () => ({
    procedures: (await import('../../shared/contract/report.ts')).report,
    handlers: (await import('./report.ts')).reportHandlers,
  }),
  restore: async () => ({
    procedures: (await import('../../shared/contract/restore.ts')).restore,
    handlers: (await import('./restore.ts')).restoreHandlers,
  }),
  screening: async () => ({
    procedures: (await import('../../shared/contract/screening.ts')).screening,
    handlers: (await import('./screening.ts')).screeningHandlers,
  }),
  series: async () => ({
    procedures: (await import('../../shared/contract/series.ts')).series,
    handlers: (await import('./series.ts')).seriesHandlers,
  }),
  session: async () => ({
    procedures: (await import('../../shared/contract/session.ts')).session,
    handlers: (await import('./session.ts')).sessionHandlers,
  }),
  sessionPreset: async () => ({
    procedures: (await import('../../shared/contract/session-preset.ts')).sessionPreset,
    handlers: (await import('./session-preset.ts')).sessionPresetHandlers,
  }),
  signIn: async () => ({
    procedures: (await import('../../shared/contract/sign-in.ts')).signIn,
    handlers: (await import('./sign-in.ts')).signInHandlers,
  }),
  signOff: async () => ({
    procedures: (await import('../../shared/contract/sign-off.ts')).signOff,
    handlers: (await import('./sign-off.ts')).signOffHandlers,
  }),
  staff: async () => ({
    procedures: (await import('../../shared/contract/staff.ts')).staff,
    handlers: (await import('./staff.ts')).staffHandlers,
  }),
  staffIncident: async () => ({
    procedures: (await import('../../shared/contract/staff-incident.ts')).staffIncident,
    handlers: (await import('./staff-incident.ts')).staffIncidentHandlers,
  }),
  staffPractice: async () => ({
    procedures: (await import('../../shared/contract/staff-practice.ts')).staffPractice,
    handlers: (await import('./staff-practice.ts')).staffPracticeHandlers,
  }),
  stock: async () => ({
    procedures: (await import('../../shared/contract/stock.ts')).stock,
    handlers: (await import('./stock.ts')).stockHandlers,
  }),
  today: async () => ({
    procedures: (await import('../../shared/contract/today.ts')).today,
    handlers: (await import('./today.ts')).todayHandlers,
  }),
  visit: async () => ({
    procedures: (await import('../../shared/contract/visit.ts')).visit,
    handlers: (await import('./visit.ts')).visitHandlers,
  }),
}

const loaded = new Map<string, Loaded<Feature>>()

/** Null for a name that is no feature's. */
export async function loadFeature(name: string): Promise<Loaded<Feature> | null> {
  const known = loaded.get(name)
  if (known) return known
  if (!isFeature(name)) return null
  const feature = await loaders[name]()
  loaded.set(name, feature)
  return feature
}

/** One after the other, so that nobody's call waits for more than one. */
export async function loadAllFeatures(): Promise<ReadonlyMap<string, Loaded<Feature>>> {
  for (const name of Object.keys(loaders)) await loadFeature(name)
  return loaded
}

function isFeature(name: string): name is Feature {
  return Object.hasOwn(loaders, name)
}
