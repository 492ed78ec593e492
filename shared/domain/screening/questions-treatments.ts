import { dateInput, type Question, reactionInput, textInput, whereInput } from './question.ts'

const datedWhere = [dateInput('When was the last one?'), whereInput] as const

export const recentTreatmentQuestions = [
  {
    id: 'SQ-31',
    kind: 'CHOICE',
    short: 'Filler in the area?',
    wording: 'Have you had filler injections in the area?',
    help: null,
    inShortForm: true,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: datedWhere },
    ],
  },
  {
    id: 'SQ-32',
    kind: 'CHOICE',
    short: 'Botulinum toxin in the area?',
    wording: 'Have you had botulinum toxin (Botox and similar) in the area?',
    help: null,
    inShortForm: true,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: datedWhere },
    ],
  },
  {
    id: 'SQ-33',
    kind: 'MULTI',
    short: 'Laser, light or RF in the area?',
    wording: 'Have you had a laser, light or radiofrequency treatment in the area?',
    help: 'Ablative treatments and dermabrasion remove the surface: the skin is raw for days afterwards.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'NON_ABLATIVE', label: 'Laser, light or radiofrequency, skin stayed closed', inputs: datedWhere },
      { code: 'ABLATIVE', label: 'Ablative laser or dermabrasion, skin was raw', inputs: datedWhere },
      { code: 'NOT_SURE', label: 'Yes, but I do not know which kind', inputs: datedWhere },
    ],
  },
  {
    id: 'SQ-34',
    kind: 'MULTI',
    short: 'Chemical peel, waxing, depilatory?',
    wording: 'Have you had a chemical peel, waxing or hair removal cream in the area?',
    help: 'After a light peel the skin flakes for a few days; after a medium or deep peel it comes off in sheets.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'SUPERFICIAL_PEEL', label: 'Light (superficial) peel', inputs: datedWhere },
      { code: 'DEEP_PEEL', label: 'Medium or deep peel', inputs: datedWhere },
      { code: 'PEEL_NOT_SURE', label: 'A peel, but I do not know how deep', inputs: datedWhere },
      { code: 'WAXING', label: 'Waxing', inputs: datedWhere },
      { code: 'DEPILATORY', label: 'Hair removal cream', inputs: datedWhere },
    ],
  },
  {
    id: 'SQ-35',
    kind: 'CHOICE',
    short: 'Surgery in the area? Scar younger than 6 months?',
    wording: 'Have you had surgery in the area, or is there a scar younger than 6 months?',
    help: null,
    inShortForm: true,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: [dateInput('When was the surgery or injury?'), whereInput] },
    ],
  },
  {
    id: 'SQ-41',
    kind: 'CHOICE',
    short: 'Home roller or pen, other needling elsewhere?',
    wording: 'Do you use a needle roller or pen at home, or have you had needling somewhere else?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      {
        code: 'YES',
        label: 'Yes',
        inputs: [
          dateInput('When was the last time?'),
          { kind: 'DEPTH', name: 'DEPTH', label: 'Needle length in mm, if you know it' },
        ],
      },
    ],
  },
] as const satisfies readonly Question[]

export const allergyQuestions = [
  {
    id: 'SQ-36',
    kind: 'MULTI',
    short: 'Allergy to a numbing agent?',
    wording: 'Are you allergic to a numbing medicine?',
    help: 'Think of creams, sprays and injections, for example at the dentist.',
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'LIDOCAINE', label: 'Lidocaine', inputs: [reactionInput] },
      { code: 'TETRACAINE', label: 'Tetracaine', inputs: [reactionInput] },
      { code: 'PRILOCAINE', label: 'Prilocaine', inputs: [reactionInput] },
      {
        code: 'OTHER',
        label: 'Another numbing agent, or I do not know which',
        inputs: [textInput('Which?'), reactionInput],
      },
    ],
  },
  {
    id: 'SQ-37',
    kind: 'MULTI',
    short: 'Allergy to metals, latex, adhesive, skincare ingredient?',
    wording: 'Are you allergic to metals, latex, plasters or something in skincare?',
    help: 'The needles are stainless steel, which contains nickel.',
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      {
        code: 'METAL',
        label: 'Metal (nickel, stainless steel)',
        inputs: [textInput('Which?'), reactionInput],
      },
      { code: 'LATEX', label: 'Latex', inputs: [reactionInput] },
      { code: 'ADHESIVE', label: 'Plasters or adhesive', inputs: [reactionInput] },
      { code: 'SKINCARE', label: 'An ingredient of skincare', inputs: [textInput('Which?'), reactionInput] },
    ],
  },
  {
    id: 'SQ-38',
    kind: 'MULTI',
    short: 'Past reaction to needling, laser, peel; PIH or melasma?',
    wording: 'Has your skin reacted badly to a treatment before, or does it form dark patches?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'NEEDLING', label: 'Bad reaction to needling', inputs: [reactionInput] },
      { code: 'LASER', label: 'Bad reaction to laser or light', inputs: [reactionInput] },
      { code: 'PEEL', label: 'Bad reaction to a peel', inputs: [reactionInput] },
      { code: 'PIH', label: 'Dark marks after spots or injuries (PIH)', inputs: [] },
      { code: 'MELASMA', label: 'Melasma (brown patches on the face)', inputs: [] },
    ],
  },
] as const satisfies readonly Question[]

export const implantQuestions = [
  {
    id: 'SQ-39',
    kind: 'MULTI',
    short: 'Pacemaker, ICD, metal implant in the area?',
    wording: 'Do you have a pacemaker, an implanted defibrillator (ICD), or metal in the area?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'PACEMAKER', label: 'Pacemaker', inputs: [] },
      { code: 'ICD', label: 'Implanted defibrillator (ICD)', inputs: [] },
      { code: 'METAL_IMPLANT', label: 'Metal in the area (plate, screw, dental implant)', inputs: [whereInput] },
    ],
  },
  {
    id: 'SQ-42',
    kind: 'CHOICE',
    short: 'Tattoo or permanent make-up in the area?',
    wording: 'Is there a tattoo or permanent make-up in the area?',
    help: 'We work around it.',
    inShortForm: false,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: [whereInput] },
    ],
  },
  {
    id: 'SQ-43',
    kind: 'TEXT',
    short: 'What do you hope for? Event within 7 days?',
    wording: 'What do you hope for from the treatment?',
    help: 'The change is slow and differs from person to person.',
    inShortForm: false,
    textLabel: 'In your own words',
    optionsLabel: 'Do you have an important event in the next 7 days?',
    options: [
      { code: 'NO_EVENT', label: 'No', inputs: [] },
      {
        code: 'EVENT',
        label: 'Yes',
        inputs: [{ kind: 'DATE', name: 'ON', label: 'On which day?', when: 'FUTURE' }],
      },
    ],
  },
  {
    id: 'SQ-44',
    kind: 'MULTI',
    short: 'Interpreter, language, decision capacity concern?',
    wording: 'Do you need an interpreter, or help with understanding and deciding?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'No', inputs: [], exclusive: true },
      { code: 'INTERPRETER', label: 'I need an interpreter', inputs: [textInput('For which language?')] },
      {
        code: 'CAPACITY',
        label: 'I find it hard to understand or decide alone, or someone else decides for me',
        inputs: [],
      },
    ],
  },
] as const satisfies readonly Question[]
