import { dateInput, type Question, textInput, whereInput, yesNo } from './question.ts'

const active = {
  kind: 'SELECT',
  name: 'ACTIVE',
  label: 'Is it active on the skin right now?',
  options: yesNo,
} as const
const activeWhere = { kind: 'ZONES', name: 'WHERE', label: 'Where is it active now?' } as const
const graded = [active, activeWhere] as const
const graded4 = [
  { code: 'NONE', label: 'No', inputs: [] },
  { code: 'MILD', label: 'Yes, mild', inputs: graded },
  { code: 'MODERATE', label: 'Yes, moderate', inputs: graded },
  { code: 'SEVERE', label: 'Yes, severe', inputs: graded },
] as const

export const infectionQuestions = [
  {
    id: 'SQ-18',
    kind: 'CHOICE',
    short: 'Cold sore, herpes or shingles now in the area?',
    wording: 'Do you have a cold sore, herpes or shingles in the area now, or has one just healed?',
    help: 'Needling over it can spread it. We wait until 14 days after the skin has healed.',
    inShortForm: true,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes, now', inputs: [whereInput] },
      {
        code: 'HEALED',
        label: 'It has healed in the last weeks',
        inputs: [dateInput('When was it fully healed?'), whereInput],
      },
    ],
  },
  {
    id: 'SQ-19',
    kind: 'CHOICE',
    short: 'Ever had cold sores? How often? Antiviral started?',
    wording: 'Have you ever had cold sores?',
    help: 'The physician decides whether you need a medicine before the treatment.',
    inShortForm: true,
    options: [
      { code: 'NEVER', label: 'No, never', inputs: [] },
      {
        code: 'YES',
        label: 'Yes',
        inputs: [
          {
            kind: 'SELECT',
            name: 'FREQUENCY',
            label: 'How often?',
            options: [
              { code: 'ONCE', label: 'Once, or only long ago' },
              { code: 'UNDER_ONE_A_YEAR', label: 'Less than once a year' },
              { code: 'ONE_OR_TWO_A_YEAR', label: 'Once or twice a year' },
              { code: 'THREE_OR_MORE_A_YEAR', label: 'Three times a year or more' },
            ],
          },
          {
            kind: 'SELECT',
            name: 'ANTIVIRAL_STARTED',
            label: 'If a cold sore medicine was prescribed for this treatment: have you started it?',
            options: [...yesNo, { code: 'NOT_PRESCRIBED', label: 'None was prescribed' }],
          },
        ],
      },
    ],
  },
  {
    id: 'SQ-20',
    kind: 'CHOICE',
    short: 'Active acne in the area?',
    wording: 'Do you have active acne in the area: pus-filled, deep or inflamed spots?',
    help: 'Blackheads and old marks do not count.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'No', inputs: [] },
      { code: 'FEW', label: 'A few spots', inputs: [whereInput] },
      { code: 'MODERATE', label: 'Many spots', inputs: [whereInput] },
      { code: 'SEVERE', label: 'Very many, or deep painful lumps', inputs: [whereInput] },
    ],
  },
  {
    id: 'SQ-21',
    kind: 'CHOICE',
    short: 'Skin infection, open wound, rash or irritation in the area?',
    wording: 'In the area to be treated, is there an infection, an open wound, a rash or irritated skin?',
    help: null,
    inShortForm: true,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: [whereInput, textInput('What is it?')] },
    ],
  },
] as const satisfies readonly Question[]

export const skinQuestions = [
  {
    id: 'SQ-22',
    kind: 'CHOICE',
    short: 'Psoriasis?',
    wording: 'Do you have psoriasis?',
    help: 'New patches can appear where the skin is needled.',
    inShortForm: false,
    options: graded4,
  },
  {
    id: 'SQ-23',
    kind: 'CHOICE',
    short: 'Eczema, atopic or contact dermatitis?',
    wording: 'Do you have eczema, or atopic or contact dermatitis?',
    help: null,
    inShortForm: false,
    options: graded4,
  },
  {
    id: 'SQ-24',
    kind: 'MULTI',
    short: 'Rosacea with bumps or pustules; severe telangiectasia?',
    wording: 'Do you have rosacea with bumps or pustules now, or many widened red veins?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'ROSACEA', label: 'Rosacea with bumps or pustules now', inputs: [whereInput] },
      { code: 'TELANGIECTASIA', label: 'Many widened red veins (telangiectasia)', inputs: [whereInput] },
    ],
  },
  {
    id: 'SQ-25',
    kind: 'MULTI',
    short: 'Sunburn, strong tan, sunbed, self-tanner?',
    wording: 'Does the area have a sunburn, a strong tan, or self-tanner on it, or have you used a sunbed?',
    help: 'Treatment of tanned skin leaves dark marks more often.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'SUNBURN', label: 'Sunburn now', inputs: [whereInput] },
      { code: 'TAN', label: 'A strong tan', inputs: [dateInput('When were you last in strong sun?'), whereInput] },
      { code: 'SUNBED', label: 'Sunbed', inputs: [dateInput('When did you last use it?'), whereInput] },
      { code: 'SELF_TANNER', label: 'Self-tanner', inputs: [dateInput('When did you last use it?'), whereInput] },
    ],
  },
  {
    id: 'SQ-26',
    kind: 'MULTI',
    short: 'Keloid or raised scar ever?',
    wording: 'Have you, or has a close relative, ever had a keloid or a raised scar?',
    help: 'A keloid is a scar that grows beyond the original wound.',
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'No', inputs: [], exclusive: true },
      { code: 'IN_ZONES', label: 'Yes, on a part of the body shown on the map', inputs: [whereInput] },
      { code: 'ELSEWHERE', label: 'Yes, somewhere else (for example the ear)', inputs: [textInput('Where?')] },
      { code: 'FAMILY', label: 'A parent, brother, sister or child', inputs: [] },
    ],
  },
] as const satisfies readonly Question[]
