import type { Finding } from '../../shared/domain/finding.ts'
import type { ChosenOption, InputValue, ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { ScreeningContext } from '../../shared/domain/screening/context.ts'
import type { AskedQuestionId, OptionCode } from '../../shared/domain/screening/questionnaire.ts'
import { defaultScreeningSettings } from '../../shared/domain/screening/settings.ts'
import type { Side, ZoneCode, ZoneSide } from '../../shared/domain/zones.ts'

/** `CHEEK_ANT.L` as a zone and side. */
export type Place = `${ZoneCode}.${Side}`

export function place(text: Place): ZoneSide {
  const [zone, side] = text.split('.')
  return { zone: zone as ZoneCode, side: side as Side }
}

export function choice<Id extends AskedQuestionId>(
  id: Id,
  option: OptionCode<Id>,
  ...inputs: readonly InputValue[]
): ScreeningAnswers {
  return { [id]: { kind: 'CHOICE', chosen: { option, inputs } } }
}

export function multi<Id extends AskedQuestionId>(
  id: Id,
  ...chosen: readonly (readonly [OptionCode<Id>, ...InputValue[]])[]
): ScreeningAnswers {
  const options: ChosenOption[] = chosen.map(([option, ...inputs]) => ({ option, inputs }))
  return { [id]: { kind: 'MULTI', chosen: options } }
}

export function hopes(option: OptionCode<'SQ-43'>, ...inputs: readonly InputValue[]): ScreeningAnswers {
  return { 'SQ-43': { kind: 'TEXT', text: 'Softer scars', chosen: { option, inputs } } }
}

export function on(date: string | null): InputValue {
  return { kind: 'DATE', name: 'ON', date }
}
export function where(...places: readonly Place[]): InputValue {
  return { kind: 'ZONES', name: 'WHERE', zones: places.map(place) }
}
export function text(words: string, name = 'WHAT'): InputValue {
  return { kind: 'TEXT', name, text: words }
}
export function select(name: string, option: string): InputValue {
  return { kind: 'SELECT', name, option }
}
export function hbA1c(tenths: number | null): InputValue {
  return { kind: 'PERCENT', name: 'HBA1C', tenths }
}

/** An adult of 36 with skin type III, both cheeks planned with a pen, on 2 June 2026. */
export const ordinaryDay: ScreeningContext = {
  answers: {},
  bornOn: '1990-03-14',
  today: '2026-06-02',
  fst: 'III',
  plannedZones: [place('CHEEK_ANT.L'), place('CHEEK_ANT.R')],
  deviceType: 'PEN',
  settings: defaultScreeningSettings,
  prophylaxis: null,
  concerns: { bodyImage: false, capacity: false },
}

/** `STOP/PHYSICIAN RULE @ZONE.S ZONE.S until 2026-09-02`, so that one line says all of a finding. */
export function told(finding: Finding): string {
  const override = finding.outcome === 'STOP' ? `/${finding.override}` : ''
  const zones = finding.zones.map(({ zone, side }) => `${zone}.${side}`).join(' ')
  const until = finding.eligibleOn === null ? '' : ` until ${finding.eligibleOn}`
  return `${finding.outcome}${override} ${finding.rule}${zones === '' ? '' : ` @${zones}`}${until}`
}
