import { describe, expect, it } from 'vitest'
import { finishOrderDraft, type OrderDraft, orderOffLabel, usualExpiry } from '../../shared/domain/order-draft.ts'
import { cheekLeft, cheekRight, orderWith, policyWith } from './given-session.ts'

const { patientId, schema: _schema, signature: _signature, prophylaxis: _none, expiresOn: _by, ...signed } = orderWith()
const draft: OrderDraft = {
  ...signed,
  anaestheticOrder: '',
  prophylaxisOrder: '',
  prophylaxisZones: [],
  conditions: '',
  expiresOn: null,
}
const finish = (change: Partial<OrderDraft> = {}) =>
  finishOrderDraft({ ...draft, ...change }, { patientId, today: '2026-01-20', policy: policyWith() })
const lip = { zone: 'LIP_UPPER', side: 'M' } as const

describe('an order while it is written', () => {
  it('says, once whole, what the signed order will say, with the policy’s expiry', () => {
    const { signature: _unsigned, ...order } = orderWith({ expiresOn: '2027-01-20' })
    expect(finish()).toEqual({ gaps: [], order })
  })

  it.each<[string, Partial<OrderDraft>, string]>([
    ['an examiner', { examiner: { ...draft.examiner, printedName: ' ' } }, 'EXAMINER_MISSING examiner.printedName'],
    ['the day of the exam', { examinedOn: null }, 'EXAM_DATE_MISSING examinedOn'],
    ['an exam that was', { examinedOn: '2026-01-21' }, 'EXAM_IN_FUTURE examinedOn'],
    ['findings', { findings: ' ' }, 'FINDINGS_MISSING findings'],
    ['the skin type', { fst: null }, 'SKIN_TYPE_MISSING fst'],
    ['an indication', { indications: [] }, 'INDICATION_MISSING indications'],
    ['a depth for each zone', { zones: [{ ...cheekLeft, maxDepthUm: null }] }, 'DEPTH_MISSING zones[0].maxDepthUm'],
    [
      'the place of a scar',
      { zones: [{ zone: 'SCAR_SITE', side: 'L', site: ' ', maxDepthUm: 1000 }] },
      'SITE_MISSING zones[0].site',
    ],
    ['the number of sessions', { sessions: null }, 'SESSIONS_MISSING sessions'],
    ['the interval', { intervalMonths: null }, 'INTERVAL_MISSING intervalMonths'],
    ['what to take', { prophylaxisZones: [lip] }, 'PROPHYLAXIS_WITHOUT_ORDER prophylaxisOrder'],
    ['where it matters', { prophylaxisOrder: 'as written on the script' }, 'PROPHYLAXIS_WITHOUT_ZONE prophylaxisZones'],
  ])('lacks %s', (_, change, gap) => {
    expect(finish(change).gaps.map(({ code, path }) => `${code} ${path}`)).toEqual([gap])
  })

  it('keeps a scar grade for acne scars only', () => {
    expect(finish({ indications: ['TEXTURE'] }).order?.scarGrade).toBeNull()
    expect(finish().order?.scarGrade).toBe('GB_2006_3')
  })

  it('ends with the order’s own months or the exam’s, whichever is sooner', () => {
    const months = { orderValidMonths: 12, gfeRequired: true, gfeValidMonths: 6 }
    expect(usualExpiry('2026-08-31', months)).toBe('2027-02-28')
    expect(usualExpiry('2026-08-31', { ...months, gfeRequired: false })).toBe('2027-08-31')
  })

  it('tells what lies outside the usual authorised use and refuses nothing for it', () => {
    const zones = [cheekRight, { zone: 'SCALP_FRONT', side: 'M' } as const]
    expect(orderOffLabel({ zones, indications: ['ACNE_SCAR'] }, 21)).toEqual([
      { kind: 'AGE', authorisedFrom: 22 },
      { kind: 'USE', zone: 'SCALP_FRONT', indication: 'ACNE_SCAR' },
    ])
    expect(orderOffLabel({ zones: [cheekRight], indications: ['ACNE_SCAR'] }, null)).toEqual([])
  })
})
