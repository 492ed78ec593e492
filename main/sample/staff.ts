import type { SampleHouse } from './house.ts'

/** Everybody who treats is trained on the clinic's device; one certificate ends in a few weeks. */
export async function trainTheTeam(house: SampleHouse): Promise<void> {
  const { deviceModels } = await house.owner('staffPractice.settings', {})
  for (const key of ['okafor', 'brandt', 'lena', 'miguel'] as const)
    for (const model of deviceModels)
      await house.owner('staffPractice.addTraining', {
        staffId: house.id(key),
        ...model,
        certificate: `HT-${key.toUpperCase()}-2`,
        completedOn: house.day(-400),
        expiresOn: key === 'miguel' ? house.day(24) : null,
      })
}

/** A week away that is still to come, and who is asked meanwhile. */
export async function planTimeAway(house: SampleHouse): Promise<void> {
  const okafor = await house.as('okafor')
  await okafor('staffPractice.nameDeputy', {
    deputyId: house.id('brandt'),
    fromOn: house.day(12),
    untilOn: house.day(19),
  })
}
