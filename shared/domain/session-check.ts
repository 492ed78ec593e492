import type { Instant } from '../kernel/time.ts'
import { daysBetween, minutesBetween } from '../kernel/time.ts'
import type { Deviation } from './deviation.ts'
import { mayUseDevice } from './device.ts'
import type { PolicyBody } from './policy.ts'
import { shippedPolicy } from './policy.ts'
import { judgeSpacing } from './series.ts'
import type { ImmediateReactionCode, SessionDraft, SessionWarningCode } from './session.ts'
import { anaestheticFindings, type TimePhase } from './session-anaesthetic.ts'
import { deviationsOf, logFacts } from './session-deviations.ts'
import { type PhotoDesk, photoFindings } from './session-photos.ts'
import type { Findings, HardProblem, Problem, SoftProblem } from './session-problem.ts'
import { missingFields } from './session-required.ts'
import { zoneRowFindings } from './session-zone-rows.ts'
import type { StartGateFacts } from './start-gate-facts.ts'
import { trainingGap } from './start-gate-practice.ts'

/** A reaction that must reach the physician at once (clinical reference, section 7). */
export type RedFlag = { readonly path: string; readonly code: ImmediateReactionCode; readonly grade: number }

export type SessionCheck = {
  /** Values that are refused: the record cannot be submitted. */
  readonly hard: readonly HardProblem[]
  readonly soft: readonly SoftProblem[]
  readonly deviations: readonly Deviation[]
  /** Paths of required fields that are still open. */
  readonly missing: readonly string[]
  readonly redFlags: readonly RedFlag[]
  readonly isLateEntry: boolean
}

export type SessionFacts = {
  readonly now: Instant
  readonly isSessionNoTaken: boolean
  readonly sessionsPlanned: number
  readonly photos: PhotoDesk
  /**
   * What the start gate reads, as it stood on the day and before this session counted. Plan, zones, depths, identity,
   * skin type and supervision are taken from the draft.
   */
  readonly gate: StartGateFacts
}

/** Judges a draft as it stands by every row of the clinical reference, section 5. A draft saves whatever this says. */
export function checkSession(draft: SessionDraft, facts: SessionFacts): SessionCheck {
  const gate = logFacts(draft, facts.gate)
  const policy = gate.policy ?? shippedPolicy(gate.on)
  const deviations = deviationsOf(draft, facts.gate)
  const parts = [
    courseFindings(draft, facts, policy),
    timeFindings(draft, facts, policy),
    anaestheticFindings(draft.anaesthetic, policy.settings),
    deviceFindings(draft, gate),
    zoneRowFindings(draft, gate, policy.settings),
    productFindings(draft, policy),
    afterFindings(draft, gate, policy),
    photoFindings(draft, { ...facts.photos, on: gate.on }),
  ]
  const soft = parts.flatMap((part) => part.soft).map((problem) => withReason(problem, draft))
  return {
    hard: [...parts.flatMap((part) => part.hard), ...reasonProblems(soft, deviations)],
    soft,
    deviations,
    missing: [
      ...missingFields(draft, {
        treatingRole: gate.practitioner.treatingRole,
        hasSpeed: gate.device !== null && gate.device.speed !== null,
      }),
      ...deviations.flatMap((deviation, index) =>
        deviation.patientTold === null ? [`deviations[${index}].patientTold`] : [],
      ),
    ],
    redFlags: redFlagsOf(draft),
    isLateEntry: isLateEntry(draft.endedAt ?? null, facts.now, policy.settings.lateEntryHours),
  }
}

export function maySubmit(check: SessionCheck): boolean {
  return check.hard.length === 0 && check.missing.length === 0
}

/** Entered more than `lateEntryHours` after the session ended. */
export function isLateEntry(endedAt: Instant | null, now: Instant, lateEntryHours: number): boolean {
  return endedAt !== null && minutesBetween(endedAt, now) > lateEntryHours * 60
}

function courseFindings(draft: SessionDraft, facts: SessionFacts, policy: PolicyBody): Findings {
  const { isSessionNoTaken, sessionsPlanned, gate } = facts
  const sessionNo = draft.sessionNo ?? null
  const hard: HardProblem[] = []
  const soft: Problem<SessionWarningCode>[] = []
  if (isSessionNoTaken) hard.push({ code: 'SESSION_NO_TAKEN', path: 'sessionNo', facts: { sessionNo } })
  if (sessionNo !== null && sessionNo > sessionsPlanned) {
    soft.push({ code: 'SESSION_NO_OVER_PLAN', path: 'sessionNo', facts: { sessionNo, sessionsPlanned } })
  }
  const { sessionIntervalMinDays } = policy
  const spacing = judgeSpacing(gate.series.lastPerformedOn, gate.on, { ...policy.settings, sessionIntervalMinDays })
  // Under the shorter bound it is a matter of the gate, cleared by the physician or kept as a deviation.
  if (spacing.verdict === 'SOON') {
    soft.push({ code: 'INTERVAL_SHORT', path: 'startedAt', facts: { days: spacing.days, sessionIntervalMinDays } })
  }
  return { hard, soft }
}

