import type { ChartEntry, ChartOutstanding } from '../../../shared/contract/chart.ts'
import type { ConsentStanding } from '../../../shared/domain/next-step.ts'
import type { SessionState } from '../../../shared/domain/session-state.ts'
import type {
  ComplicationId,
  ConsentId,
  OrderId,
  PatientId,
  ScreeningId,
  SessionId,
} from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { complicationName, complicationTitle, followUpTitle } from '../../parts/complication-words.ts'
import { formatDate, formatMmUnit, formatNameWithoutPreferred, formatPlural } from '../../parts/format.ts'
import type { GlyphState } from '../../parts/StateGlyph.tsx'
import type { TimelineKind } from '../../parts/TimelineList.tsx'
import { deviceTypeWords } from '../../parts/treatment-words.ts'

type Facts = ChartEntry['facts']
type FactsOf<Kind extends Facts['kind']> = Extract<Facts, { kind: Kind }>

export const visitServiceWords: Readonly<Record<FactsOf<'VISIT'>['service'], string>> = {
  SESSION: 'Session',
  MAINTENANCE: 'Maintenance',
  CONSULTATION: 'Consultation',
  FOLLOW_UP_CHECK: 'Follow-up check',
  OUTCOME_REVIEW: 'Outcome review',
  OTHER: 'Visit',
}

export const cancelWords = {
  PATIENT: 'the patient cancelled',
  CLINIC: 'the clinic cancelled',
  NO_SHOW: 'did not come',
  MISTAKE: 'entered by mistake',
} as const

export const sessionStateLooks: Readonly<Record<SessionState, { readonly words: string; readonly state: GlyphState }>> =
  {
    DRAFT: { words: 'Draft', state: 'draft' },
    SUBMITTED: { words: 'Waits for signature', state: 'submitted' },
    RETURNED: { words: 'Sent back', state: 'returned' },
    SIGNED: { words: 'Signed', state: 'signed' },
    VOIDED: { words: 'Entered in error', state: 'enteredInError' },
    CANCELLED: { words: 'Not started', state: 'notNeeded' },
  }

export const consentStandingWords: Readonly<Record<ConsentStanding, string>> = {
  SIGNED: 'Consent is signed',
  NONE: 'No consent is signed',
  LAPSED: 'The consent has lapsed',
  WITHDRAWN: 'The consent was withdrawn',
  OWN_NEEDED: 'Now of age: own consent needed',
  GUARDIAN_NEEDED: 'The guardian has to sign',
}

/** What follows from it for the next session, and for the one who signed before. */
export function consentStandingSentence(standing: ConsentStanding): string {
  return standing === 'OWN_NEEDED'
    ? 'The patient signs before the next session. The guardian is told nothing more without the patient.'
    : 'A consent is signed before the next session.'
}

export type EntryText = {
  readonly kind: TimelineKind
  readonly title: string
  readonly detail: string | null
  readonly tag: { readonly words: string; readonly state: GlyphState } | null
  readonly href: string | null
}

const recordWords = { SESSION: 'session', COMPLICATION: 'complication', CONSENT: 'consent', SCREENING: 'questionnaire' }
const procedureWords = { MECHANICAL: 'microneedling', RF: 'radiofrequency microneedling', ADDON: 'an add-on' } as const
const decisionWords = {
  PROCEED: 'The course goes on',
  MODIFY: 'The course goes on, changed',
  HOLD: 'The course is held',
  STOP: 'The course ends',
} as const
const meaningWords = {
  REVIEWED_AND_APPROVED: 'Reviewed and approved',
  REVIEWED_WITH_DEVIATIONS: 'Reviewed, deviations judged',
  AUTHOR_PHYSICIAN: 'Signed by the treating physician',
} as const
export const consentStateWords: Readonly<Record<FactsOf<'CONSENT'>['state'], string>> = {
  DRAFT: 'being prepared',
  PRESENTED: 'shown to the patient',
  SIGNED: 'signed',
  SUPERSEDED: 'replaced by a newer one',
  EXPIRED: 'lapsed',
  WITHDRAWN: 'withdrawn',
  VOIDED: 'void',
}

