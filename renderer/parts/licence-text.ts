import type { Licence, LicenceLevel } from '../../shared/domain/staff.ts'
import { formatDate } from './format.ts'

export const licenceLevelTexts: Readonly<Record<LicenceLevel, string>> = {
  AESTHETICIAN: 'Aesthetician',
  MASTER_AESTHETICIAN: 'Master aesthetician',
  PHYSICIAN: 'Physician',
}

/** `AE-20714 IL, aesthetician, until Dec 31, 2029`: a licence as a signed record keeps it. */
export function licenceWords(licence: Licence | null): string {
  if (licence === null) return 'no licence on file'
  const { number, state, level, expiresOn } = licence
  return `licence ${number} ${state}, ${licenceLevelTexts[level].toLowerCase()}, until ${formatDate(expiresOn)}`
}
