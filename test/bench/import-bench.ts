import { randomUUID } from 'node:crypto'
import type { ClinicBench } from './clinic-bench.ts'
import { inventPerson, seededRandom } from './people.ts'

export type Probe = {
  /** The most CPU time that one turn of the main thread took: a busy machine does not count. */
  readonly longestTurnMs: number
  /** The latest that a timer came, whoever had the processor. */
  readonly latestMs: number
}

/** A list as another program exports it. */
export function listOfPeople(count: number, seed: number): string {
  const random = seededRandom(seed)
  const rows = Array.from({ length: count }, () => {
    const { family, given, bornOn, phones, address } = inventPerson(random)
    return [family, given, bornOn, phones[0]?.number, address.locality].join(',')
  })
  return `surname,given name,dob,mobile,city\n${rows.join('\n')}\n`
}

/** Uploads, reads and commits a list through the door, with a probe on the event loop meanwhile. */
export async function importList(
  clinic: ClinicBench,
  text: string,
): Promise<{ readonly totalMs: number; readonly probe: Probe }> {
  const bytes = Buffer.from(text)
  const must = async <Value>(name: string, input: unknown): Promise<Value> =>
    (JSON.parse(await clinic.call(clinic.desk, name, input, randomUUID())) as { value: Value }).value
  const endProbe = probeEventLoop()
  const begun = performance.now()
  const { token } = await must<{ token: string }>('file.begin', {})
  for (let at = 0; at < bytes.length; at += 400_000)
    await must('file.append', { token, base64: bytes.subarray(at, at + 400_000).toString('base64') })
  const prepared = await must<{ previewId: string; jobId: string }>('patientImport.prepare', {
    token,
    fileName: 'list.csv',
  })
  await endOfJob(prepared.jobId)
  const { jobId } = await must<{ jobId: string }>('patientImport.commit', { previewId: prepared.previewId })
  await endOfJob(jobId)
  const totalMs = performance.now() - begun
  return { totalMs, probe: endProbe() }

  async function endOfJob(id: string): Promise<void> {
    for (;;) {
      const state = await must<{ kind: string }>('backup.job', { jobId: id })
      if (state.kind === 'DONE') return
      if (state.kind !== 'RUNNING') throw new Error(`the import ended as ${JSON.stringify(state)}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

const everyMs = 2

export function probeEventLoop(): () => Probe {
  let [cpu, at] = [process.threadCpuUsage(), performance.now()]
  let [longestTurnMs, latestMs] = [0, 0]
  const timer = setInterval(() => {
    const used = process.threadCpuUsage(cpu)
    const now = performance.now()
    longestTurnMs = Math.max(longestTurnMs, (used.user + used.system) / 1000)
    latestMs = Math.max(latestMs, now - at - everyMs)
    cpu = process.threadCpuUsage()
    at = now
  }, everyMs)
  return () => {
    clearInterval(timer)
    return { longestTurnMs, latestMs }
  }
}
