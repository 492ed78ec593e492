import type { ZoneCode } from '../../../shared/domain/zones.ts'
import type { Input, Output } from '../../client/client.ts'

export type OpenedPolicy = Output<'policy.open'>
/** The text of a draft as the form holds it; who approved it is not the form's to say. */
export type PolicyText = Input<'policy.saveDraft'>['body']
export type ZoneText = PolicyText['settings']['zoneDepths'][ZoneCode]
export type RangeText = ZoneText['usual']

export function toPolicyText(body: OpenedPolicy['body']): PolicyText {
  const { approvedBy: _approver, ...text } = body
  return text
}
