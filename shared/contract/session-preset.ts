import { z } from 'zod'
import { aimedEndpoints, passDirections, techniques } from '../domain/session.ts'
import { type PresetRow, presetStates } from '../domain/session-preset.ts'
import { indications, sides, zoneCodes } from '../domain/zones.ts'
import { command, query } from './define.ts'
import { filledLine, instant, nothing, recordVersion, sessionPresetId, staffId } from './scalars.ts'
import type { SameType } from './schemas/same-type.ts'

const presetRow = z.strictObject({
  zone: z.enum(zoneCodes),
  side: z.enum(sides),
  indication: z.enum(indications).nullable(),
  depthUm: z.int().min(0).max(10_000).nullable(),
  technique: z.enum(techniques).nullable(),
  passes: z.array(z.array(z.enum(passDirections)).max(passDirections.length)).max(10),
  endpoint: z.enum(aimedEndpoints).nullable(),
  speed: z.number().min(0).max(100_000).nullable(),
})
true satisfies SameType<z.infer<typeof presetRow>, PresetRow>

const preset = { name: filledLine(60), rows: z.array(presetRow).max(60) }

const saved = z.object({ presetId: sessionPresetId, version: recordVersion })

/** How the clinic usually treats, under a name: put into a plan or log as rows, never kept with a session. */
export const sessionPreset = {
  /** Those in use first; at most 200. */
  list: query({
    may: 'preset.read',
    input: nothing,
    output: z.object({
      /** The policy's, for a form to judge by. */
      limits: z.object({ ceilingUm: z.int(), isOrbitalEnabled: z.boolean() }),
      presets: z.array(
        z.object({
          ...preset,
          presetId: sessionPresetId,
          version: recordVersion,
          state: z.enum(presetStates),
          changedAt: instant,
          changedBy: z.object({ staffId, printedName: z.string() }),
        }),
      ),
    }),
  }),
  create: command({
    may: 'preset.write',
    input: z.strictObject(preset),
    output: saved,
    refusals: ['PRESET_FAULTY', 'PRESET_NAME_TAKEN'],
  }),
  change: command({
    may: 'preset.write',
    input: z.strictObject({ ...preset, presetId: sessionPresetId, version: recordVersion }),
    output: saved,
    refusals: ['PRESET_FAULTY', 'PRESET_NAME_TAKEN', 'PRESET_RETIRED'],
  }),
  /** Takes it out of use. It stays readable, and its name is free again. */
  retire: command({
    may: 'preset.write',
    input: z.strictObject({ presetId: sessionPresetId, version: recordVersion }),
    output: saved,
    refusals: ['PRESET_RETIRED'],
  }),
}
