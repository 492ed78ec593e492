import { fontPathsOf } from '../print/fonts.ts'
import type { Paper } from '../workers/print.ts'
import type { QueryContext } from './context.ts'
import { runWorker } from './workers.ts'

/** Sets a paper as PDF in a worker. The bytes stay in main and are this window's alone, until it is locked or changes hands. */
export async function givePdf(
  context: QueryContext,
  fileName: string,
  paper: Paper,
): Promise<{ readonly token: string; readonly fileName: string }> {
  const { host } = context.services
  const bytes = Buffer.from((await runWorker(host, 'print', { fonts: fontPathsOf(host), ...paper })) as Uint8Array)
  const token = context.giveFile({ mediaType: 'application/pdf', fileName, load: async () => bytes })
  return { token, fileName }
}
