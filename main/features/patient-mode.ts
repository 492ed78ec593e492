import type { Reader } from '../../db/open.ts'
import { selectScreeningDraft } from '../../db/queries/screening.ts'
import { selectStaffMember } from '../../db/queries/staff.ts'
import { change, one } from '../../db/records.ts'
import type { InputOf } from '../../shared/contract/define.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import type { StaffId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { SignIn } from '../app/connection.ts'
import { type CommandContext, type Handlers, type PrepareContext, prepared } from '../app/context.ts'
import { secretMatches } from '../app/secrets.ts'
import { checkPin, isParked, lockConnection, selectSecret } from '../app/sign-in.ts'

type PatientModeContract = typeof contract.patientMode

export const patientModeHandlers = {
  begin: async (context, input) => {
    const { trx, services, connection, caller } = context
    const { patientId, kind, formId } = input
    const form = await formState(trx, input)
    if (form === 'ABSENT') return refuse('NOT_FOUND')
    if (form === 'CLOSED') return refuse('PATIENT_FORM_NOT_OPEN')
    const pin = await pinState(context, caller.staffId)
    if (pin !== 'USABLE') return refuse(pin)
    context.audit({ action: 'patientMode.begin', subject: kind.toLowerCase(), subjectId: formId, patientId })
    const { staffId: handedOverBy } = caller
    context.afterCommit(() => {
      connection.state = {
        kind: 'PATIENT_MODE',
        signIn: caller,
        form: { patientId, kind, formId, handedOverBy },
      }
      // Files this window was given as staff are not the patient's.
      connection.blobs.clear()
      services.publishState(connection)
    })
    return accept({})
  },

  end: prepared<PatientModeContract['end'], SignIn>({
    async prepare(context, { pin }) {
      const { connection, services } = context
      if (connection.state.kind !== 'PATIENT_MODE') return refuse('NOT_IN_PATIENT_MODE')
      const { signIn } = connection.state
      // Nobody has a secret of their own in the sample clinic.
      if (services.storeLife.open.facts.isSample) return accept(signIn)
      const missesBefore = (await selectSecret(context.reader, signIn.staffId))?.pin_misses ?? 0
      const own = await checkPin(context, signIn.staffId, pin)
      if (own.ok) return accept(signIn)
      const other = own.refusal.code === 'SIGN_IN_WRONG' ? await findOtherByPin(context, signIn.staffId, pin) : null
      if (other) {
        await context.commit((command) => restoreMisses(command, signIn.staffId, missesBefore))
        return accept(other)
      }
      // Without a PIN that could work, only the sign-in screen leads on, and it asks for a password.
      const isOver = own.refusal.code === 'PIN_OFF' || own.refusal.code === 'PIN_NOT_SET'
      if (isOver) await lockConnection(services, connection, 'PERSON')
      return refuse(isOver ? 'PIN_OFF' : 'SIGN_IN_WRONG', own.refusal.facts ?? {})
    },
    async run(context, _input, signIn) {
      const { connection, services } = context
      const { state } = connection
      if (state.kind !== 'PATIENT_MODE') return refuse('NOT_IN_PATIENT_MODE')
      const { patientId, formId } = state.form
      context.audit({
        action: 'patientMode.end',
        subject: 'staff',
        subjectId: signIn.staffId,
        patientId,
        reason: formId,
      })
      const isOtherPerson = signIn.staffId !== state.signIn.staffId
      context.afterCommit(() => {
        connection.state = { kind: 'SIGNED_IN', signIn }
        connection.passwordNeededToSign = connection.passwordNeededToSign || isOtherPerson
        connection.blobs.clear()
        services.publishState(connection)
      })
      return accept({})
    },
  }),
} satisfies Handlers<PatientModeContract>

/** OPEN while the patient may fill it in or sign it; ABSENT also where it belongs to another patient. */
async function formState(
  reader: Reader,
  input: InputOf<PatientModeContract['begin']>,
): Promise<'OPEN' | 'CLOSED' | 'ABSENT'> {
  const { patientId, formId } = input
  if (input.kind === 'SCREENING' && (await selectScreeningDraft(reader, patientId, input.formId))) return 'OPEN'
  const table = input.kind === 'SCREENING' ? 'screening' : 'consent'
  const row = await one<{ state?: string }>(reader, `select * from ${table} where id = ? and patient_id = ?`, [
    formId,
    patientId,
  ])
  if (!row) return 'ABSENT'
  return row.state === 'PRESENTED' ? 'OPEN' : 'CLOSED'
}

/** Whoever hands over must be able to take back. */
async function pinState(
  { trx, services }: CommandContext,
  staffId: StaffId,
): Promise<'USABLE' | 'PIN_OFF' | 'PIN_NOT_SET'> {
  if (services.storeLife.open.facts.isSample) return 'USABLE'
  const row = await one<{ pin_off: number; has_pin: number }>(
    trx,
    'select pin_off, case when pin_hash is null then 0 else 1 end as has_pin from staff_secret where staff_id = ?',
    [staffId],
  )
  if (row?.has_pin !== 1) return 'PIN_NOT_SET'
  return row.pin_off === 1 ? 'PIN_OFF' : 'USABLE'
}

/**
 * Somebody else who is signed in on this PC and may hand over. The miss was already counted against the person who
 * handed over, so trying more people gives nobody more tries.
 */
async function findOtherByPin(context: PrepareContext, except: StaffId, pin: string): Promise<SignIn | null> {
  const { services, reader } = context
  const allowed = rolesWith('screening.handOver')
  for (const [staffId, { signIn }] of services.parked) {
    if (staffId === except || !isParked(services, staffId)) continue
    const member = await selectStaffMember(reader, staffId)
    if (member?.status !== 'ACTIVE' || !member.roles.some((role) => allowed.includes(role))) continue
    const secret = await selectSecret(reader, staffId)
    if (secret?.pin_hash && secret.pin_off === 0 && (await secretMatches(services.host, pin, secret.pin_hash)))
      return { ...signIn, roles: member.roles }
  }
  return null
}

async function restoreMisses(command: CommandContext, staffId: StaffId, misses: number): Promise<void> {
  await change(command.trx, 'update staff_secret set pin_misses = ?, pin_off = 0 where staff_id = ?', [misses, staffId])
}
