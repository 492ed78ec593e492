import type { SampleHouse } from './house.ts'

/** Two presets that a physician made: what most sessions of the clinic begin from. */
export async function writePresets(house: SampleHouse): Promise<void> {
  const okafor = await house.as('okafor')
  const scars = { indication: 'ACNE_SCAR', technique: 'GLIDE', endpoint: 'PINPOINT', speed: 100 } as const
  await okafor('sessionPreset.create', {
    name: 'Acne scars, cheeks and chin',
    rows: [
      {
        zone: 'CHEEK_ANT',
        side: 'R',
        depthUm: 1000,
        ...scars,
        passes: [
          ['V', 'H'],
          ['OR', 'OL'],
        ],
      },
      {
        zone: 'CHEEK_ANT',
        side: 'L',
        depthUm: 1000,
        ...scars,
        passes: [
          ['V', 'H'],
          ['OR', 'OL'],
        ],
      },
      { zone: 'CHIN', side: 'M', depthUm: 750, ...scars, passes: [['V', 'H']] },
    ],
  })
  const tone = { indication: 'TONE', depthUm: 250, technique: 'STAMP', endpoint: 'ERYTHEMA', speed: null } as const
  await okafor('sessionPreset.create', {
    name: 'Tone, around the eyes',
    rows: [
      { zone: 'PERIORB_LAT', side: 'R', ...tone, passes: [['V']] },
      { zone: 'PERIORB_LAT', side: 'L', ...tone, passes: [['V']] },
    ],
  })
}
