import { createHash } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { type AuditFields, chainHash, chainStart } from '../../db/audit/chain.ts'
import { canonicalJson } from '../../shared/kernel/canonical-json.ts'
import { storeNow } from '../support/store.ts'

describe('the text of an audit row that is hashed', () => {
  const reasons: readonly (string | null)[] = [
    null,
    '',
    'asked by the patient',
    'said "no" \\ left',
    'two\nlines\tand \u0000\u001f\u007f',
    'Zoë · 林 · \u{1F33F} · \u2028',
  ]
  test.for(reasons)('is its canonical JSON, whatever the reason says: %j', (reason) => {
    const fields = entry({ reason })
    const cells = [
      ...[fields.seq, fields.at, fields.offset_min, fields.actor_id, fields.roles, fields.sign_in_id],
      ...[fields.connection_id, fields.app_version, fields.action, fields.subject, fields.subject_id],
      ...[fields.version_id, fields.version_before_id, fields.patient_id, fields.outcome, fields.reason],
    ]
    const expected = createHash('sha256')
      .update(chainStart + canonicalJson(cells), 'utf8')
      .digest('hex')
    expect(chainHash(chainStart, fields)).toBe(expected)
  })

  const refused: readonly (readonly [what: string, cell: unknown])[] = [
    ['half of a character', 'torn \ud83c'],
    ['a cell that is not there', undefined],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['bytes', Buffer.from('reason')],
  ]
  test.for(refused)('cannot be made of %s', ([, cell]) => {
    expect(() => chainHash(chainStart, entry({ reason: cell as string }))).toThrow('canonical JSON')
  })

  it('leaves out what the chain itself adds to a row', () => {
    const stored = { ...entry({ reason: null }), prev_hash: 'a', hash: 'b', mac: 'c' }
    expect(chainHash(chainStart, stored)).toBe(chainHash(chainStart, entry({ reason: null })))
  })
})

function entry({ reason }: Pick<AuditFields, 'reason'>): AuditFields {
  return {
    seq: 7,
    at: storeNow,
    offset_min: -300,
    actor_id: null,
    roles: 'physician manager',
    sign_in_id: null,
    connection_id: null,
    app_version: '0.1.0',
    action: 'patient.open',
    subject: 'patient',
    subject_id: 'patient 1',
    version_id: null,
    version_before_id: null,
    patient_id: null,
    outcome: 'DONE',
    reason,
  }
}
