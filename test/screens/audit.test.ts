import { describe, expect, it } from 'vitest'
import { type AuditRow, auditActor, auditReason, auditSentence } from '../../renderer/parts/audit-sentences.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'

const greta = { staffId: 'g' as StaffId, printedName: 'Greta Ansbach' }
const row: AuditRow = {
  seq: 1,
  at: '2026-08-03T15:42:00.000Z',
  offsetMin: -300,
  actor: greta,
  roles: ['manager'],
  action: 'staff.invite',
  category: 'STAFF',
  subject: 'staff',
  subjectId: 'n',
  versionId: null,
  subjectName: 'Noor Haddad',
  patient: null,
  outcome: 'DONE',
  reason: null,
}

describe('an audit row in words', () => {
  it.each<[Partial<AuditRow>, string, string, string | null]>([
    [{}, 'Greta Ansbach', 'Added Noor Haddad and gave a one-time code', null],
    [{ actor: null, roles: [], action: 'signIn.in', reason: 'PIN' }, 'Noor Haddad', 'Signed in', 'by PIN'],
    [
      { roles: ['patient'], action: 'screening.sign', subject: 'screening', subjectName: null },
      'Patient, handed over by Greta Ansbach',
      'Signed the screening',
      null,
    ],
    [
      { action: 'staff.setRoles', reason: 'manager physician' },
      'Greta Ansbach',
      'Changed the roles of Noor Haddad',
      'now Manager, Physician',
    ],
    [
      { outcome: 'REFUSED', action: 'chart.read', subject: 'procedure', reason: 'DENIED' },
      'Greta Ansbach',
      'Refused: chart, read',
      'their role does not include it',
    ],
    [{ action: 'stock.somethingNew', subject: 'stock' }, 'Greta Ansbach', 'Stock, something new', null],
    [
      { actor: null, subject: 'store', subjectName: null, action: 'store.open' },
      'The program',
      'The records were opened',
      null,
    ],
  ])('%o', (part, who, what, why) => {
    const shown = { ...row, ...part }
    expect([auditActor(shown), auditSentence(shown), auditReason(shown)]).toEqual([who, what, why])
  })
})
