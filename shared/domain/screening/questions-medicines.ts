import { dateInput, type Question, textInput, whereInput, yesNo } from './question.ts'

const lastUse = dateInput('When did you last use it?')
const lastDose = dateInput('When was the last dose?')
const prescribed = {
  kind: 'SELECT',
  name: 'PRESCRIBED',
  label: 'Did a doctor prescribe it?',
  options: yesNo,
} as const

export const acneMedicineQuestions = [
  {
    id: 'SQ-10',
    kind: 'CHOICE',
    short: 'Isotretinoin (Accutane etc.): now or ever?',
    wording: 'Do you take, or have you ever taken, isotretinoin capsules for acne?',
    help: 'Brand names include Accutane, Roaccutane, Absorica, Claravis, Myorisan and Zenatane.',
    inShortForm: true,
    options: [
      { code: 'NEVER', label: 'No, never', inputs: [] },
      { code: 'NOW', label: 'Yes, I take it now', inputs: [] },
      { code: 'PAST', label: 'Yes, in the past', inputs: [lastDose] },
    ],
  },
  {
    id: 'SQ-11',
    kind: 'MULTI',
    short: 'Retinoid, hydroquinone, benzoyl peroxide or acids on the area?',
    wording: 'Do you use any of these on the area to be treated?',
    help: 'Look for the name on the tube or bottle. Tick everything that applies.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      {
        code: 'RETINOID',
        label: 'Prescription retinoid (tretinoin, adapalene, tazarotene)',
        inputs: [lastUse, whereInput],
      },
      { code: 'HYDROQUINONE', label: 'Hydroquinone (bleaching cream)', inputs: [lastUse, whereInput] },
      { code: 'BENZOYL_PEROXIDE', label: 'Benzoyl peroxide', inputs: [lastUse, whereInput] },
      { code: 'ACIDS', label: 'Acids (glycolic, salicylic, lactic, azelaic)', inputs: [lastUse, whereInput] },
      { code: 'LAST_24H', label: 'I used one of these in the last 24 hours', inputs: [whereInput] },
      { code: 'IRRITATED', label: 'The skin there is red, sore or peeling from it', inputs: [whereInput] },
    ],
  },
] as const satisfies readonly Question[]

export const medicineQuestions = [
  {
    id: 'SQ-12',
    kind: 'MULTI',
    short: 'Blood thinners?',
    wording: 'Do you take a blood thinner?',
    help: 'Never stop a prescribed medicine for this treatment unless its prescriber says so.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'WARFARIN', label: 'Warfarin (Coumadin)', inputs: [] },
      { code: 'DOAC', label: 'Apixaban, rivaroxaban, dabigatran or edoxaban (Eliquis, Xarelto)', inputs: [] },
      { code: 'HEPARIN', label: 'Heparin injections', inputs: [] },
      { code: 'CLOPIDOGREL', label: 'Clopidogrel (Plavix)', inputs: [] },
      { code: 'OTHER', label: 'Another blood thinner', inputs: [textInput('Which?')] },
    ],
  },
  {
    id: 'SQ-13',
    kind: 'MULTI',
    short: 'Aspirin, NSAID, fish oil, vitamin E, ginkgo in the last 7 days?',
    wording: 'In the last 7 days, have you taken any of these?',
    help: 'They make bruises more likely. Never stop a prescribed medicine unless its prescriber says so.',
    inShortForm: true,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      { code: 'ASPIRIN', label: 'Aspirin', inputs: [lastDose, prescribed] },
      { code: 'NSAID', label: 'Ibuprofen, naproxen or a similar painkiller', inputs: [lastDose, prescribed] },
      { code: 'FISH_OIL', label: 'Fish oil or omega-3', inputs: [lastDose, prescribed] },
      { code: 'VITAMIN_E', label: 'Vitamin E', inputs: [lastDose, prescribed] },
      { code: 'GINKGO', label: 'Ginkgo', inputs: [lastDose, prescribed] },
    ],
  },
  {
    id: 'SQ-14',
    kind: 'CHOICE',
    short: 'Photosensitising medicine?',
    wording: 'Do you take a medicine that makes the skin sensitive to light?',
    help: 'For example doxycycline or a thiazide water tablet. The leaflet says "avoid the sun".',
    inShortForm: false,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: [textInput('Which?')] },
    ],
  },
  {
    id: 'SQ-15',
    kind: 'MULTI',
    short: 'Immunosuppressant, biologic, long-term steroid, low HIV count, transplant?',
    wording: 'Is your immune system weakened by one of these?',
    help: 'HIV or hepatitis alone is no reason against treatment and need not be named here.',
    inShortForm: false,
    options: [
      { code: 'NONE', label: 'None of these', inputs: [], exclusive: true },
      {
        code: 'IMMUNOSUPPRESSANT',
        label: 'A medicine that suppresses the immune system',
        inputs: [textInput('Which?')],
      },
      { code: 'BIOLOGIC', label: 'A biologic (injection or infusion)', inputs: [textInput('Which?')] },
      { code: 'LONG_TERM_STEROID', label: 'Steroid tablets for a long time', inputs: [textInput('Which?')] },
      { code: 'HIV_LOW_COUNT', label: 'HIV with a low CD4 count', inputs: [] },
      { code: 'TRANSPLANT', label: 'An organ or bone-marrow transplant', inputs: [] },
    ],
  },
  {
    id: 'SQ-16',
    kind: 'CHOICE',
    short: 'Chemotherapy now or in the last 6 months?',
    wording: 'Do you have, or have you had, chemotherapy?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NEVER', label: 'No, never', inputs: [] },
      { code: 'NOW', label: 'Yes, I have it now', inputs: [] },
      { code: 'PAST', label: 'Yes, in the past', inputs: [lastDose] },
    ],
  },
  {
    id: 'SQ-17',
    kind: 'CHOICE',
    short: 'Radiotherapy to the area?',
    wording: 'Have you had radiotherapy to the area to be treated?',
    help: null,
    inShortForm: false,
    options: [
      { code: 'NO', label: 'No', inputs: [] },
      { code: 'YES', label: 'Yes', inputs: [dateInput('When was the last radiotherapy?'), whereInput] },
    ],
  },
] as const satisfies readonly Question[]