/** What a line of the timeline says and where it leads. */
export function entryText({ id, patientId, facts }: ChartEntry): EntryText {
  switch (facts.kind) {
    case 'SESSION':
      return { ...sessionText(facts), href: hrefTo(pathTo.session(patientId, id as SessionId)) }
    case 'CONSENT':
      return {
        kind: 'consent',
        title: `Consent ${facts.templateMajor}.${facts.templateMinor} for ${procedureWords[facts.procedure]}, ${consentStateWords[facts.state]}`,
        detail: facts.signerRole !== null && facts.signerRole !== 'PATIENT' ? 'Signed for the patient' : null,
        tag: consentTag(facts.state),
        href: hrefTo(pathTo.consent(patientId, id as ConsentId)),
      }
    case 'SCREENING':
      return {
        kind: 'screening',
        title: facts.form === 'FULL' ? 'Health questionnaire' : 'Short questionnaire of the day',
        detail: null,
        tag: facts.hasOpenClear ? { words: 'Physician decides', state: 'missing' } : null,
        href: hrefTo(pathTo.screening(patientId, id as ScreeningId)),
      }
    case 'ORDER':
      return {
        kind: 'order',
        title: `Examination and order: ${deviceTypeWords[facts.deviceType].toLowerCase()}, ${formatPlural(facts.sessions, 'session')}`,
        detail: `Until ${formatDate(facts.expiresOn)}`,
        tag:
          facts.state === 'SIGNED'
            ? null
            : { words: facts.state === 'REVOKED' ? 'Revoked' : 'Replaced', state: 'notNeeded' },
        href: hrefTo(pathTo.order(patientId, id as OrderId)),
      }
    case 'CLEARANCE':
      return {
        kind: 'order',
        title: facts.decision === 'CLEARED' ? 'Findings cleared' : 'Findings not cleared',
        detail: [
          facts.maxDepthUm === null ? '' : `not deeper than ${formatMmUnit(facts.maxDepthUm)}`,
          `until ${formatDate(facts.expiresOn)}`,
        ]
          .filter(Boolean)
          .join(', '),
        tag: null,
        href: null,
      }
    case 'COMPLICATION':
      return {
        kind: 'complication',
        title: complicationTitle(facts),
        detail:
          facts.worstGrade !== null && facts.worstGrade !== facts.grade ? `At worst grade ${facts.worstGrade}` : null,
        tag: complicationTag(facts),
        href: hrefTo(pathTo.complication(patientId, id as ComplicationId)),
      }
    case 'ADDENDUM':
      return {
        kind: 'addendum',
        title: `Addendum to a ${recordWords[facts.amends]}`,
        detail: 'The original stays beside it',
        tag: facts.state === 'SIGNED' ? null : sessionStateLooks[facts.state],
        href: amendedHref(patientId, facts),
      }
    case 'SIGN_OFF':
      return {
        kind: 'signOff',
        title: facts.record === 'SESSION' ? 'Session countersigned' : 'Addendum countersigned',
        detail: `${meaningWords[facts.meaning]}. ${decisionWords[facts.decision]}.`,
        tag: null,
        href: facts.record === 'SESSION' ? hrefTo(pathTo.session(patientId, facts.recordId as SessionId)) : null,
      }
    case 'FOLLOW_UP':
      return {
        kind: facts.task === 'DAY_1_MESSAGE' ? 'message' : 'call',
        title: followUpTitle({ kind: facts.task, reactionCode: facts.reactionCode }),
        detail: facts.outcome,
        tag: null,
        href: null,
      }
    case 'VISIT':
      return visitText(facts)
  }
}

function consentTag(state: FactsOf<'CONSENT'>['state']): EntryText['tag'] {
  if (state === 'WITHDRAWN') return { words: 'Withdrawn', state: 'blocked' }
  return state === 'VOIDED' ? sessionStateLooks.VOIDED : null
}

/** An addendum is read beside what it amends. */
function amendedHref(patientId: PatientId, { amends, amendsId }: FactsOf<'ADDENDUM'>): string {
  switch (amends) {
    case 'SESSION':
      return hrefTo(pathTo.session(patientId, amendsId as SessionId))
    case 'COMPLICATION':
      return hrefTo(pathTo.complication(patientId, amendsId as ComplicationId))
    case 'CONSENT':
      return hrefTo(pathTo.consent(patientId, amendsId as ConsentId))
    case 'SCREENING':
      return hrefTo(pathTo.screening(patientId, amendsId as ScreeningId))
  }
}

/** RF is another procedure than plain microneedling, and is never read as it. */
function sessionName({ sessionNo, isRf }: { readonly sessionNo: number; readonly isRf: boolean }): string {
  return isRf ? `Radiofrequency (RF) session ${sessionNo}` : `Session ${sessionNo}`
}

