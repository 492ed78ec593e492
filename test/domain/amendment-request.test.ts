import { describe, expect, it } from 'vitest'
import {
  type AmendmentEvent,
  type AmendmentFacts,
  amendmentStates,
  answerDueOn,
  decideAmendment,
} from '../../shared/domain/amendment-request.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'

const asked: AmendmentFacts = {
  state: 'OPEN',
  requestedOn: '2026-06-20',
  isExtended: false,
  hasAddendum: false,
  hasDisagreement: false,
  hasRebuttal: false,
}
const deny: AmendmentEvent = { kind: 'DENY', grounds: ['ACCURATE_AND_COMPLETE'], reason: 'The tube is in the photo.' }
const extend: AmendmentEvent = { kind: 'EXTEND', reason: 'The supplier has to confirm the name.' }
const accept: AmendmentEvent = { kind: 'ACCEPT', isRecordSigned: true }
const disagree: AmendmentEvent = { kind: 'DISAGREE', statement: 'It was not that cream.' }
const rebut: AmendmentEvent = { kind: 'REBUT', rebuttal: 'The lot proves it.' }

function decide(
  event: AmendmentEvent,
  change: Partial<AmendmentFacts> = {},
  { role = 'physician', today = '2026-06-21' }: { readonly role?: Role; readonly today?: string } = {},
) {
  const actor = { staffId: 'okafor' as StaffId, roles: [role] }
  const decision = decideAmendment({ facts: { ...asked, ...change }, event, actor, today })
  return decision.ok ? decision.value : decision.refusal.code
}

describe('a request to correct the record', () => {
  it('is answered within sixty days, and thirty more after its one extension', () => {
    expect(answerDueOn({ requestedOn: '2026-06-20', isExtended: false })).toBe('2026-08-19')
    expect(answerDueOn({ requestedOn: '2026-06-20', isExtended: true })).toBe('2026-09-18')
  })

  const denied = { state: 'DENIED' } as const
  const disputed = { ...denied, hasDisagreement: true }
  it.each<[string, AmendmentEvent, Partial<AmendmentFacts>, string]>([
    ['open and accepted about a signed record', accept, {}, 'ACCEPTED'],
    ['open and accepted about an unsigned one', { kind: 'ACCEPT', isRecordSigned: false }, {}, 'RECORD_NOT_SIGNED'],
    ['accepted with its addendum', accept, { state: 'ACCEPTED', hasAddendum: true }, 'AMENDMENT_ANSWERED'],
    ['accepted and its addendum thrown away', accept, { state: 'ACCEPTED' }, 'ACCEPTED'],
    ['denied already', accept, denied, 'AMENDMENT_ANSWERED'],
    ['open and denied with ground and reason', deny, {}, 'DENIED'],
    ['denied without a ground', { ...deny, grounds: [] }, {}, 'DENIAL_GROUND_MISSING'],
    ['denied without a reason', { ...deny, reason: ' ' }, {}, 'DENIAL_REASON_MISSING'],
    ['denied twice', deny, denied, 'AMENDMENT_ANSWERED'],
    ['extended with a reason', extend, {}, 'OPEN'],
    ['extended without a reason', { ...extend, reason: '' }, {}, 'EXTENSION_REASON_MISSING'],
    ['extended twice', extend, { isExtended: true }, 'EXTENDED_ALREADY'],
    ['extended after its answer', extend, denied, 'AMENDMENT_ANSWERED'],
    ['disputed after the denial', disagree, denied, 'DENIED'],
    ['disputed while it is open', disagree, {}, 'AMENDMENT_NOT_DENIED'],
    ['disputed twice', disagree, disputed, 'STATEMENT_ON_FILE'],
    ['disputed without words', { ...disagree, statement: '' }, denied, 'STATEMENT_MISSING'],
    ['rebutted after the statement', rebut, disputed, 'DENIED'],
    ['rebutted without words', { ...rebut, rebuttal: ' ' }, disputed, 'STATEMENT_MISSING'],
    ['rebutted where nobody disagrees', rebut, denied, 'NOTHING_TO_REBUT'],
    ['rebutted twice', rebut, { ...disputed, hasRebuttal: true }, 'NOTHING_TO_REBUT'],
  ])('that is %s', (_, event, change, outcome) => {
    expect(decide(event, change)).toBe(outcome)
  })

  it('has its time extended on the sixtieth day and not on the day after', () => {
    expect(decide(extend, {}, { today: '2026-08-19' })).toBe('OPEN')
    expect(decide(extend, {}, { today: '2026-08-20' })).toBe('EXTENSION_TOO_LATE')
  })

  it.each(['aesthetician', 'frontDesk', 'manager'] as const)('is answered by a physician alone, not by %s', (role) => {
    for (const state of amendmentStates)
      for (const event of [accept, deny, extend, rebut])
        expect(decide(event, { state }, { role })).toBe('AMENDMENT_NEEDS_PHYSICIAN')
  })
})
