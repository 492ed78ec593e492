import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { OrderDraft } from '../../shared/domain/order-draft.ts'
import type { OrderId, PatientId, SeriesId } from '../../shared/kernel/ids.ts'
import { password, type TestClinic, type Window } from './clinic.ts'

type Contract = typeof contract
type SeriesPlan = Omit<InputOf<Contract['series']['plan']>, 'patientId'>

export const cheeks: SeriesPlan = {
  goals: ['ACNE_SCAR'],
  goalText: 'softer scars for the wedding of my sister',
  zones: [
    { zone: 'CHEEK_ANT', side: 'R', site: null, depthUm: 1000 },
    { zone: 'CHEEK_ANT', side: 'L', site: null, depthUm: 1000 },
  ],
  sessionsPlanned: 4,
  intervalMonths: 1,
  photos: 'DECLINED',
  photoViews: [],
}

export async function planSeries(
  window: Window,
  patientId: PatientId,
  change: Partial<SeriesPlan> = {},
): Promise<SeriesId> {
  return (await window.must('series.plan', { patientId, ...cheeks, ...change })).seriesId
}

export type Change<Body> = { -readonly [Key in keyof Body]?: Body[Key] }

/** Begins an order and fills in what an exam finds; not signed yet. */
export async function writeOrder(
  physician: Window,
  patientId: PatientId,
  { seriesId = null, change = {} }: { readonly seriesId?: SeriesId | null; readonly change?: Change<OrderDraft> } = {},
): Promise<{ readonly orderId: OrderId; readonly draftVersion: number }> {
  const { orderId } = await physician.must('order.begin', { patientId, seriesId })
  const opened = await physician.must('order.draft', { patientId, orderId })
  const draft: OrderDraft = {
    ...opened.draft,
    isHistoryReviewed: true,
    findings: 'rolling scars on both cheeks',
    fst: 'II',
    diagnosis: 'atrophic acne scars',
    indications: ['ACNE_SCAR'],
    scarGrade: 'GB_2006_3',
    zones: [
      { zone: 'CHEEK_ANT', side: 'R', site: null, maxDepthUm: 1500 },
      { zone: 'CHEEK_ANT', side: 'L', site: null, maxDepthUm: 1500 },
    ],
    ...change,
  }
  const { draftVersion } = await physician.must('order.saveDraft', {
    patientId,
    orderId,
    draftVersion: opened.draftVersion,
    draft: JSON.parse(JSON.stringify(draft)),
  })
  return { orderId, draftVersion }
}

export const byPassword = { method: 'PASSWORD', password } as const

/** A treatment order that a physician signed today. */
export async function orderOnFile(
  physician: Window,
  patientId: PatientId,
  options: { readonly seriesId?: SeriesId | null; readonly change?: Change<OrderDraft> } = {},
): Promise<OrderId> {
  const written = await writeOrder(physician, patientId, options)
  await physician.must('order.sign', { patientId, ...written, supersedes: [], reauth: byPassword })
  return written.orderId
}

/** What a person's calls about a patient or a subject left in the audit: `action roles outcome`. */
export async function auditOf({ app }: Pick<TestClinic, 'app'>, subjectId: string): Promise<readonly string[]> {
  const { driver } = app.services.storeLife.open.store
  const rows = driver
    .prepare('select action, roles, outcome, reason from audit_entry where subject_id = ? order by seq')
    .all(subjectId) as { action: string; roles: string; outcome: string; reason: string | null }[]
  return rows.map(({ action, roles, outcome, reason }) => [action, roles, outcome, reason].filter(Boolean).join(' '))
}
