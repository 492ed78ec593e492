import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ConnectionState, PatientForm, SignIn } from '../../main/app/connection.ts'
import { loadAllFeatures } from '../../main/features/index.ts'
import { refusalTexts } from '../../renderer/refusals/index.ts'
import type { ProcedureDefinition } from '../../shared/contract/define.ts'
import { type PermissionName, permissions } from '../../shared/contract/permissions.ts'
import { type Role, roles } from '../../shared/domain/roles.ts'
import { doorRefusals } from '../../shared/rpc/envelope.ts'
import { auditRows } from '../support/audit-rows.ts'
import { newClinic, openWindow, type TestClinic } from '../support/clinic.ts'
import { type Procedure, procedures, sampleInput } from '../support/sample-input.ts'

describe('the table of rights', () => {
  /**
   * Written down a second time, from the clinical reference (section 8, "Rights") and, where it is silent, the table of
   * roles in the trust design: F front desk, A aesthetician, P physician, M manager.
   */
  const reference: Readonly<Record<PermissionName, string>> = {
    // Everybody has a sign-in of their own.
    self: 'FAPM',
    // "Demographics": desk, aesthetician and physician read and write, the manager reads.
    'demographics.read': 'FAPM',
    'demographics.write': 'FAP',
    // The list that a clinic begins with is brought in by whoever keeps it; the manager sees names, not charts.
    'demographics.import': 'FM',
    // "Merge is physician/admin only" (clinical reference, section 10).
    'patient.merge': 'PM',
    // "Allergies + alerts only" for the desk; of charts the manager sees nothing.
    'alerts.read': 'FAP',
    'schedule.read': 'FAPM',
    'schedule.write': 'FAP',
    'chart.read': 'AP',
    // The desk may hand the form over and may not read the answers.
    'screening.handOver': 'FAP',
    'screening.read': 'AP',
    'screening.write': 'AP',
    // "Consent witness, record withdrawals": also the desk. Void: the physician alone.
    'consent.capture': 'FAP',
    'consent.withdraw': 'FAP',
    'consent.void': 'P',
    // "No clearance, sign-off or void" for the aesthetician.
    'clearance.write': 'P',
    'order.write': 'P',
    'series.write': 'AP',
    // Photos are part of the chart.
    'photo.write': 'AP',
    'photo.release': 'AP',
    'session.write': 'AP',
    // How a zone is usually treated is clinical: a physician writes it; the manager sees what there is.
    'preset.read': 'APM',
    'preset.write': 'P',
    'session.countersign': 'P',
    'addendum.write': 'AP',
    // A patient asks whoever is there to correct the record; the physician answers.
    'amendment.take': 'FAP',
    'amendment.decide': 'P',
    // A symptom call may be taken by anybody at the desk; grading it is clinical.
    'complication.report': 'FAP',
    'complication.write': 'AP',
    'complication.decide': 'P',
    'followUp.read': 'FAPM',
    'followUp.work': 'FAP',
    // "Lots, inventory, products": the desk reads, everybody else writes.
    'stock.read': 'FAPM',
    'stock.write': 'APM',
    // A recall goes through the registers; calling people is the desk's work too.
    'recall.read': 'FAPM',
    'recall.write': 'APM',
    'recall.notify': 'FAPM',
    // Who was treated by whom and where: the physician's and the manager's question.
    'lookBack.read': 'PM',
    // "EHI export, disclosure": the physician for one patient, the manager for all.
    'packet.make': 'PM',
    // "Users, keys, backup": the manager alone.
    'staff.read': 'FAPM',
    'staff.write': 'M',
    // A physician hands over their own days away; nobody does it for them.
    'staff.delegate': 'P',
    // "Policy drafts" by the manager; "policy needs a physician's approval".
    'staffIncident.work': 'PM',
    'policy.read': 'FAPM',
    'policy.draft': 'PM',
    'policy.approve': 'P',
    // Own rows, own patients, all: the row decides how far.
    'audit.read': 'FAPM',
    'audit.verify': 'M',
    'clinic.write': 'M',
    'backup.make': 'M',
    'backup.restore': 'M',
    'keys.write': 'M',
    'counts.read': 'PM',
  }
  const letters: Readonly<Record<Role, string>> = { frontDesk: 'F', aesthetician: 'A', physician: 'P', manager: 'M' }

  it('is what the clinical reference and the trust design say', () => {
    const actual = Object.entries(permissions).map(([name, held]) => [
      name,
      roles
        .filter((role) => (held as readonly Role[]).includes(role))
        .map((role) => letters[role])
        .join(''),
    ])
    expect(Object.fromEntries(actual)).toEqual(reference)
  })

  it('lets no manager and no desk into a chart, and nobody but a physician sign for one', () => {
    for (const clinical of ['chart.read', 'screening.read', 'session.write', 'addendum.write'] as const)
      expect(permissions[clinical]).toEqual(['aesthetician', 'physician'])
    for (const signing of [
      'session.countersign',
      'clearance.write',
      'order.write',
      'consent.void',
      'policy.approve',
    ] as const)
      expect(permissions[signing]).toEqual(['physician'])
  })
})