/** Longer than this is a typing error (clinical reference, section 5). */
const maxSessionMin = 8 * 60

/** How long the needling took, or has taken, against the usual (clinical reference, section 2, row 11). */
export function needlingPhase(
  minutes: number,
  {
    needlingWarnUnderMin,
    needlingWarnOverMin,
  }: Pick<PolicyBody['settings'], 'needlingWarnUnderMin' | 'needlingWarnOverMin'>,
): TimePhase {
  if (minutes < needlingWarnUnderMin) return 'SHORT'
  return minutes > needlingWarnOverMin ? 'LONG' : 'USUAL'
}

function timeFindings({ startedAt, endedAt }: SessionDraft, { now }: SessionFacts, { settings }: PolicyBody): Findings {
  const hard: HardProblem[] = []
  for (const [path, at] of [
    ['startedAt', startedAt],
    ['endedAt', endedAt],
  ] as const) {
    if (at && minutesBetween(now, at) > 0) hard.push({ code: 'TIME_IN_FUTURE', path, facts: { at } })
  }
  if (!startedAt || !endedAt) return { hard, soft: [] }
  const minutes = minutesBetween(startedAt, endedAt)
  const problem = { path: 'endedAt', facts: { minutes } }
  if (minutes <= 0) return { hard: [...hard, { code: 'END_NOT_AFTER_START', ...problem }], soft: [] }
  if (minutes > maxSessionMin) return { hard: [...hard, { code: 'SESSION_TOO_LONG', ...problem }], soft: [] }
  const soft: Problem<SessionWarningCode>[] = []
  const phase = needlingPhase(minutes, settings)
  if (phase === 'SHORT') soft.push({ code: 'DURATION_SHORT', ...problem })
  if (phase === 'LONG') soft.push({ code: 'DURATION_LONG', ...problem })
  return { hard, soft }
}

function deviceFindings({ speed, zoneRows, cartridgeUses }: SessionDraft, gate: StartGateFacts): Findings {
  const { device, on } = gate
  const hard: HardProblem[] = []
  const soft: Problem<SessionWarningCode>[] = []
  const labels = (cartridgeUses ?? []).map((use) => use.label)
  for (const [index, label] of labels.entries()) {
    if (label && labels.indexOf(label) !== index) {
      hard.push({ code: 'CARTRIDGE_LABEL_TWICE', path: `cartridgeUses[${index}].label`, facts: { label } })
    }
  }
  if (device === null) return { hard, soft }
  const speeds = [
    { path: 'speed', value: speed },
    ...(zoneRows ?? []).map((row, index) => ({ path: `zoneRows[${index}].speedOverride`, value: row.speedOverride })),
  ]
  for (const { path, value } of speeds) {
    if (typeof value !== 'number') continue
    const range = device.speed
    if (range !== null && value >= range.from && value <= range.to) continue
    const facts = { speed: value, from: range?.from ?? null, to: range?.to ?? null, unit: range?.unit ?? null }
    hard.push({ code: 'SPEED_OUTSIDE_DEVICE_RANGE', path, facts })
  }
  for (const code of mayUseDevice(device, on).cautions) {
    soft.push({ code, path: 'deviceId', facts: { dueOn: device.calibrationDueOn } })
  }
  const training = trainingGap(gate)
  if (training?.rule === 'WARN') {
    const facts = { standing: training.standing, model: device.model }
    soft.push({ code: 'DEVICE_TRAINING_MISSING', path: 'deviceId', facts })
  }
  return { hard, soft }
}

function productFindings(
  { skinPrep, anaesthetic, addons, postProducts }: SessionDraft,
  { topicalActivesBlocked }: PolicyBody,
): Findings {
  const applied = postProducts?.kind === 'APPLIED' ? (postProducts.products ?? []) : []
  const uses = [
    { path: 'skinPrep', use: skinPrep },
    { path: 'anaesthetic', use: anaesthetic?.kind === 'APPLIED' ? anaesthetic : null },
    ...(addons ?? []).map((use, index) => ({
      path: `addons[${index}]`,
      use: use.kind === 'PRP' || use.kind === 'PEEL' ? use : null,
    })),
    ...applied.map((use, index) => ({ path: `postProducts.products[${index}]`, use })),
  ]
  const soft = uses.flatMap(({ path, use }): readonly Problem<SessionWarningCode>[] =>
    use?.name && !use.lotRaw?.trim() ? [{ code: 'PRODUCT_LOT_MISSING', path: `${path}.lotRaw`, facts: {} }] : [],
  )
  const actives = applied.flatMap((use, index): readonly Problem<SessionWarningCode>[] =>
    // Where the policy blocks them it is a deviation, which says the same and asks for its own reason.
    use.productClass === 'ACTIVE_AVOID' && !topicalActivesBlocked
      ? [{ code: 'ACTIVE_PRODUCT', path: `postProducts.products[${index}]`, facts: { product: use.name ?? null } }]
      : [],
  )
  return { hard: [], soft: [...soft, ...actives] }
}

