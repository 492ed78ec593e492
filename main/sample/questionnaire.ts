import { anyProof, type SampleHouse } from './house.ts'

/** A wording version in force, and a draft of the next one that everybody would answer again. */
export async function writeQuestionnaire(house: SampleHouse): Promise<void> {
  const okafor = await house.as('okafor')
  await publishWording(okafor)
  await okafor('questionnaire.startDraft', {})
  const { version, text } = await okafor('questionnaire.openDraft', {})
  await okafor('questionnaire.saveDraft', {
    version,
    text: {
      ...text,
      bump: 'MAJOR',
      questions: text.questions.map((words) =>
        words.questionId === 'SQ-24'
          ? { ...words, wording: 'Is your skin flushed with bumps, pus spots or widened veins at the moment?' }
          : words,
      ),
    },
  })
}

type Okafor = Awaited<ReturnType<SampleHouse['as']>>

async function publishWording(okafor: Okafor) {
  await okafor('questionnaire.startDraft', {})
  const { version, text } = await okafor('questionnaire.openDraft', {})
  const saved = await okafor('questionnaire.saveDraft', {
    version,
    text: {
      ...text,
      questions: text.questions.map((words) =>
        words.questionId === 'SQ-22' ? { ...words, help: 'New patches can appear where the needles were.' } : words,
      ),
    },
  })
  await okafor('questionnaire.publishDraft', { version: saved.version, reauth: anyProof })
}
