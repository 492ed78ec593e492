import type { contract } from '../../shared/contract/index.ts'
import type { Handlers } from '../app/context.ts'
import { assess } from './complication/assess.ts'
import { close, reopen } from './complication/close.ts'
import { acknowledge, advance, decideReport, disclose, liftBlock } from './complication/decisions.ts'
import { clusters, list, open, openOnes } from './complication/read.ts'
import { report } from './complication/report.ts'
import { reportSheet } from './complication/report-sheet.ts'

export const complicationHandlers = {
  list,
  openOnes,
  clusters,
  open,
  reportSheet,
  report,
  assess,
  acknowledge,
  advance,
  liftBlock,
  decideReport,
  disclose,
  close,
  reopen,
} satisfies Handlers<typeof contract.complication>
