import { pathToFileURL } from 'node:url'
import { createApp } from '../../main/app/create-app.ts'
import { isBuilt } from '../../main/build.ts'
import { createMemoryHost, type MemoryHost } from '../../main/hosts/memory-host.ts'
import { buildSample } from '../../main/sample.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { clinicNow, openWindow, password, pin, type TestApp, type Window } from '../support/clinic.ts'
import { finishSetUp } from '../support/recovery-code.ts'
import { root } from '../support/steps.ts'

/** Opens the folder's store as long as the bench knows it; the passphrase guards invented people only. */
const passphrase = 'seven grey herons stand still'

export type BenchApp = { readonly app: TestApp; readonly host: MemoryHost }

/** The application on a folder: the store in it is opened where there is one. */
export async function openBenchApp(folder: string): Promise<BenchApp> {
  const host = createMemoryHost({
    folders: { data: `${folder}/data`, scratch: `${folder}/scratch`, logs: `${folder}/logs` },
    now: clinicNow,
    // What is measured is the program as it is given out; from source a worker spends its first half second on types.
    ...(isBuilt() ? { workers: { base: pathToFileURL(`${root}/out/serve/workers/`), ending: '.js' } } : {}),
  })
  const app = await createApp({ host, buildSample })
  if (app.services.storeLife.state.kind === 'PASSPHRASE_NEEDED')
    await openWindow(app).must('clinic.unlockStore', { passphrase })
  return { app, host }
}

export async function signInAs(app: TestApp, signInName: string): Promise<Window> {
  const window = openWindow(app)
  await window.must('signIn.withPassword', { signInName, password })
  return window
}

export type Team = {
  readonly aes: Window
  readonly aesId: StaffId
  readonly phy: Window
  readonly phyId: StaffId
  readonly desk: Window
  readonly deskId: StaffId
}

/** A clinic with an aesthetician (`person1`), a physician (`person2`) and a front desk (`person3`). */
export async function setUpClinic(app: TestApp): Promise<Team> {
  const manager = openWindow(app)
  await manager.must('clinic.setUp', {
    clinicName: 'Alder Row Skin Clinic',
    state: 'IL',
    timeZone: 'America/Chicago',
    dateOrder: 'MDY',
    urgentPhone: '+1 312 555 0100',
    owner: {
      printedName: 'Greta Ansbach',
      credential: 'Practice manager',
      signInName: 'greta',
      password,
      pin,
      alsoPhysician: false,
      licence: null,
    },
    passphrase,
  })
  await finishSetUp(manager.must)
  const hire = async (signInName: string, role: Role, printedName: string, credential: string) => {
    const treats = role !== 'frontDesk'
    const level = role === 'physician' ? ('PHYSICIAN' as const) : ('AESTHETICIAN' as const)
    const { staffId, oneTimeCode } = await manager.must('staff.invite', {
      signInName,
      roles: [role],
      printedName,
      credential,
      boardCertification: role === 'physician' ? 'Dermatology' : null,
      licence: treats ? { number: `LIC-${signInName}`, state: 'IL', level, expiresOn: '2029-12-31' } : null,
      examinerKind: role === 'physician' ? 'PHYSICIAN' : null,
      supervisor: null,
    })
    const window = openWindow(app)
    await window.must('signIn.withCode', { signInName, code: oneTimeCode, newPassword: password, pin })
    return { window, staffId }
  }
  const aes = await hire('person1', 'aesthetician', 'Lena Brook 1', 'Licensed aesthetician')
  const phy = await hire('person2', 'physician', 'Dr Samuel Okafor 2', 'MD')
  const desk = await hire('person3', 'frontDesk', 'Dana Marsh 3', 'Front desk')
  return {
    aes: aes.window,
    aesId: aes.staffId,
    phy: phy.window,
    phyId: phy.staffId,
    desk: desk.window,
    deskId: desk.staffId,
  }
}