function sessionText(facts: FactsOf<'SESSION'>): Omit<EntryText, 'href'> {
  const isVoid = facts.state === 'VOIDED'
  const depth = facts.maxDepthUm === null ? '' : `, to ${formatMmUnit(facts.maxDepthUm)}`
  const zones = facts.zones === 0 ? '' : `: ${formatPlural(facts.zones, 'zone')}${depth}`
  const details = [
    facts.deviations === 0 ? '' : formatPlural(facts.deviations, 'deviation'),
    facts.recordOnly ? 'Entered as a record only' : '',
    facts.lateEntry ? 'Late entry' : '',
  ].filter(Boolean)
  return {
    kind: facts.isStarted || facts.state === 'DRAFT' ? 'session' : 'notStarted',
    title: `${sessionName(facts)}${zones}`,
    detail: details.length === 0 ? null : details.join(', '),
    tag: facts.state === 'SIGNED' ? null : sessionStateLooks[isVoid ? 'VOIDED' : facts.state],
  }
}

function complicationTag({ state, isRedFlag }: FactsOf<'COMPLICATION'>): EntryText['tag'] {
  if (state === 'CLOSED') return { words: 'Closed', state: 'signed' }
  if (isRedFlag) return { words: 'Red flag', state: 'redFlag' }
  if (state === 'MONITORING') return { words: 'Monitoring', state: 'openComplication' }
  return { words: 'Open', state: 'openComplication' }
}

function visitText({ service, serviceNote, status, cancelReason }: FactsOf<'VISIT'>): EntryText {
  const isCancelled = status === 'CANCELLED'
  return {
    kind: isCancelled ? 'notStarted' : 'registration',
    title: isCancelled
      ? `${visitServiceWords[service]}: ${cancelWords[cancelReason ?? 'CLINIC']}`
      : `Visit: ${visitServiceWords[service].toLowerCase()}`,
    detail: serviceNote,
    tag: null,
    href: null,
  }
}

/** One line of what is still to do: what, for whom or by when, and where. */
export function outstandingText(item: ChartOutstanding): {
  readonly key: string
  readonly state: GlyphState
  readonly text: string
  readonly note: string
  readonly href: string | null
} {
  const { patientId } = item
  switch (item.kind) {
    case 'HOLD':
      return {
        key: `hold ${item.seriesId}`,
        state: 'onHold',
        text: 'The course is on hold',
        note: item.reason ?? 'a physician ends it',
        href: hrefTo(pathTo.plan(patientId)),
      }
    case 'CONSENT':
      return {
        key: 'consent',
        state: item.standing === 'LAPSED' ? 'retake' : 'missing',
        text: consentStandingWords[item.standing],
        note: 'before the next session',
        href: null,
      }
    case 'SCREENING_DECISION':
      return {
        key: item.id,
        state: 'missing',
        text: 'Questionnaire waits for a physician',
        note: formatDate(item.takenOn),
        href: hrefTo(pathTo.screening(patientId, item.id as ScreeningId)),
      }
    case 'SESSION':
      return {
        key: item.sessionId,
        state: sessionStateLooks[item.state].state,
        text: `Session ${item.sessionNo}: ${sessionStateLooks[item.state].words.toLowerCase()}`,
        note: item.who ?? '',
        href: hrefTo(pathTo.session(patientId, item.sessionId)),
      }
    case 'ADDENDUM':
      return { key: item.id, state: 'addendum', text: 'Addendum is not signed', note: item.who ?? '', href: null }
    case 'FOLLOW_UP':
      return {
        key: item.followUpId,
        state: 'toDo',
        text: followUpTitle({ kind: item.task, reactionCode: item.reactionCode }),
        note: formatDate(item.dueOn),
        href: item.complicationId === null ? null : hrefTo(pathTo.complication(patientId, item.complicationId)),
      }
  }
}

/** `signed under MR-00017, Haddad, Noor`: what is printed beside a record of a merged chart. */
export function underText({ chartNumber, family, given }: NonNullable<ChartEntry['under']>): string {
  return `under ${chartNumber}, ${formatNameWithoutPreferred({ familyName: family, givenName: given })}`
}

export function openComplicationTitle(report: {
  readonly code: Parameters<typeof complicationName>[0]
  readonly grade: number | null
}) {
  const name = complicationName(report.code)
  return report.grade === null ? `Open: ${name}` : `Open: ${name}, grade ${report.grade}`
}
