/** States as licences name them. */
const states = [
  ['AL', 'Alabama'],
  ['AK', 'Alaska'],
  ['AZ', 'Arizona'],
  ['AR', 'Arkansas'],
  ['CA', 'California'],
  ['CO', 'Colorado'],
  ['CT', 'Connecticut'],
  ['DE', 'Delaware'],
  ['DC', 'District of Columbia'],
  ['FL', 'Florida'],
  ['GA', 'Georgia'],
  ['HI', 'Hawaii'],
  ['ID', 'Idaho'],
  ['IL', 'Illinois'],
  ['IN', 'Indiana'],
  ['IA', 'Iowa'],
  ['KS', 'Kansas'],
  ['KY', 'Kentucky'],
  ['LA', 'Louisiana'],
  ['ME', 'Maine'],
  ['MD', 'Maryland'],
  ['MA', 'Massachusetts'],
  ['MI', 'Michigan'],
  ['MN', 'Minnesota'],
  ['MS', 'Mississippi'],
  ['MO', 'Missouri'],
  ['MT', 'Montana'],
  ['NE', 'Nebraska'],
  ['NV', 'Nevada'],
  ['NH', 'New Hampshire'],
  ['NJ', 'New Jersey'],
  ['NM', 'New Mexico'],
  ['NY', 'New York'],
  ['NC', 'North Carolina'],
  ['ND', 'North Dakota'],
  ['OH', 'Ohio'],
  ['OK', 'Oklahoma'],
  ['OR', 'Oregon'],
  ['PA', 'Pennsylvania'],
  ['PR', 'Puerto Rico'],
  ['RI', 'Rhode Island'],
  ['SC', 'South Carolina'],
  ['SD', 'South Dakota'],
  ['TN', 'Tennessee'],
  ['TX', 'Texas'],
  ['UT', 'Utah'],
  ['VT', 'Vermont'],
  ['VA', 'Virginia'],
  ['WA', 'Washington'],
  ['WV', 'West Virginia'],
  ['WI', 'Wisconsin'],
  ['WY', 'Wyoming'],
] as const

/** For a Select; typing the two letters finds it as well. */
export const stateOptions = states.map(([value, name]) => ({ value, label: `${name} (${value})` }))

const common = [
  ['America/New_York', 'Eastern, New York'],
  ['America/Chicago', 'Central, Chicago'],
  ['America/Denver', 'Mountain, Denver'],
  ['America/Phoenix', 'Mountain without summer time, Phoenix'],
  ['America/Los_Angeles', 'Pacific, Los Angeles'],
  ['America/Anchorage', 'Alaska, Anchorage'],
  ['Pacific/Honolulu', 'Hawaii, Honolulu'],
] as const

/** The common zones first, then every zone that the machine knows. `own` is in the list whatever it is. */
export function timeZoneOptions(own: string) {
  const known = new Set<string>(common.map(([value]) => value))
  const others = [...new Set([own, ...Intl.supportedValuesOf('timeZone')])].filter((zone) => !known.has(zone)).sort()
  return [
    { group: 'Common', items: common.map(([value, name]) => ({ value: value as string, label: name as string })) },
    { group: 'All', items: others.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })) },
  ]
}

/** `Central, Chicago`, or the zone's own name. */
export function timeZoneText(zone: string): string {
  return common.find(([value]) => value === zone)?.[1] ?? zone.replaceAll('_', ' ')
}

/** Where a clinic in the United States writes the month first; the person may choose otherwise. */
export const dateOrderTexts = {
  MDY: 'Month first: 3/4/84 is 04-Mar',
  DMY: 'Day first: 3/4/84 is 03-Apr',
} as const
