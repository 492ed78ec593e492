import { selectPolicyInForce } from '../../db/queries/policy.ts'
import { type StaffMember, selectStaff, selectStaffMember } from '../../db/queries/staff.ts'
import {
  endDelegation,
  endSupervision,
  insertDelegation,
  insertSupervision,
  insertTraining,
  selectCredentials,
  selectDelegations,
  selectSupervisions,
  selectTrainings,
  withdrawTraining,
} from '../../db/queries/staff-practice.ts'
import { selectDevices } from '../../db/queries/stock.ts'
import type { StaffCredentialTable } from '../../db/tables/staff-practice.ts'
import type { contract } from '../../shared/contract/index.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { deviceModelKey, judgeDelegation, judgeSupervision } from '../../shared/domain/staff-practice.ts'
import type { DelegationId, SupervisionId, TrainingId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addDays } from '../../shared/kernel/time.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { physicianFacts } from '../app/signer.ts'
import { toWire } from '../app/to-wire.ts'

type StaffPracticeContract = typeof contract.staffPractice

export const staffPracticeHandlers = {
  open: async ({ reader, today }, { staffId }) => {
    if (!(await selectStaffMember(reader, staffId))) return refuse('NOT_FOUND')
    const members = await selectStaff(reader)
    const links = await selectSupervisions(reader)
    const delegations = await selectDelegations(reader, today)
    return accept(
      toWire({
        credentials: (await selectCredentials(reader, staffId)).map((row) => credentialToWire(row, members)),
        trainings: await selectTrainings(reader, staffId),
        supervisors: links.filter((link) => link.staffId === staffId),
        supervisees: links.filter((link) => link.physicianId === staffId),
        delegations: delegations.filter((one) => one.physicianId === staffId || one.deputyId === staffId),
      }),
    )
  },

  settings: async ({ reader, today }) => {
    const { maxSuperviseesPerPhysician, settings } = await policyOn({ reader, today })
    const devices = (await selectDevices(reader)).map(({ body: { manufacturer, model } }) => ({ manufacturer, model }))
    const deviceModels = [...new Map(devices.map((device) => [deviceModelKey(device), device])).values()]
    const { licenceWarnDays, deviceTrainingRule } = settings
    return accept({ deviceModels, maxSupervisees: maxSuperviseesPerPhysician, licenceWarnDays, deviceTrainingRule })
  },

  nameSupervisor: async (context, input) => {
    const { trx, now, caller, today } = context
    const member = await selectStaffMember(trx, input.staffId)
    const physician = await selectStaffMember(trx, input.physicianId)
    if (!member || !physician) return refuse('NOT_FOUND')
    const links = await selectSupervisions(trx)
    const allowed = judgeSupervision(input, {
      roles: member.roles,
      physician: physicianFacts(physician),
      own: links.filter((link) => link.staffId === input.staffId),
      ofPhysician: links.filter((link) => link.physicianId === input.physicianId),
      maxSupervisees: (await policyOn({ reader: trx, today })).maxSuperviseesPerPhysician,
    })
    if (!allowed.ok) return allowed
    const supervisionId = context.newId<SupervisionId>()
    await insertSupervision(trx, { supervisionId, ...input }, { at: now, by: caller.staffId })
    context.audit({ action: 'staffPractice.nameSupervisor', subject: 'staff', subjectId: input.staffId })
    context.touch('staff', 'session')
    return accept({ supervisionId })
  },

  endSupervision: async (context, { staffId, supervisionId, untilOn }) => {
    const { trx, now, caller } = context
    const link = (await selectSupervisions(trx)).find((known) => known.supervisionId === supervisionId)
    if (link?.staffId !== staffId) return refuse('NOT_FOUND')
    if (link.untilOn !== null && link.untilOn <= untilOn)
      return refuse('SUPERVISION_ENDED_BEFORE', { untilOn: link.untilOn })
    const end = { supervisionId, untilOn: untilOn < link.fromOn ? null : untilOn }
    await endSupervision(trx, end, { at: now, by: caller.staffId })
    context.audit({ action: 'staffPractice.endSupervision', subject: 'staff', subjectId: staffId })
    context.touch('staff', 'session')
    return accept({})
  },

  addTraining: async (context, { staffId, ...training }) => {
    const { trx, now, caller, today } = context
    if (!(await selectStaffMember(trx, staffId))) return refuse('NOT_FOUND')
    if (training.completedOn > today) return refuse('TRAINING_IN_THE_FUTURE')
    if (training.expiresOn !== null && training.expiresOn < training.completedOn)
      return refuse('PERIOD_ENDS_BEFORE_IT_BEGINS')
    const trainingId = context.newId<TrainingId>()
    await insertTraining(trx, staffId, { trainingId, ...training }, { at: now, by: caller.staffId })
    context.audit({ action: 'staffPractice.addTraining', subject: 'staff', subjectId: staffId })
    context.touch('staff', 'session')
    return accept({ trainingId })
  },

  withdrawTraining: async (context, input) => {
    const { trx, now, caller } = context
    if (!(await withdrawTraining(trx, input, { at: now, by: caller.staffId }))) return refuse('NOT_FOUND')
    context.audit({ action: 'staffPractice.withdrawTraining', subject: 'staff', subjectId: input.staffId })
    context.touch('staff', 'session')
    return accept({})
  },

  nameDeputy: async (context, input) => {
    const { trx, now, caller, today } = context
    const deputy = await selectStaffMember(trx, input.deputyId)
    if (!deputy) return refuse('NOT_FOUND')
    const delegation = { physicianId: caller.staffId, ...input }
    const others = await selectDelegations(trx, today)
    const allowed = judgeDelegation(delegation, { today, deputy: physicianFacts(deputy), others })
    if (!allowed.ok) return allowed
    const delegationId = context.newId<DelegationId>()
    await insertDelegation(trx, { delegationId, ...delegation }, { at: now, by: caller.staffId })
    context.audit({ action: 'staffPractice.nameDeputy', subject: 'staff', subjectId: input.deputyId })
    context.touch('staff', 'signOff', 'today', 'complication')
    return accept({ delegationId })
  },

  endDelegation: async (context, { delegationId }) => {
    const { trx, now, caller, today } = context
    const known = (await selectDelegations(trx, today)).find((one) => one.delegationId === delegationId)
    if (known?.physicianId !== caller.staffId) return refuse('NOT_FOUND')
    const lastDay = addDays(today, -1)
    const end = { delegationId, untilOn: lastDay < known.fromOn ? null : lastDay }
    await endDelegation(trx, end, { at: now, by: caller.staffId })
    context.audit({ action: 'staffPractice.endDelegation', subject: 'staff', subjectId: known.deputyId })
    context.touch('staff', 'signOff', 'today', 'complication')
    return accept({})
  },
} satisfies Handlers<StaffPracticeContract>

async function policyOn({ reader, today }: Pick<QueryContext, 'reader' | 'today'>) {
  return (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
}

function credentialToWire(row: StaffCredentialTable, members: readonly StaffMember[]) {
  const { licence_number: number, licence_state: state, licence_expires_on: expiresOn } = row
  return {
    printedName: row.printed_name,
    credential: row.credential,
    boardCertification: row.board_certification,
    licence: number && state && expiresOn ? { number, state, level: row.licence_level, expiresOn } : null,
    since: row.made_at,
    enteredBy: members.find(({ staffId }) => staffId === row.made_by)?.printedName ?? null,
  }
}
