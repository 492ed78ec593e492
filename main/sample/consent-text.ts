import { anyProof, type SampleHouse } from './house.ts'

/** A wording version that is in force, and a draft of the next one that everybody would sign again. */
export async function writeConsentTexts(house: SampleHouse): Promise<void> {
  const okafor = await house.as('okafor')
  const { templates } = await okafor('consent.templates', {})
  const newest = templates.find(({ procedure }) => procedure === 'MECHANICAL')
  if (!newest) throw new Error('sample: there is no consent text')
  const { templateId } = newest
  const from = { templateId, major: newest.major, minor: newest.minor }
  await okafor('consentTemplate.startDraft', { from, as: null })
  const opened = await okafor('consentTemplate.openDraft', { templateId })
  const wording = await okafor('consentTemplate.saveDraft', {
    templateId,
    version: opened.version,
    text: {
      ...opened.text,
      sections: opened.text.sections.map((section) =>
        section.key === 'RIGHTS' ? { ...section, body: `${section.body} I may bring somebody with me.` } : section,
      ),
    },
  })
  await okafor('consentTemplate.publishDraft', { templateId, version: wording.version, reauth: anyProof })
  await okafor('consentTemplate.startDraft', { from: { ...from, minor: from.minor + 1 }, as: null })
  const next = await okafor('consentTemplate.openDraft', { templateId })
  await okafor('consentTemplate.saveDraft', {
    templateId,
    version: next.version,
    text: {
      ...next.text,
      bump: 'MAJOR',
      sections: next.text.sections.map((section) =>
        section.key === 'RISKS'
          ? { ...section, body: section.body.replace('fainting', 'fainting, lasting itching') }
          : section,
      ),
    },
  })
}
