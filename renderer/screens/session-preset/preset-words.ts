import type { AimedEndpoint, Technique } from '../../../shared/domain/session.ts'
import type { PresetFaultCode } from '../../../shared/domain/session-preset.ts'
import type { Output } from '../../client/client.ts'

export type ListedPreset = Output<'sessionPreset.list'>['presets'][number]

export const techniqueNames: Readonly<Record<Technique, string>> = { GLIDE: 'Glide', STAMP: 'Stamp', MIXED: 'Mixed' }

export const aimedEndpointWords: Readonly<Record<AimedEndpoint, string>> = {
  ERYTHEMA: 'Erythema',
  PINPOINT: 'Pinpoint',
}

/** What keeps the preset from being saved, beside the field it is about. */
export const presetFaultWords: Readonly<Record<PresetFaultCode, string>> = {
  NAME_MISSING: 'Give the preset a name.',
  NO_ZONES: 'Add at least one zone.',
  ZONE_TWICE: 'This zone stands here twice.',
  SIDE_NOT_OF_ZONE: 'This zone has no such side.',
  SINGLE_SCAR: 'A single scar is one patient’s own and cannot be part of a preset.',
  ORBITAL_NOT_ENABLED: 'The eyelids are not enabled in this clinic.',
  DEPTH_BELOW_MINIMUM: 'Less than 0.10 mm is no depth setting.',
  DEPTH_OVER_CEILING: 'Deeper than the clinic’s ceiling.',
  PASSES_OVER_THREE: 'Three passes at most.',
  DIRECTIONS_MISSING: 'Each pass needs a direction.',
  SPEED_IMPOSSIBLE: 'The speed is more than 0, or left empty.',
}
