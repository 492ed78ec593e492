import type { Output } from '../../client/client.ts'

export type OpenedDraft = Output<'order.draft'>
