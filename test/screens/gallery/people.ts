import type { BannerCell } from '../../../renderer/parts/PatientBanner.tsx'
import { untreated, type ZoneMark } from '../../../renderer/parts/zone-names.ts'
import { type Side, type ZoneCode, zoneCodes } from '../../../shared/domain/zones.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'

/** Invented people of an invented clinic. */
export const giulia = {
  patientId: 'patient-17702' as PatientId,
  name: { familyName: 'Marchetti', givenName: 'Giulia', preferredName: 'Jules' },
  bornOn: '1988-09-09',
  chartNumber: 'C-17702',
  cells: [
    { label: 'Skin type', value: 'III', detail: '12-May-2026' },
    { label: 'Allergies', value: 'No known allergies' },
    { label: 'Red flags', value: 'None open' },
    { label: 'Consent', value: 'Signed 12-May-2026, agrees today', state: 'checked' },
    { label: 'Course', value: 'Session 3 of 4' },
    { label: 'Order', value: 'Dr Okafor, to 12-May-2027' },
  ] satisfies readonly BannerCell[],
}

export const aisha = {
  patientId: 'patient-20418' as PatientId,
  name: { familyName: 'Bello', givenName: 'Aisha' },
  bornOn: '1996-11-17',
  chartNumber: 'C-20418',
  cells: [
    { label: 'Skin type', value: 'V', detail: '30-Mar-2026' },
    { label: 'Allergies', value: 'Latex', detail: 'hives', state: 'allergy' },
    { label: 'Red flags', value: 'None open' },
    { label: 'Open complication', value: 'PIH grade 1, chin', state: 'openComplication' },
    { label: 'Consent', value: 'Re-take before session 3', state: 'retake' },
  ] satisfies readonly BannerCell[],
}

export const rosalind = {
  patientId: 'patient-11908' as PatientId,
  name: { familyName: 'Haldane', givenName: 'Rosalind' },
  bornOn: '1985-05-30',
  chartNumber: 'C-11908',
  cells: [
    { label: 'Skin type', value: 'IV' },
    { label: 'Allergies', value: 'Adhesive', detail: 'rash' },
    { label: 'Red flags', value: 'None open' },
    { label: 'Consent', value: 'Signed 18-Jun-2026' },
  ] satisfies readonly BannerCell[],
}

type Depth = readonly [zone: ZoneCode, side: Side, depthUm: number | null, wasUm: number | null]

const sessionDepths: readonly Depth[] = [
  ['FOREHEAD', 'M', 750, 500],
  ['GLABELLA', 'M', 500, null],
  ['TEMPLE', 'R', 500, null],
  ['TEMPLE', 'L', 750, 500],
  ['PERIORB_LAT', 'R', 250, null],
  ['PERIORB_LAT', 'L', 250, null],
  ['INFRAORB', 'R', 250, null],
  ['INFRAORB', 'L', 250, null],
  ['NOSE_BRIDGE', 'M', 250, null],
  ['NOSE_LOWER', 'M', 500, null],
  ['CHEEK_ANT', 'R', 1000, 750],
  ['CHEEK_ANT', 'L', 1000, 750],
  ['CHEEK_LAT', 'R', 750, null],
  ['CHEEK_LAT', 'L', 750, null],
  ['LIP_UPPER', 'M', 500, null],
]

export const sessionMarks: readonly ZoneMark[] = sessionDepths.map(([zone, side, depthUm, wasUm]) => ({
  zone,
  side,
  depthUm,
  wasUm,
  isOver: zone === 'TEMPLE' && side === 'L',
  deviation: zone === 'TEMPLE' && side === 'L' ? 'dev. 1' : null,
}))

export const lastSessionMarks: readonly ZoneMark[] = (
  [
    ['CHIN', 'M', 1000, null],
    ['CHEEK_ANT', 'R', 750, null],
    ['CHEEK_ANT', 'L', 750, null],
    ['JAWLINE', 'R', 500, null],
    ['JAWLINE', 'L', 500, null],
  ] satisfies readonly Depth[]
).map(plain)

export const reviewMarks: readonly ZoneMark[] = (
  [
    ['FOREHEAD', 'M', 500, null],
    ['CHEEK_ANT', 'R', 1000, null],
    ['CHEEK_ANT', 'L', 1500, null],
    ['CHEEK_LAT', 'R', 1000, null],
    ['CHEEK_LAT', 'L', 1000, null],
    ['CHIN', 'M', 1000, null],
  ] satisfies readonly Depth[]
).map(plain)

/** Every zone at a depth of its own: the whole ramp, and every figure. */
export const everyZone: readonly ZoneMark[] = untreated(zoneCodes).map((mark, index) => ({
  ...mark,
  depthUm: 250 + (index % 8) * 250,
  wasUm: 250,
  deviation: index % 7 === 3 ? `dev. ${index}` : null,
}))

function plain([zone, side, depthUm, wasUm]: Depth): ZoneMark {
  return { zone, side, depthUm, wasUm, isOver: false, deviation: null }
}
