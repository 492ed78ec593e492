import { dateInput, type Question, textInput, whereInput, yesNo } from './question.ts'

export const generalHealthQuestions = [
  {
    id: 'SQ-01',
    kind: 'CHOICE',
    short: 'Pregnant, possibly pregnant or breastfeeding?',
    wording: 'Are you pregnant, could you be pregnant, or are you breastfeeding?',
    help: 'Treatment usually waits until after pregnancy and breastfeeding.',
    inShortForm: true,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'PREGNANT', label: 'Yes, I am pregnant', inputs: [] },
      { code: 'POSSIBLE', label: 'I could be pregnant', inputs: [] },
      { code: 'NURSING', label: 'Yes, I am breastfeeding', inputs: [] },
      { code: 'NOT_APPLICABLE', label: 'Does not apply to me', inputs: [] },
    ],
  },
  {
    id: 'SQ-02',
    kind: 'COMPUTED',
    short: 'Age (from date of birth)',
    wording: 'Your age, worked out from your date of birth',
    help: null,
    inShortForm: false,
  },
  {
    id: 'SQ-03',
    kind: 'MULTI',
    short: 'Heart, lung, kidney or liver disease?',
    wording: 'Do you have a disease of the heart, lungs, kidneys or liver?',
    help: 'Tick everything that applies, also when it is well treated.',
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'HEART', label: 'Heart disease', inputs: [textInput('Which?')] },
      { code: 'LUNG', label: 'Lung disease', inputs: [textInput('Which?')] },
      { code: 'KIDNEY', label: 'Kidney disease', inputs: [textInput('Which?')] },
      { code: 'LIVER', label: 'Liver disease', inputs: [textInput('Which?')] },
      {
        code: 'UNSTABLE_HEART',
        label:
          'Chest pain at rest or more often than before (unstable angina), or an irregular heartbeat not under control',
        inputs: [textInput('Please describe it.')],
      },
      {
        code: 'UNSTABLE',
        label: 'One of these diseases is unstable: it got worse or the treatment changed recently',
        inputs: [textInput('Please describe it.')],
      },
    ],
  },
  {
    id: 'SQ-40',
    kind: 'MULTI',
    short: 'Fever or unwell today; fainting with needles?',
    wording: 'Do you have a fever or feel unwell today, or have you fainted because of needles?',
    help: null,
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'UNWELL', label: 'I have a fever or feel unwell today', inputs: [textInput('How do you feel?')] },
      { code: 'FAINTING', label: 'I have fainted, or nearly fainted, with needles', inputs: [] },
    ],
  },
] as const satisfies readonly Question[]

export const conditionQuestions = [
  {
    id: 'SQ-27',
    kind: 'CHOICE',
    short: 'Bleeding or clotting disorder, low platelets?',
    wording: 'Do you have a bleeding or clotting disorder, or a low number of platelets?',
    help: 'For example haemophilia, von Willebrand disease or thrombocytopenia.',
    inShortForm: false,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: [textInput('Which?')] },
    ],
  },
  {
    id: 'SQ-28',
    kind: 'MULTI',
    short: 'Autoimmune or connective tissue disease?',
    wording: 'Do you have an autoimmune or connective tissue disease?',
    help: 'Some of these can appear in skin that has been needled.',
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'LUPUS', label: 'Lupus', inputs: [] },
      { code: 'SCLERODERMA', label: 'Scleroderma', inputs: [] },
      { code: 'VITILIGO', label: 'Vitiligo (patches that lose their colour)', inputs: [] },
      { code: 'LICHEN_PLANUS', label: 'Lichen planus', inputs: [] },
      { code: 'OTHER', label: 'Another one', inputs: [textInput('Which?')] },
    ],
  },
  {
    id: 'SQ-29',
    kind: 'CHOICE',
    short: 'Diabetes; last HbA1c; slow healing?',
    wording: 'Do you have diabetes?',
    help: 'HbA1c is the long-term blood sugar value. If you do not know it, leave it empty.',
    inShortForm: false,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      {
        code: 'YES',
        label: 'Yes',
        inputs: [
          { kind: 'PERCENT', name: 'HBA1C', label: 'Last HbA1c in %' },
          dateInput('When was it measured?'),
          { kind: 'SELECT', name: 'SLOW_HEALING', label: 'Do your wounds heal slowly?', options: yesNo },
        ],
      },
    ],
  },
  {
    id: 'SQ-30',
    kind: 'MULTI',
    short: 'Skin cancer, changing mole, actinic keratosis?',
    wording:
      'In the area to be treated: skin cancer, a mole that looks suspicious or changes, or sun-damaged rough spots?',
    help: 'If you are not sure about a mole or a spot, tick it. The physician will look at it.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'SKIN_CANCER', label: 'Skin cancer now', inputs: [whereInput] },
      { code: 'SUSPICIOUS_MOLE', label: 'A suspicious or changing mole', inputs: [whereInput] },
      {
        code: 'ACTINIC_KERATOSIS',
        label: 'Rough, scaly spots from the sun (actinic keratosis)',
        inputs: [whereInput],
      },
      { code: 'PAST_CANCER', label: 'Skin cancer in the past at that place', inputs: [whereInput] },
    ],
  },
] as const satisfies readonly Question[]
