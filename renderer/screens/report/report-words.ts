import type { Rate } from '../../../shared/domain/report.ts'
import { depthBandOf } from '../../../shared/domain/report.ts'
import type { SafetyGrouping } from '../../../shared/domain/report-safety.ts'
import type { DeviationDisposition } from '../../../shared/domain/sign-off.ts'
import { type FitzpatrickType, fitzpatrickTypes } from '../../../shared/domain/zones.ts'
import type { Output } from '../../client/client.ts'
import { formatMm } from '../../parts/format.ts'
import { skinTypeWords } from '../../parts/treatment-words.ts'

export const dispositionWords: Readonly<Record<DeviationDisposition, string>> = {
  ACCEPTED: 'Accepted',
  COUNSELLED: 'Counselled',
  INCIDENT: 'Incident',
  REPORTED: 'Reported',
}

export const groupingWords: Readonly<Record<SafetyGrouping, string>> = {
  DEPTH_BAND: 'Deepest zone',
  SKIN_TYPE: 'Skin type',
  DEVICE: 'Device',
  LOT: 'Cartridge lot',
  PRACTITIONER: 'Treated by',
}

const unknownWords: Readonly<Record<SafetyGrouping, string>> = {
  DEPTH_BAND: 'Depth not recorded yet',
  SKIN_TYPE: 'Skin type not recorded',
  DEVICE: 'Device not recorded yet',
  LOT: 'Lot not legible or not recorded',
  PRACTITIONER: 'Nobody named',
}

/** The group as people call it. */
export function groupText({ grouping, key, name }: Output<'report.safety'>['groups'][number]): string {
  if (key === '') return unknownWords[grouping]
  if (grouping === 'DEPTH_BAND') return bandText(Number(key))
  const type = fitzpatrickTypes.find((one): one is FitzpatrickType => one === key)
  if (grouping === 'SKIN_TYPE' && type) return skinTypeWords[type]
  return name ?? key
}

function bandText(aboveUm: number): string {
  const { upToUm } = depthBandOf(aboveUm + 1)
  if (upToUm === null) return `over ${formatMm(aboveUm)} mm`
  return aboveUm === 0 ? `up to ${formatMm(upToUm)} mm` : `over ${formatMm(aboveUm)} to ${formatMm(upToUm)} mm`
}

/** "42 %", or a dash where there is nothing to take a share of. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`
}

/** One decimal place, which is what the numbers of a clinic bear. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

export function intervalText({ low, high }: Rate): string {
  return `${(low * 100).toFixed(1)} to ${percent(high)}`
}

/** "45 min", "5.5 h", "3.2 days". */
export function formatDuration(minutes: number | null): string {
  if (minutes === null) return '–'
  if (minutes < 90) return `${Math.round(minutes)} min`
  const hours = minutes / 60
  return hours < 72 ? `${hours.toFixed(1)} h` : `${(hours / 24).toFixed(1)} days`
}