describe('every procedure', () => {
  it('has one handler, and no handler is without its procedure', async () => {
    const features = [...(await loadAllFeatures())]
    const handlers = Object.fromEntries(features.map(([name, feature]) => [name, feature.handlers]))
    const named = (groups: object) =>
      Object.entries(groups)
        .flatMap(([feature, group]) => Object.keys(group as object).map((name) => `${feature}.${name}`))
        .sort()
    expect(named(handlers)).toEqual(procedures.map(({ name }) => name).sort())
  })

  it('names a row of the table of rights, or is open to anyone before a sign-in and in no other case', () => {
    const wrong = procedures.filter(({ definition: { may, reach } }) =>
      may === 'ANYONE' ? reach !== 'ALWAYS' && reach !== 'SIGN_IN' : !Object.hasOwn(permissions, may),
    )
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('has a sentence for each of its refusals, and so does the door', () => {
    const codes = new Set([...doorRefusals, ...procedures.flatMap(({ definition }) => definition.refusals)])
    expect([...codes].filter((code) => !Object.hasOwn(refusalTexts, code)).sort()).toEqual([])
    const silent = [...codes].filter((code) => (refusalTexts[code]?.({}) ?? '').length < 20)
    expect(silent).toEqual([])
  })

  it('lists no refusal twice, and none that is the door`s own', () => {
    const wrong = procedures.flatMap(({ name, definition: { refusals } }) =>
      refusals
        .filter((code, index) => refusals.indexOf(code) !== index || (doorRefusals as readonly string[]).includes(code))
        .map((code) => [name, code]),
    )
    expect(wrong).toEqual([])
  })

  it('is proven in the test file of its feature', () => {
    const features = [...new Set(procedures.map(({ feature }) => feature))]
    const stems = features.map((feature) => feature.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    expect(stems.filter((stem) => !existsSync(new URL(`./${stem}.test.ts`, import.meta.url)))).toEqual([])
  })

  it('that changes anything is audited, or is an autosave, or is about what is not stored yet', () => {
    const quiet = procedures.filter(
      ({ definition }) => definition.kind === 'command' && definition.audited !== 'ALWAYS',
    )
    // The patient's ticks are saved as they are made; an import is only planned until it is committed.
    const isQuietByNature = /^(?:file\.|\w+\.save|consent\.answer$|patientImport\.(?:replan|discard)$)|[dD]raft$/
    expect(quiet.map(({ name }) => name).filter((name) => !isQuietByNature.test(name))).toEqual([])
    expect(quiet.filter(({ definition }) => definition.audited !== 'SPELL').map(({ name }) => name)).toEqual([])
  })
})

describe('a call', () => {
  it('reaches what the table and the state of the window allow, for every procedure and every role, and nothing else', async () => {
    const clinic = await newClinic()
    const people = await hireOneOfEach(clinic)
    const wrong: unknown[] = []
    for (const procedure of procedures)
      for (const [situation, state] of situations(people)) {
        const code = await answerIn(clinic, procedure, state)
        const expected = expectedFor(procedure.definition, situation)
        const isReached = !doorCodes.includes(code) || (code === 'DENIED' && isNarrowed(procedure, situation))
        if (expected === 'REACHED' ? !isReached : code !== expected)
          wrong.push([procedure.name, situation, expected, code])
      }
    expect(wrong).toEqual([])
  })

  it('of somebody with several grants reaches what any of them reaches', async () => {
    const clinic = await newClinic()
    const people = await hireOneOfEach(clinic)
    const pairs = roles.flatMap((one, index) => roles.slice(index + 1).map((other) => [one, other] as const))
    const wrong: unknown[] = []
    for (const procedure of procedures.filter(({ definition }) => definition.reach === 'STAFF'))
      for (const pair of pairs) {
        const allowed = allowedRoles(procedure.definition)
        const isAllowed = pair.some((role) => allowed.includes(role))
        // What is reached was proven above; here it is enough that the refused stay refused, and the union is one.
        const code =
          isAllowed && pair.every((role) => allowed.includes(role))
            ? 'SKIPPED'
            : await answerIn(clinic, procedure, signedIn({ ...people[pair[0]], roles: pair }))
        const isNarrow = pair.some((role) => isNarrowed(procedure, role))
        if (code !== 'SKIPPED' && !isNarrow && (code === 'DENIED') === isAllowed)
          wrong.push([procedure.name, pair, code])
      }
    expect(wrong).toEqual([])
  })

  it('that is denied is written down with the person and the procedure, and nothing else is written', async () => {
    const clinic = await newClinic()
    const people = await hireOneOfEach(clinic)
    const denials: [string, string][] = []
    const before = (await auditRows(clinic.app)).length
    for (const procedure of procedures)
      for (const role of roles) {
        if (expectedFor(procedure.definition, role) !== 'DENIED') continue
        await answerIn(clinic, procedure, signedIn(people[role]))
        denials.push([procedure.name, people[role].staffId])
      }
    const rows = (await auditRows(clinic.app)).slice(before)
    expect(rows.map(({ action, actor_id }) => [action, actor_id])).toEqual(denials)
    expect(new Set(rows.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(new Set(['REFUSED DENIED']))
  })

  it('before there is any clinic reaches only what makes or opens one', async () => {
    const clinic = await newClinic()
    const people = await hireOneOfEach(clinic)
    await clinic.app.services.storeLife.close()
    const wrong: unknown[] = []
    for (const { name, definition } of procedures.filter((procedure) => procedure.definition.reach !== 'ALWAYS')) {
      const connection = clinic.app.connect()
      connection.state = signedIn(people.physician)
      const request = JSON.stringify({ name, input: sampleInput(definition.input), key: randomUUID() })
      const text = await clinic.app.call(connection, request)
      if (text !== '{"ok":false,"refusal":{"code":"NO_STORE"}}') wrong.push([name, text])
    }
    expect(wrong).toEqual([])
  })
})

type People = Readonly<Record<Role, SignIn>>
type Situation = Role | 'SIGNED_OUT' | 'LOCKED' | 'PATIENT_MODE'

/** Answers of the door; anything else is the feature's own. INTERNAL is among them: no call may end in a fault. */
const doorCodes = [
  'UNKNOWN_PROCEDURE',
  'INVALID_INPUT',
  'TOO_LARGE',
  'NO_STORE',
  'STORE_LOCKED',
  'SIGNED_OUT',
  'LOCKED',
  'PATIENT_MODE',
  'DENIED',
  'BUSY',
  'INTERNAL',
]

const form: PatientForm = {
  patientId: '0b0f6a3e-5d1c-4f43-9a57-3f2f6f0c7a11' as PatientForm['patientId'],
  kind: 'SCREENING',
  formId: '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d',
  handedOverBy: '5f8e2c90-7a44-4c7e-8d0b-1e2f3a4b5c6d' as PatientForm['handedOverBy'],
}

/** The right lets them in, and the feature looks closer: the desk gives copies of consents and of nothing else. */
function isNarrowed({ name }: Procedure, situation: Situation): boolean {
  return name === 'print.copyGiven' && situation === 'frontDesk'
}

function allowedRoles({ may }: ProcedureDefinition): readonly Role[] {
  return may === 'ANYONE' ? roles : permissions[may]
}

/** Said from the contract alone, not from the door. */
function expectedFor(definition: ProcedureDefinition, situation: Situation): string {
  if (definition.reach === 'ALWAYS') return 'REACHED'
  if (situation === 'PATIENT_MODE') return definition.reach === 'PATIENT_FORM' ? 'REACHED' : 'PATIENT_MODE'
  if (definition.reach === 'SIGN_IN') return 'REACHED'
  if (situation === 'SIGNED_OUT' || situation === 'LOCKED') return situation
  return allowedRoles(definition).includes(situation) ? 'REACHED' : 'DENIED'
}

function situations(people: People): readonly (readonly [Situation, ConnectionState])[] {
  const signIn = people.physician
  return [
    ['SIGNED_OUT', { kind: 'SIGNED_OUT' }],
    ['LOCKED', { kind: 'LOCKED', signIn, lockedAt: '2026-08-03T15:42:00.000Z' }],
    ['PATIENT_MODE', { kind: 'PATIENT_MODE', signIn: people.frontDesk, form }],
    ...roles.map((role) => [role, signedIn(people[role])] as const),
  ]
}

function signedIn(signIn: SignIn): ConnectionState {
  return { kind: 'SIGNED_IN', signIn }
}

async function hireOneOfEach(clinic: TestClinic): Promise<People> {
  const people: Partial<Record<Role, SignIn>> = {}
  for (const role of roles) {
    const { window } = await clinic.hire([role])
    if (window.connection.state.kind === 'SIGNED_IN') people[role] = window.connection.state.signIn
  }
  return people as People
}

/** Each call on a window of its own, so that what one does to its window is nothing to the next. */
async function answerIn({ app }: TestClinic, { name, definition }: Procedure, state: ConnectionState): Promise<string> {
  const { connection } = openWindow(app)
  connection.state = state
  const request = JSON.stringify({ name, input: sampleInput(definition.input), key: randomUUID() })
  const reply = JSON.parse(await app.call(connection, request))
  app.services.connections.delete(connection)
  return reply.ok ? 'ok' : reply.refusal.code
}
