import type { Host } from './hosts/host.ts'

/** Fills `folder` with the sample clinic. */
export async function buildSample(_folder: string, _host: Host): Promise<void> {
  throw new Error('the sample clinic is not built yet')
}
