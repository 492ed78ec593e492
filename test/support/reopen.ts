import { onTestFinished } from 'vitest'
import { createApp } from '../../main/app/create-app.ts'
import type { Host } from '../../main/hosts/host.ts'
import { createMemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import { openWindow, type TestHouse, type Window } from './clinic.ts'

const passphrase = 'seven grey herons stand still'

/** Ends the program and starts it again on the same folder, as the next morning does. `host` changes the new machine. */
export async function reopen(
  house: TestHouse,
  { now = house.host.now(), host: changes = {} }: { readonly now?: string; readonly host?: Partial<Host> } = {},
): Promise<TestHouse & { readonly window: Window }> {
  await house.app.close()
  const host = Object.assign(createMemoryHost({ folders: house.host.folders, now }), changes)
  const app = await createApp({ host, buildSample })
  onTestFinished(() => app.close())
  const window = openWindow(app)
  if (app.services.storeLife.state.kind === 'PASSPHRASE_NEEDED') await window.must('clinic.unlockStore', { passphrase })
  return { host, app, folder: house.folder, window }
}
