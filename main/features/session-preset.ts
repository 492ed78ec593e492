import type { Reader } from '../../db/open.ts'
import { selectPolicyInForce } from '../../db/queries/policy.ts'
import {
  insertPreset,
  isPresetNameTaken,
  retirePreset,
  selectPreset,
  selectPresets,
  updatePreset,
} from '../../db/queries/session-preset.ts'
import { selectStaff } from '../../db/queries/staff.ts'
import type { contract } from '../../shared/contract/index.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { checkPreset, type SessionPreset } from '../../shared/domain/session-preset.ts'
import type { SessionPresetId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import type { CommandContext, Handlers } from '../app/context.ts'
import { nameOf } from '../app/session-summary.ts'

export const sessionPresetHandlers = {
  list: async ({ reader, today }) => {
    const members = await selectStaff(reader)
    const presets = await selectPresets(reader)
    return accept({
      limits: await selectPresetLimits(reader, today),
      presets: presets.map(({ presetId, version, state, name, rows, updatedAt, updatedBy }) => ({
        presetId,
        version,
        state,
        name,
        rows: rows.map((row) => ({ ...row, passes: row.passes.map((directions) => [...directions]) })),
        changedAt: updatedAt,
        changedBy: nameOf(members, updatedBy),
      })),
    })
  },

  create: async (context, preset) => {
    const found = await selectFault(context, preset, null)
    if (found) return found
    const presetId = context.newId<SessionPresetId>()
    await insertPreset(context.trx, { presetId, preset, at: context.now, by: context.caller.staffId })
    note(context, 'sessionPreset.create', presetId)
    return accept({ presetId, version: 1 })
  },

  change: async (context, { presetId, version, ...preset }) => {
    const stored = await selectPreset(context.trx, presetId)
    if (!stored) return refuse('NOT_FOUND')
    if (stored.state === 'RETIRED') return refuse('PRESET_RETIRED')
    const found = await selectFault(context, preset, presetId)
    if (found) return found
    const by = context.caller.staffId
    if (!(await updatePreset(context.trx, { presetId, version, preset, at: context.now, by })))
      return refuse('CONFLICT')
    note(context, 'sessionPreset.change', presetId)
    return accept({ presetId, version: version + 1 })
  },

  retire: async (context, { presetId, version }) => {
    const stored = await selectPreset(context.trx, presetId)
    if (!stored) return refuse('NOT_FOUND')
    if (stored.state === 'RETIRED') return refuse('PRESET_RETIRED')
    const by = context.caller.staffId
    if (!(await retirePreset(context.trx, { presetId, version, at: context.now, by }))) return refuse('CONFLICT')
    note(context, 'sessionPreset.retire', presetId)
    return accept({ presetId, version: version + 1 })
  },
} satisfies Handlers<typeof contract.sessionPreset>

/** What keeps this preset from being saved today; null where nothing does. */
async function selectFault({ trx, today }: CommandContext, preset: SessionPreset, except: SessionPresetId | null) {
  const faults = checkPreset(preset, await selectPresetLimits(trx, today))
  if (faults.length > 0)
    return refuse('PRESET_FAULTY', { faults: faults.map(({ code, row }) => `${code} ${row ?? ''}`) })
  return (await isPresetNameTaken(trx, { name: preset.name, except })) ? refuse('PRESET_NAME_TAKEN') : null
}

async function selectPresetLimits(reader: Reader, today: CalendarDate) {
  const policy = (await selectPolicyInForce(reader, today))?.body ?? shippedPolicy(today)
  return { ceilingUm: policy.ceilingDepthUm, isOrbitalEnabled: policy.orbitalEnabled }
}

function note(context: CommandContext, action: string, presetId: SessionPresetId): void {
  context.audit({ action, subject: 'session_preset', subjectId: presetId })
  context.touch('sessionPreset')
}
