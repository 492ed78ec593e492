import type { GateFailure, StartGateFacts } from './start-gate-facts.ts'
import {
  clearanceFailures,
  complicationFailures,
  consentFailures,
  consentTextFailures,
  identityFailures,
  productFailures,
  screeningFailures,
} from './start-gate-patient.ts'
import {
  cartridgeFailures,
  depthFailures,
  deviceFailures,
  orderFailures,
  planFailures,
  practitionerFailures,
  seriesFailures,
  supervisionFailures,
} from './start-gate-practice.ts'

/**
 * Every condition of the start gate that fails (clinical reference, section 5), in the order of the day; none means the
 * session may start. Record-only entry and emergency stop do not ask it.
 */
export function judgeStart(facts: StartGateFacts): readonly GateFailure[] {
  return [
    ...identityFailures(facts),
    ...planFailures(facts),
    ...screeningFailures(facts),
    ...clearanceFailures(facts),
    ...consentTextFailures(facts),
    ...consentFailures(facts),
    ...orderFailures(facts),
    ...complicationFailures(facts),
    ...seriesFailures(facts),
    ...practitionerFailures(facts),
    ...supervisionFailures(facts),
    ...deviceFailures(facts),
    ...cartridgeFailures(facts),
    ...depthFailures(facts),
    ...productFailures(facts),
  ]
}
