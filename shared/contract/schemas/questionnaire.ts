import { z } from 'zod'
import { askedQuestionIds } from '../../domain/screening/questionnaire.ts'
import type { QuestionnaireWords } from '../../domain/screening/questionnaire-text.ts'
import { line, prose } from '../scalars.ts'
import type { SameType } from './same-type.ts'

/** As it is typed: half a word is kept. What a text lacks is the domain's `lintQuestionnaire`. */
export const questionnaireWords = z.strictObject({
  sections: z.array(z.strictObject({ section: z.string().regex(/^[A-Z_]{1,40}$/u), title: line() })).max(40),
  questions: z
    .array(
      z.strictObject({
        questionId: z.enum(askedQuestionIds),
        wording: prose(2000),
        help: prose(2000),
        labels: z.array(z.strictObject({ key: z.string().regex(/^[?A-Z0-9_.]{1,120}$/u), text: prose(1000) })).max(80),
      }),
    )
    .max(80),
}) satisfies z.ZodType<QuestionnaireWords>
true satisfies SameType<z.infer<typeof questionnaireWords>, QuestionnaireWords>
