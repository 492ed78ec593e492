import type { Output } from '../../client/client.ts'
import { formatDate, formatName, formatPlural } from '../../parts/format.ts'
import type { BannerCell } from '../../parts/PatientBanner.tsx'

export type PatientBannerFacts = Output<'patient.banner'>
type Alerts = NonNullable<PatientBannerFacts['alerts']>

/** The cells of the banner that this person may read; what nobody asked is written out. */
export function bannerCells(facts: PatientBannerFacts): readonly BannerCell[] {
  const { alerts, clinical, lookAlikes, isIntact } = facts
  const cells: BannerCell[] = []
  if (!isIntact) cells.push({ label: 'Record', value: 'Changed outside the program', state: 'blocked' })
  if (facts.bornOn === null && facts.bornText !== null)
    cells.push({ label: 'Birth date as imported', value: facts.bornText, detail: 'no such day', state: 'missing' })
  if (clinical) cells.push(skinTypeCell(clinical.fst))
  if (alerts) cells.push(allergyCell(alerts.allergies), redFlagCell(alerts), ...complicationCells(alerts))
  if (alerts) cells.push(consentCell(alerts.consent))
  if (facts.mergedInto)
    cells.push({
      label: 'Merged into',
      value: facts.mergedInto.chartNumber,
      detail: chartName(facts.mergedInto),
      state: 'warning',
    })
  const [other, ...more] = facts.merged
  if (other)
    cells.push({
      label: 'Also chart',
      value: other.chartNumber,
      detail: more.length > 0 ? `and ${formatPlural(more.length, 'other chart')}` : chartName(other),
    })
  const [alike, ...others] = lookAlikes
  if (alike)
    cells.push({
      label: 'Not to be mixed up with',
      value: formatName({ familyName: alike.family, givenName: alike.given, preferredName: alike.preferred }),
      detail:
        others.length > 0 ? `${alike.chartNumber} and ${formatPlural(others.length, 'other')}` : alike.chartNumber,
    })
  return cells
}

function chartName({ family, given, preferred }: PatientBannerFacts['merged'][number]): string {
  return formatName({ familyName: family, givenName: given, preferredName: preferred })
}

function skinTypeCell(fst: NonNullable<PatientBannerFacts['clinical']>['fst']): BannerCell {
  if (fst === null) return { label: 'Skin type', value: 'Not recorded' }
  return { label: 'Skin type', value: fst.type, detail: formatDate(fst.recordedOn) }
}

function allergyCell(allergies: Alerts['allergies']): BannerCell {
  if (allergies.state === 'NOT_ASKED') return { label: 'Allergies', value: 'Not asked', state: 'missing' }
  if (allergies.state === 'NONE_KNOWN')
    return { label: 'Allergies', value: 'No known allergies', detail: formatDate(allergies.askedOn) }
  const [first, ...more] = allergies.entries
  const detail = [first?.reaction ?? '', more.length > 0 ? `and ${more.length} more` : ''].filter(Boolean).join(', ')
  return {
    label: 'Allergies',
    value: first?.substance ?? '',
    ...(detail === '' ? {} : { detail }),
    state: 'allergy',
  }
}

function redFlagCell({ openRedFlags }: Alerts): BannerCell {
  if (openRedFlags === 0) return { label: 'Red flags', value: 'None open' }
  return { label: 'Red flags', value: `${openRedFlags} open`, state: 'redFlag' }
}

function complicationCells({ openComplications }: Alerts): readonly BannerCell[] {
  if (openComplications === 0) return []
  return [{ label: 'Complications', value: `${openComplications} open`, state: 'openComplication' }]
}

function consentCell({ standing, signedOn }: Alerts['consent']): BannerCell {
  const signed = signedOn === null ? {} : { detail: `signed ${formatDate(signedOn)}` }
  switch (standing) {
    case 'SIGNED':
      return { label: 'Consent', value: 'Signed', ...(signedOn === null ? {} : { detail: formatDate(signedOn) }) }
    case 'NONE':
      return { label: 'Consent', value: 'None signed', state: 'missing' }
    case 'LAPSED':
      return { label: 'Consent', value: 'Lapsed', ...signed, state: 'retake' }
    case 'WITHDRAWN':
      return { label: 'Consent', value: 'Withdrawn', state: 'blocked' }
    case 'OWN_NEEDED':
      return { label: 'Consent', value: 'Own consent needed, now of age', state: 'blocked' }
    case 'GUARDIAN_NEEDED':
      return { label: 'Consent', value: 'Guardian has to sign', state: 'missing' }
  }
}
