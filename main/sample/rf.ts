import type { DeviceId } from '../../shared/kernel/ids.ts'
import { anyProof, type SampleHouse } from './house.ts'
import type { Place } from './treat.ts'

export const rfCheeks: readonly Place[] = [
  { zone: 'CHEEK_ANT', side: 'R', depthUm: 2000 },
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 2000 },
]

/** The clinic's own consent text for radiofrequency, which the program does not bring along; its physician approves it. */
export async function publishRfText(house: SampleHouse): Promise<string> {
  const okafor = await house.as('okafor')
  const { templates } = await okafor('consent.templates', {})
  const model = templates.find(({ procedure }) => procedure === 'MECHANICAL')
  if (!model) throw new Error('sample: there is no consent text')
  const from = { templateId: model.templateId, major: model.major, minor: model.minor }
  const as = { templateId: 'alder-row-rf', procedure: 'RF' as const }
  const { templateId } = await okafor('consentTemplate.startDraft', { from, as })
  const { text, version } = await okafor('consentTemplate.openDraft', { templateId })
  const saved = await okafor('consentTemplate.saveDraft', {
    templateId,
    version,
    text: {
      ...text,
      sections: text.sections.map((section) =>
        section.key === 'RISKS'
          ? { ...section, body: `${section.body} The heat may burn the skin, thin the fat under it or injure a nerve.` }
          : section,
      ),
    },
  })
  await okafor('consentTemplate.publishDraft', { templateId, version: saved.version, reauth: anyProof })
  return templateId
}

/** The radiofrequency device, and the certificate of the physician who uses it. */
export async function addRfDevice(house: SampleHouse): Promise<DeviceId> {
  const lena = await house.as('lena')
  const { deviceId } = await lena('stock.addDevice', {
    facts: {
      manufacturer: 'Halden',
      model: 'RF 36',
      type: 'RF_PEN',
      udiDi: null,
      serial: 'R-20417',
      clearanceNumber: 'K000001',
      maxDepthUm: 3500,
      depthStepUm: 100,
      speed: { unit: 'HZ', from: 50, to: 150 },
      labelledIndications: 'Facial acne scars',
      labelledMinAgeYears: 22,
      labelledFst: [],
      calibrationDueOn: house.day(120),
    },
  })
  await house.owner('staffPractice.addTraining', {
    staffId: house.id('okafor'),
    manufacturer: 'Halden',
    model: 'RF 36',
    certificate: 'HT-OKAFOR-RF',
    completedOn: house.day(-130),
    expiresOn: null,
  })
  return deviceId
}