function afterFindings(draft: SessionDraft, gate: StartGateFacts, policy: PolicyBody): Findings {
  const { painMax, haemostasisMin, nextSessionSuggestedOn, endedEarly, endedEarlyReason } = draft
  const hard: HardProblem[] = []
  const soft: Problem<SessionWarningCode>[] = []
  if (typeof painMax === 'number' && !(Number.isInteger(painMax) && painMax >= 0 && painMax <= 10)) {
    hard.push({ code: 'PAIN_OUT_OF_RANGE', path: 'painMax', facts: { painMax } })
  }
  if (endedEarly === true && !endedEarlyReason) {
    hard.push({ code: 'ENDED_EARLY_REASON_MISSING', path: 'endedEarlyReason', facts: {} })
  }
  const { haemostasisWarnOverMin } = policy.settings
  if (typeof haemostasisMin === 'number' && haemostasisMin > haemostasisWarnOverMin) {
    soft.push({ code: 'HAEMOSTASIS_LONG', path: 'haemostasisMin', facts: { haemostasisMin, haemostasisWarnOverMin } })
  }
  if (nextSessionSuggestedOn) {
    const days = daysBetween(gate.on, nextSessionSuggestedOn)
    const { sessionIntervalMinDays } = policy
    if (days < sessionIntervalMinDays) {
      const facts = { days, sessionIntervalMinDays }
      soft.push({ code: 'NEXT_SESSION_TOO_SOON', path: 'nextSessionSuggestedOn', facts })
    }
  }
  return { hard, soft }
}

/** Marked as red flags in the clinical reference, section 7; any other reaction is one from grade 3. */
const redFlagCodes: ReadonlySet<ImmediateReactionCode> = new Set([
  'URTICARIA',
  'ANAPHYLAXIS',
  'ANAESTHETIC_TOXICITY',
  'OCULAR_INJURY',
  'BLOODBORNE_EXPOSURE',
])

function redFlagsOf({ immediateReactions }: SessionDraft): readonly RedFlag[] {
  if (immediateReactions?.kind !== 'SEEN') return []
  return (immediateReactions.reactions ?? []).flatMap(({ code, grade }, index) =>
    code && isRedFlagReaction({ code, grade: grade ?? 0 })
      ? [{ path: `immediateReactions.reactions[${index}]`, code, grade: grade ?? 0 }]
      : [],
  )
}

/** True where the reaction must reach the physician at once. */
export function isRedFlagReaction({ code, grade }: { readonly code: ImmediateReactionCode; readonly grade: number }) {
  return redFlagCodes.has(code) || grade >= 3
}

/** Gaps that the physician reads as such: no reason makes them smaller. */
const saysItself: ReadonlySet<SessionWarningCode> = new Set([
  'ANAESTHETIC_OFF_TIME_MISSING',
  'ENDPOINT_CONTRADICTS_STOP_REASON',
])

function withReason(problem: Problem<SessionWarningCode>, { warnings }: SessionDraft): SoftProblem {
  const written = (warnings ?? []).find(({ code, path }) => code === problem.code && path === problem.path)
  const reason = written?.reason?.trim() ? written.reason : null
  return { ...problem, reason, needsReason: !saysItself.has(problem.code) }
}

function reasonProblems(soft: readonly SoftProblem[], deviations: readonly Deviation[]): readonly HardProblem[] {
  const ofWarnings = soft
    .filter((problem) => problem.needsReason && problem.reason === null)
    .map(({ code, path }): HardProblem => ({ code: 'WARNING_REASON_MISSING', path, facts: { warning: code } }))
  const ofDeviations = deviations.flatMap(({ code, reason, deviationId }, index): readonly HardProblem[] =>
    reason.trim() === ''
      ? [
          {
            code: 'DEVIATION_REASON_MISSING',
            path: `deviations[${index}].reason`,
            facts: { deviation: code, deviationId },
          },
        ]
      : [],
  )
  return [...ofWarnings, ...ofDeviations]
}
