import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputOf } from '../../shared/contract/define.ts'
import type { Api } from '../../shared/contract/index.ts'
import type { TestHouse, Window } from './clinic.ts'

export type JobEnd = Exclude<OutputOf<Api['backup']['job']>, { kind: 'RUNNING' }>

/** How the long work ended. */
export async function endOfJob(window: Window, jobId: string): Promise<JobEnd> {
  for (;;) {
    const state = await window.must('backup.job', { jobId })
    if (state.kind !== 'RUNNING') return state
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** A disk beside the records, with a blank in its name. */
export function backupDisk(house: TestHouse, name = 'stick with spaces'): string {
  const folder = join(house.folder, name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A finished copy on demand; gives its folder. */
export async function makeCopy(window: Window, target: string): Promise<string> {
  const { jobId, folder } = await window.must('backup.makeCopy', { folder: target })
  const end = await endOfJob(window, jobId)
  if (end.kind !== 'DONE') throw new Error(`the copy ended as ${JSON.stringify(end)}`)
  return folder
}
