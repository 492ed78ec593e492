import type { OrderSummary } from '../../../shared/contract/order.ts'
import type { OffLabelItem } from '../../../shared/domain/consent/off-label.ts'
import type { OrderProblem } from '../../../shared/domain/order.ts'
import type { OrderGap } from '../../../shared/domain/order-draft.ts'
import type { ExaminerKind, ExamMode } from '../../../shared/domain/policy.ts'
import type { Indication } from '../../../shared/domain/zones.ts'
import { formatMmUnit } from '../../parts/format.ts'
import { indicationWords } from '../../parts/treatment-words.ts'
import { zoneName } from '../../parts/zone-names.ts'

export const examinerWords: Readonly<Record<ExaminerKind, string>> = {
  PHYSICIAN: 'Physician',
  NP: 'Nurse practitioner',
  PA: 'Physician assistant',
}

export const examModeWords: Readonly<Record<ExamMode, string>> = { IN_PERSON: 'In person', TELEHEALTH: 'By video' }

export const gapWords: Readonly<Record<OrderGap['code'], string>> = {
  EXAMINER_MISSING: 'Who examined',
  EXAM_DATE_MISSING: 'The day of the examination',
  EXAM_IN_FUTURE: 'The examination lies in the future',
  FINDINGS_MISSING: 'What the examination found',
  SKIN_TYPE_MISSING: 'The skin type',
  INDICATION_MISSING: 'What is treated',
  DEPTH_MISSING: 'A maximum depth for every zone',
  SITE_MISSING: 'Which scar is meant',
  SESSIONS_MISSING: 'How many sessions',
  INTERVAL_MISSING: 'The interval between sessions',
  PROPHYLAXIS_WITHOUT_ORDER: 'What is ordered against cold sores',
  PROPHYLAXIS_WITHOUT_ZONE: 'The zones in which the prophylaxis matters',
}

type Rules = { readonly ceilingDepthUm: number; readonly orderMaxSessions: number; readonly orderValidMonths: number }

/** What the clinic's policy has against the order, with the bound it names. */
export function problemSentence({ code, path }: OrderProblem, rules: Rules): string {
  const row = /^zones\[(\d+)\]/.exec(path)?.[1]
  const where = row === undefined ? '' : `Zone ${Number(row) + 1}: `
  switch (code) {
    case 'EXAMINER_NOT_ALLOWED':
      return 'The policy does not let this kind of examiner examine.'
    case 'EXAM_MODE_NOT_ALLOWED':
      return 'The policy does not allow an examination in this way.'
    case 'HISTORY_NOT_REVIEWED':
      return 'The history has to be reviewed.'
    case 'SCAR_GRADE_MISSING':
      return 'Acne scars need their grade.'
    case 'ZONES_MISSING':
      return 'Name at least one zone.'
    case 'ZONE_TWICE':
      return `${where}it is in the list twice.`
    case 'SITE_MISSING':
      return `${where}say which scar.`
    case 'ORBITAL_NOT_ENABLED':
      return `${where}the clinic has not enabled eyelids.`
    case 'DEPTH_OVER_CEILING':
      return `${where}deeper than the clinic’s ceiling of ${formatMmUnit(rules.ceilingDepthUm)}.`
    case 'TOO_MANY_SESSIONS':
      return `More than the ${rules.orderMaxSessions} sessions that the policy allows under one order.`
    case 'EXPIRES_TOO_LATE':
      return `Longer than the ${rules.orderValidMonths} months that the policy allows.`
    case 'EXPIRES_BEFORE_EXAM':
      return 'It would end before the examination.'
    case 'PROPHYLAXIS_OUTSIDE_ZONES':
      return 'The prophylaxis names a zone that is not in the order.'
  }
}

/** `younger than 22; texture on forehead · temple`: one part for each indication. */
export function offLabelSentence(items: readonly OffLabelItem[]): string {
  const zonesByIndication = new Map<Indication, string[]>()
  for (const item of items) {
    if (item.kind === 'AGE') continue
    const zones = zonesByIndication.get(item.indication) ?? []
    zonesByIndication.set(item.indication, [...zones, zoneName(item.zone).toLowerCase()])
  }
  const ages = items.flatMap((item) => (item.kind === 'AGE' ? [`younger than ${item.authorisedFrom}`] : []))
  const uses = [...zonesByIndication].map(
    ([indication, zones]) => `${indicationWords[indication].toLowerCase()} on ${zones.join(' · ')}`,
  )
  return [...ages, ...uses].join('; ')
}

export const standingWords: Readonly<Record<OrderSummary['standing'], string>> = {
  ACTIVE: 'In force',
  UNSIGNED: 'Not signed',
  NOT_YET: 'Not yet in force',
  EXPIRED: 'Expired',
  EXAM_OUT_OF_DATE: 'Examination out of date',
  NO_SESSIONS_LEFT: 'All sessions used',
  SUPERSEDED: 'Superseded',
  REVOKED: 'Revoked',
}
