import { describe, expect, test } from 'vitest'
import type { ScreeningAnswers } from '../../shared/domain/screening/answer.ts'
import type { ScreeningContext } from '../../shared/domain/screening/context.ts'
import { decideScreening } from '../../shared/domain/screening/decide-screening.ts'
import { wholeFace } from '../../shared/domain/screening/facial-zones.ts'
import { type QuestionId, questionIds } from '../../shared/domain/screening/question.ts'
import { screeningRuleCodes } from '../../shared/domain/screening/rules.ts'
import { choice, hbA1c, hopes, multi, on, ordinaryDay, place, select, text, told, where } from './screening-answers.ts'

type Case = {
  readonly question: QuestionId
  readonly says: string
  readonly answers: ScreeningAnswers
  readonly given?: Partial<ScreeningContext>
  readonly findings: readonly string[]
}

const planned = '@CHEEK_ANT.L CHEEK_ANT.R'
const chin = where('CHIN.M')
const face = `@${wholeFace.map(({ zone, side }) => `${zone}.${side}`).join(' ')}`

const cases: readonly Case[] = [
  { question: 'SQ-01', says: 'pregnant', answers: choice('SQ-01', 'PREGNANT'), findings: ['STOP/PHYSICIAN PREGNANT'] },
  {
    question: 'SQ-01',
    says: 'possibly pregnant',
    answers: choice('SQ-01', 'POSSIBLE'),
    findings: ['STOP/PHYSICIAN POSSIBLY_PREGNANT'],
  },
  {
    question: 'SQ-01',
    says: 'breastfeeding',
    answers: choice('SQ-01', 'NURSING'),
    findings: ['STOP/PHYSICIAN NURSING'],
  },
  { question: 'SQ-01', says: 'not pregnant', answers: choice('SQ-01', 'NO'), findings: [] },
  { question: 'SQ-01', says: 'does not apply', answers: choice('SQ-01', 'NOT_APPLICABLE'), findings: [] },

  {
    question: 'SQ-02',
    says: 'the day before 18',
    answers: {},
    given: { bornOn: '2008-06-03' },
    findings: ['CLEAR UNDER_AGE until 2026-06-03', 'CAUTION OUTSIDE_AUTHORISED_AGE until 2030-06-03'],
  },
  {
    question: 'SQ-02',
    says: '18 today',
    answers: {},
    given: { bornOn: '2008-06-02' },
    findings: ['CAUTION OUTSIDE_AUTHORISED_AGE until 2030-06-02'],
  },
  {
    question: 'SQ-02',
    says: 'a minor born on 29 February comes of age on 1 March',
    answers: {},
    given: { bornOn: '2012-02-29' },
    findings: ['CLEAR UNDER_AGE until 2030-03-01', 'CAUTION OUTSIDE_AUTHORISED_AGE until 2034-03-01'],
  },
  {
    question: 'SQ-02',
    says: 'the day before 22',
    answers: {},
    given: { bornOn: '2004-06-03' },
    findings: ['CAUTION OUTSIDE_AUTHORISED_AGE until 2026-06-03'],
  },
  { question: 'SQ-02', says: '22 today', answers: {}, given: { bornOn: '2004-06-02' }, findings: [] },
  { question: 'SQ-02', says: 'no birth date', answers: {}, given: { bornOn: null }, findings: ['CLEAR AGE_UNKNOWN'] },

  {
    question: 'SQ-03',
    says: 'stable diseases',
    answers: multi('SQ-03', ['HEART'], ['LUNG'], ['KIDNEY'], ['LIVER']),
    findings: ['CAUTION HEART_DISEASE', 'CAUTION LUNG_DISEASE', 'CAUTION KIDNEY_DISEASE', 'CAUTION LIVER_DISEASE'],
  },
  {
    question: 'SQ-03',
    says: 'unstable lung disease',
    answers: multi('SQ-03', ['LUNG'], ['UNSTABLE']),
    findings: ['CLEAR DISEASE_UNSTABLE', 'CAUTION LUNG_DISEASE'],
  },
  {
    question: 'SQ-03',
    says: 'unstable angina or arrhythmia',
    answers: multi('SQ-03', ['UNSTABLE_HEART']),
    findings: ['CLEAR HEART_UNSTABLE'],
  },
  { question: 'SQ-03', says: 'none', answers: multi('SQ-03', ['NONE']), findings: [] },

  {
    question: 'SQ-10',
    says: 'isotretinoin now',
    answers: choice('SQ-10', 'NOW'),
    findings: ['STOP/PHYSICIAN ISOTRETINOIN_NOW'],
  },
  {
    question: 'SQ-10',
    says: 'last dose one day short of 6 months',
    answers: choice('SQ-10', 'PAST', on('2025-12-03')),
    findings: ['CLEAR ISOTRETINOIN_WAIT until 2026-06-03'],
  },
  {
    question: 'SQ-10',
    says: 'last dose 6 months ago today',
    answers: choice('SQ-10', 'PAST', on('2025-12-02')),
    findings: ['INFO ISOTRETINOIN_PAST'],
  },
  {
    question: 'SQ-10',
    says: 'the wait ends on the last day of a shorter month',
    answers: choice('SQ-10', 'PAST', on('2025-08-31')),
    given: { today: '2026-02-27' },
    findings: ['CLEAR ISOTRETINOIN_WAIT until 2026-02-28'],
  },
  {
    question: 'SQ-10',
    says: 'date unknown',
    answers: choice('SQ-10', 'PAST', on(null)),
    findings: ['CLEAR ISOTRETINOIN_DATE_UNKNOWN'],
  },
  {
    question: 'SQ-10',
    says: 'date blank',
    answers: choice('SQ-10', 'PAST'),
    findings: ['CLEAR ISOTRETINOIN_DATE_UNKNOWN'],
  },
  { question: 'SQ-10', says: 'never', answers: choice('SQ-10', 'NEVER'), findings: [] },

  {
    question: 'SQ-11',
    says: 'retinoid used today',
    answers: multi('SQ-11', ['RETINOID', on('2026-06-02'), chin]),
    findings: ['STOP/PHYSICIAN TOPICAL_LAST_24H @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-11',
    says: 'used yesterday, less than 24 hours ago',
    answers: multi('SQ-11', ['ACIDS', on('2026-06-01'), chin], ['LAST_24H', chin]),
    findings: [
      'STOP/PHYSICIAN TOPICAL_LAST_24H @CHIN.M until 2026-06-03',
      'CAUTION TOPICAL_WAIT @CHIN.M until 2026-06-06',
    ],
  },
  {
    question: 'SQ-11',
    says: 'irritated skin, zone not named',
    answers: multi('SQ-11', ['IRRITATED']),
    findings: [`STOP/PHYSICIAN TOPICAL_SKIN_IRRITATED ${planned}`],
  },
  {
    question: 'SQ-11',
    says: 'used 4 days ago',
    answers: multi('SQ-11', ['HYDROQUINONE', on('2026-05-29'), chin]),
    findings: ['CAUTION TOPICAL_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-11',
    says: 'used 5 days ago',
    answers: multi('SQ-11', ['BENZOYL_PEROXIDE', on('2026-05-28'), chin]),
    findings: [],
  },
  {
    question: 'SQ-11',
    says: 'two products keep all their zones and the later day',
    answers: multi('SQ-11', ['RETINOID', on('2026-05-30'), chin], ['ACIDS', on('2026-05-31'), where('FOREHEAD.M')]),
    findings: ['CAUTION TOPICAL_WAIT @CHIN.M FOREHEAD.M until 2026-06-05'],
  },
  {
    question: 'SQ-11',
    says: 'date unknown',
    answers: multi('SQ-11', ['ACIDS', chin]),
    findings: ['CLEAR TOPICAL_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-11', says: 'none', answers: multi('SQ-11', ['NONE']), findings: [] },

  {
    question: 'SQ-12',
    says: 'every blood thinner',
    answers: multi('SQ-12', ['WARFARIN'], ['DOAC'], ['HEPARIN'], ['CLOPIDOGREL'], ['OTHER', text('ticagrelor')]),
    findings: [
      'CLEAR BLOOD_THINNER_WARFARIN',
      'CLEAR BLOOD_THINNER_DOAC',
      'CLEAR BLOOD_THINNER_HEPARIN',
      'CLEAR BLOOD_THINNER_CLOPIDOGREL',
      'CLEAR BLOOD_THINNER_OTHER',
    ],
  },
  { question: 'SQ-12', says: 'none', answers: multi('SQ-12', ['NONE']), findings: [] },

  {
    question: 'SQ-13',
    says: 'aspirin 6 days ago',
    answers: multi('SQ-13', ['ASPIRIN', on('2026-05-27')]),
    findings: ['CAUTION BRUISING_AGENT until 2026-06-03'],
  },
  {
    question: 'SQ-13',
    says: 'fish oil 7 days ago',
    answers: multi('SQ-13', ['FISH_OIL', on('2026-05-26')]),
    findings: [],
  },
  {
    question: 'SQ-13',
    says: 'prescribed aspirin has no wait',
    answers: multi('SQ-13', ['ASPIRIN', on('2026-06-02'), select('PRESCRIBED', 'YES')]),
    findings: ['CAUTION BRUISING_AGENT_PRESCRIBED'],
  },
  {
    question: 'SQ-13',
    says: 'a prescribed one without a date is taken now',
    answers: multi('SQ-13', ['NSAID', select('PRESCRIBED', 'YES')]),
    findings: ['CAUTION BRUISING_AGENT_PRESCRIBED'],
  },
  {
    question: 'SQ-13',
    says: 'date unknown',
    answers: multi('SQ-13', ['VITAMIN_E', on(null)], ['GINKGO', on(null)]),
    findings: ['CLEAR BRUISING_AGENT_DATE_UNKNOWN'],
  },
  { question: 'SQ-13', says: 'none', answers: multi('SQ-13', ['NONE']), findings: [] },

  {
    question: 'SQ-14',
    says: 'doxycycline',
    answers: choice('SQ-14', 'YES', text('doxycycline')),
    findings: ['CAUTION PHOTOSENSITISING_MEDICINE'],
  },
  { question: 'SQ-14', says: 'no', answers: choice('SQ-14', 'NO'), findings: [] },

  {
    question: 'SQ-15',
    says: 'every weakened immune system',
    answers: multi(
      'SQ-15',
      ['IMMUNOSUPPRESSANT'],
      ['BIOLOGIC'],
      ['LONG_TERM_STEROID'],
      ['HIV_LOW_COUNT'],
      ['TRANSPLANT'],
    ),
    findings: [
      'CLEAR IMMUNE_IMMUNOSUPPRESSANT',
      'CLEAR IMMUNE_BIOLOGIC',
      'CLEAR IMMUNE_LONG_TERM_STEROID',
      'CLEAR IMMUNE_HIV_LOW_COUNT',
      'CLEAR IMMUNE_TRANSPLANT',
    ],
  },
  { question: 'SQ-15', says: 'none', answers: multi('SQ-15', ['NONE']), findings: [] },

  {
    question: 'SQ-16',
    says: 'chemotherapy now',
    answers: choice('SQ-16', 'NOW'),
    findings: ['STOP/PHYSICIAN CHEMOTHERAPY_NOW'],
  },
  {
    question: 'SQ-16',
    says: 'ended one day short of 6 months ago',
    answers: choice('SQ-16', 'PAST', on('2025-12-03')),
    findings: ['CLEAR CHEMOTHERAPY_WAIT until 2026-06-03'],
  },
  { question: 'SQ-16', says: 'ended 6 months ago', answers: choice('SQ-16', 'PAST', on('2025-12-02')), findings: [] },
  {
    question: 'SQ-16',
    says: 'date unknown',
    answers: choice('SQ-16', 'PAST'),
    findings: ['CLEAR CHEMOTHERAPY_DATE_UNKNOWN'],
  },
  { question: 'SQ-16', says: 'never', answers: choice('SQ-16', 'NEVER'), findings: [] },

  {
    question: 'SQ-17',
    says: 'radiotherapy one day short of 12 months ago',
    answers: choice('SQ-17', 'YES', on('2025-06-03'), chin),
    findings: ['STOP/PHYSICIAN RADIOTHERAPY_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-17',
    says: '12 months ago today',
    answers: choice('SQ-17', 'YES', on('2025-06-02'), chin),
    findings: ['CLEAR RADIOTHERAPY_EVER @CHIN.M'],
  },
  {
    question: 'SQ-17',
    says: 'date unknown',
    answers: choice('SQ-17', 'YES', chin),
    findings: ['CLEAR RADIOTHERAPY_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-17', says: 'no', answers: choice('SQ-17', 'NO'), findings: [] },

  {
    question: 'SQ-18',
    says: 'cold sore on the lip stops the whole face',
    answers: choice('SQ-18', 'YES', where('LIP_UPPER.M')),
    findings: [`STOP/NONE HERPES_NOW ${face}`],
  },
  {
    question: 'SQ-18',
    says: 'shingles on the flank stop the flank',
    answers: choice('SQ-18', 'YES', where('FLANK.L')),
    findings: ['STOP/NONE HERPES_NOW @FLANK.L'],
  },
  {
    question: 'SQ-18',
    says: 'zone not named, cheeks planned',
    answers: choice('SQ-18', 'YES'),
    findings: [`STOP/NONE HERPES_NOW ${face}`],
  },
  {
    question: 'SQ-18',
    says: 'zone not named, nothing planned: the whole patient',
    answers: choice('SQ-18', 'YES'),
    given: { plannedZones: [] },
    findings: ['STOP/NONE HERPES_NOW'],
  },
  {
    question: 'SQ-18',
    says: 'healed 13 days ago',
    answers: choice('SQ-18', 'HEALED', on('2026-05-20'), where('FLANK.L')),
    findings: ['STOP/NONE HERPES_WAIT @FLANK.L until 2026-06-03'],
  },
  {
    question: 'SQ-18',
    says: 'healed 14 days ago',
    answers: choice('SQ-18', 'HEALED', on('2026-05-19'), where('FLANK.L')),
    findings: [],
  },
  {
    question: 'SQ-18',
    says: 'healed on an unknown day',
    answers: choice('SQ-18', 'HEALED', where('FLANK.L')),
    findings: ['CLEAR HERPES_DATE_UNKNOWN @FLANK.L'],
  },
  { question: 'SQ-18', says: 'no', answers: choice('SQ-18', 'NO'), findings: [] },

  {
    question: 'SQ-19',
    says: 'history, cheeks planned',
    answers: choice('SQ-19', 'YES'),
    findings: [`CLEAR HERPES_HISTORY ${planned}`],
  },
  {
    question: 'SQ-19',
    says: 'history, only the facial zone counts',
    answers: choice('SQ-19', 'YES'),
    given: { plannedZones: [place('LIP_UPPER.M'), place('ABDOMEN.M')] },
    findings: ['CLEAR HERPES_HISTORY @LIP_UPPER.M'],
  },
  {
    question: 'SQ-19',
    says: 'history, abdomen planned',
    answers: choice('SQ-19', 'YES'),
    given: { plannedZones: [place('ABDOMEN.M')] },
    findings: [],
  },
  {
    question: 'SQ-19',
    says: 'history, nothing planned yet',
    answers: choice('SQ-19', 'YES'),
    given: { plannedZones: [] },
    findings: ['CLEAR HERPES_HISTORY'],
  },
  {
    question: 'SQ-19',
    says: 'antiviral ordered, not started',
    answers: choice('SQ-19', 'YES', select('ANTIVIRAL_STARTED', 'NO')),
    given: { prophylaxis: { zones: [place('CHEEK_ANT.L')] } },
    findings: ['STOP/PHYSICIAN ANTIVIRAL_NOT_STARTED @CHEEK_ANT.L', `CLEAR HERPES_HISTORY ${planned}`],
  },
  {
    question: 'SQ-19',
    says: 'antiviral ordered, the day-of check not answered',
    answers: {},
    given: { prophylaxis: { zones: [place('CHEEK_ANT.L')] } },
    findings: ['STOP/PHYSICIAN ANTIVIRAL_NOT_STARTED @CHEEK_ANT.L'],
  },
  {
    question: 'SQ-19',
    says: 'antiviral ordered and started',
    answers: choice('SQ-19', 'YES', select('ANTIVIRAL_STARTED', 'YES')),
    given: { prophylaxis: { zones: [place('CHEEK_ANT.L')] } },
    findings: [`CLEAR HERPES_HISTORY ${planned}`],
  },
  { question: 'SQ-19', says: 'never', answers: choice('SQ-19', 'NEVER'), findings: [] },

  {
    question: 'SQ-20',
    says: 'few lesions',
    answers: choice('SQ-20', 'FEW', chin),
    findings: ['CAUTION ACNE_FEW @CHIN.M'],
  },
  {
    question: 'SQ-20',
    says: 'moderate',
    answers: choice('SQ-20', 'MODERATE', chin),
    findings: ['STOP/PHYSICIAN ACNE_MODERATE @CHIN.M'],
  },
  {
    question: 'SQ-20',
    says: 'severe',
    answers: choice('SQ-20', 'SEVERE', chin),
    findings: ['STOP/PHYSICIAN ACNE_SEVERE @CHIN.M'],
  },
  { question: 'SQ-20', says: 'none', answers: choice('SQ-20', 'NONE'), findings: [] },

  {
    question: 'SQ-21',
    says: 'rash on the chin',
    answers: choice('SQ-21', 'YES', chin),
    findings: ['STOP/NONE SKIN_NOT_INTACT @CHIN.M'],
  },
  { question: 'SQ-21', says: 'no', answers: choice('SQ-21', 'NO'), findings: [] },

  ...(['SQ-22', 'SQ-23'] as const).flatMap((question): readonly Case[] => {
    const name = question === 'SQ-22' ? 'PSORIASIS' : 'ECZEMA'
    return [
      { question, says: 'none', answers: choice(question, 'NONE'), findings: [] },
      {
        question,
        says: 'mild, not active',
        answers: choice(question, 'MILD', select('ACTIVE', 'NO')),
        findings: [`CAUTION ${name}_MILD`],
      },
      { question, says: 'moderate', answers: choice(question, 'MODERATE'), findings: [`CLEAR ${name}_MODERATE`] },
      { question, says: 'severe', answers: choice(question, 'SEVERE'), findings: [`CLEAR ${name}_SEVERE`] },
      {
        question,
        says: 'mild but active on the chin',
        answers: choice(question, 'MILD', select('ACTIVE', 'YES'), chin),
        findings: [`STOP/NONE ${name}_ACTIVE @CHIN.M`, `CAUTION ${name}_MILD`],
      },
      {
        question,
        says: 'active, zone not named',
        answers: choice(question, 'SEVERE', select('ACTIVE', 'YES')),
        findings: [`STOP/NONE ${name}_ACTIVE ${planned}`, `CLEAR ${name}_SEVERE`],
      },
    ]
  }),

  {
    question: 'SQ-24',
    says: 'rosacea with pustules',
    answers: multi('SQ-24', ['ROSACEA', chin]),
    findings: ['CLEAR ROSACEA_ACTIVE @CHIN.M'],
  },
  {
    question: 'SQ-24',
    says: 'severe telangiectasia',
    answers: multi('SQ-24', ['TELANGIECTASIA', chin]),
    findings: ['CLEAR TELANGIECTASIA @CHIN.M'],
  },
  { question: 'SQ-24', says: 'none', answers: multi('SQ-24', ['NONE']), findings: [] },

  {
    question: 'SQ-25',
    says: 'sunburn',
    answers: multi('SQ-25', ['SUNBURN', chin]),
    findings: ['STOP/NONE SUNBURN @CHIN.M'],
  },
  {
    question: 'SQ-25',
    says: 'tan 13 days old on skin type III',
    answers: multi('SQ-25', ['TAN', on('2026-05-20'), chin]),
    findings: ['CAUTION TAN_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-25',
    says: 'sunbed 13 days ago on skin type IV',
    answers: multi('SQ-25', ['SUNBED', on('2026-05-20'), chin]),
    given: { fst: 'IV' },
    findings: ['CLEAR TAN_WAIT_DARKER_SKIN @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-25',
    says: 'self-tanner before the skin type is recorded',
    answers: multi('SQ-25', ['SELF_TANNER', on('2026-06-01'), chin]),
    given: { fst: null },
    findings: ['CLEAR TAN_WAIT_DARKER_SKIN @CHIN.M until 2026-06-15'],
  },
  {
    question: 'SQ-25',
    says: 'tan 14 days old on skin type VI',
    answers: multi('SQ-25', ['TAN', on('2026-05-19'), chin]),
    given: { fst: 'VI' },
    findings: [],
  },
  {
    question: 'SQ-25',
    says: 'date unknown',
    answers: multi('SQ-25', ['TAN', chin]),
    findings: ['CLEAR TAN_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-25', says: 'none', answers: multi('SQ-25', ['NONE']), findings: [] },

  {
    question: 'SQ-26',
    says: 'keloid in a planned zone',
    answers: multi('SQ-26', ['IN_ZONES', where('CHEEK_ANT.L')]),
    findings: ['STOP/PHYSICIAN KELOID_IN_ZONE @CHEEK_ANT.L'],
  },
  {
    question: 'SQ-26',
    says: 'keloid in a zone outside the plan',
    answers: multi('SQ-26', ['IN_ZONES', where('SHOULDER.L')]),
    findings: ['CLEAR KELOID_ELSEWHERE'],
  },
  {
    question: 'SQ-26',
    says: 'keloid in both',
    answers: multi('SQ-26', ['IN_ZONES', where('CHEEK_ANT.L', 'SHOULDER.L')]),
    findings: ['STOP/PHYSICIAN KELOID_IN_ZONE @CHEEK_ANT.L', 'CLEAR KELOID_ELSEWHERE'],
  },
  {
    question: 'SQ-26',
    says: 'marked zone before anything is planned',
    answers: multi('SQ-26', ['IN_ZONES', where('SHOULDER.L')]),
    given: { plannedZones: [] },
    findings: ['STOP/PHYSICIAN KELOID_IN_ZONE @SHOULDER.L'],
  },
  {
    question: 'SQ-26',
    says: 'site not marked',
    answers: multi('SQ-26', ['IN_ZONES']),
    findings: [`STOP/PHYSICIAN KELOID_IN_ZONE ${planned}`],
  },
  {
    question: 'SQ-26',
    says: 'ear lobe and family',
    answers: multi('SQ-26', ['ELSEWHERE', text('ear lobe')], ['FAMILY']),
    findings: ['CLEAR KELOID_ELSEWHERE', 'CLEAR KELOID_FAMILY'],
  },
  { question: 'SQ-26', says: 'none', answers: multi('SQ-26', ['NONE']), findings: [] },

  {
    question: 'SQ-27',
    says: 'bleeding disorder',
    answers: choice('SQ-27', 'YES', text('haemophilia A')),
    findings: ['STOP/PHYSICIAN BLEEDING_DISORDER'],
  },
  { question: 'SQ-27', says: 'no', answers: choice('SQ-27', 'NO'), findings: [] },

  {
    question: 'SQ-28',
    says: 'every autoimmune disease',
    answers: multi('SQ-28', ['LUPUS'], ['SCLERODERMA'], ['VITILIGO'], ['LICHEN_PLANUS'], ['OTHER', text('morphea')]),
    findings: [
      'CLEAR AUTOIMMUNE_LUPUS',
      'CLEAR AUTOIMMUNE_SCLERODERMA',
      'CLEAR AUTOIMMUNE_VITILIGO',
      'CLEAR AUTOIMMUNE_LICHEN_PLANUS',
      'CLEAR AUTOIMMUNE_OTHER',
    ],
  },
  { question: 'SQ-28', says: 'none', answers: multi('SQ-28', ['NONE']), findings: [] },

  {
    question: 'SQ-29',
    says: 'HbA1c 8.0 %',
    answers: choice('SQ-29', 'YES', hbA1c(80), on('2026-05-01'), select('SLOW_HEALING', 'NO')),
    findings: ['CAUTION DIABETES'],
  },
  {
    question: 'SQ-29',
    says: 'HbA1c 8.1 %',
    answers: choice('SQ-29', 'YES', hbA1c(81), on('2026-05-01')),
    findings: ['CLEAR DIABETES_HBA1C_HIGH'],
  },
  {
    question: 'SQ-29',
    says: 'HbA1c unknown',
    answers: choice('SQ-29', 'YES', hbA1c(null), on('2026-05-01')),
    findings: ['CLEAR DIABETES_HBA1C_UNKNOWN'],
  },
  {
    question: 'SQ-29',
    says: 'HbA1c without its date',
    answers: choice('SQ-29', 'YES', hbA1c(65)),
    findings: ['CLEAR DIABETES_HBA1C_UNKNOWN'],
  },
  {
    question: 'SQ-29',
    says: 'slow healing with a good value',
    answers: choice('SQ-29', 'YES', hbA1c(65), on('2026-05-01'), select('SLOW_HEALING', 'YES')),
    findings: ['CLEAR DIABETES_SLOW_HEALING'],
  },
  { question: 'SQ-29', says: 'no diabetes', answers: choice('SQ-29', 'NO'), findings: [] },

  {
    question: 'SQ-30',
    says: 'skin cancer',
    answers: multi('SQ-30', ['SKIN_CANCER', chin]),
    findings: ['STOP/NONE SKIN_CANCER @CHIN.M'],
  },
  {
    question: 'SQ-30',
    says: 'changing mole',
    answers: multi('SQ-30', ['SUSPICIOUS_MOLE', chin]),
    findings: ['STOP/NONE SUSPICIOUS_MOLE @CHIN.M'],
  },
  {
    question: 'SQ-30',
    says: 'actinic keratosis',
    answers: multi('SQ-30', ['ACTINIC_KERATOSIS', chin]),
    findings: ['CLEAR ACTINIC_KERATOSIS @CHIN.M'],
  },
  {
    question: 'SQ-30',
    says: 'past cancer there',
    answers: multi('SQ-30', ['PAST_CANCER', chin]),
    findings: ['CLEAR PAST_SKIN_CANCER @CHIN.M'],
  },
  { question: 'SQ-30', says: 'none', answers: multi('SQ-30', ['NONE']), findings: [] },

  {
    question: 'SQ-31',
    says: 'filler 27 days ago',
    answers: choice('SQ-31', 'YES', on('2026-05-06'), chin),
    findings: ['CLEAR FILLER_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-31',
    says: 'filler 28 days ago',
    answers: choice('SQ-31', 'YES', on('2026-05-05'), chin),
    findings: [],
  },
  {
    question: 'SQ-31',
    says: 'date unknown',
    answers: choice('SQ-31', 'YES', on(null), chin),
    findings: ['CLEAR FILLER_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-31', says: 'no', answers: choice('SQ-31', 'NO'), findings: [] },

  {
    question: 'SQ-32',
    says: 'toxin 13 days ago',
    answers: choice('SQ-32', 'YES', on('2026-05-20'), chin),
    findings: ['CLEAR BOTULINUM_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-32',
    says: 'toxin 14 days ago',
    answers: choice('SQ-32', 'YES', on('2026-05-19'), chin),
    findings: [],
  },
  {
    question: 'SQ-32',
    says: 'date unknown',
    answers: choice('SQ-32', 'YES', chin),
    findings: ['CLEAR BOTULINUM_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-32', says: 'no', answers: choice('SQ-32', 'NO'), findings: [] },

  {
    question: 'SQ-33',
    says: 'non-ablative 27 days ago',
    answers: multi('SQ-33', ['NON_ABLATIVE', on('2026-05-06'), chin]),
    findings: ['CLEAR NON_ABLATIVE_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-33',
    says: 'non-ablative 28 days ago',
    answers: multi('SQ-33', ['NON_ABLATIVE', on('2026-05-05'), chin]),
    findings: [],
  },
  {
    question: 'SQ-33',
    says: 'ablative 89 days ago',
    answers: multi('SQ-33', ['ABLATIVE', on('2026-03-05'), chin]),
    findings: ['STOP/PHYSICIAN ABLATIVE_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-33',
    says: 'ablative 90 days ago',
    answers: multi('SQ-33', ['ABLATIVE', on('2026-03-04'), chin]),
    findings: [],
  },
  {
    question: 'SQ-33',
    says: 'kind not known, 89 days ago',
    answers: multi('SQ-33', ['NOT_SURE', on('2026-03-05'), chin]),
    findings: ['CLEAR ENERGY_KIND_UNKNOWN @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-33',
    says: 'date unknown',
    answers: multi('SQ-33', ['ABLATIVE', chin]),
    findings: ['CLEAR ENERGY_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-33', says: 'none', answers: multi('SQ-33', ['NONE']), findings: [] },

  {
    question: 'SQ-34',
    says: 'superficial peel 13 days ago',
    answers: multi('SQ-34', ['SUPERFICIAL_PEEL', on('2026-05-20'), chin]),
    findings: ['CAUTION SUPERFICIAL_PEEL_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-34',
    says: 'superficial peel 14 days ago',
    answers: multi('SQ-34', ['SUPERFICIAL_PEEL', on('2026-05-19'), chin]),
    findings: [],
  },
  {
    question: 'SQ-34',
    says: 'waxing 6 days ago',
    answers: multi('SQ-34', ['WAXING', on('2026-05-27'), chin]),
    findings: ['CAUTION HAIR_REMOVAL_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-34',
    says: 'waxing 7 days ago',
    answers: multi('SQ-34', ['WAXING', on('2026-05-26'), chin]),
    findings: [],
  },
  {
    question: 'SQ-34',
    says: 'depilatory 6 days ago',
    answers: multi('SQ-34', ['DEPILATORY', on('2026-05-27'), chin]),
    findings: ['CAUTION HAIR_REMOVAL_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-34',
    says: 'deep peel 89 days ago',
    answers: multi('SQ-34', ['DEEP_PEEL', on('2026-03-05'), chin]),
    findings: ['STOP/PHYSICIAN DEEP_PEEL_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-34',
    says: 'deep peel 90 days ago',
    answers: multi('SQ-34', ['DEEP_PEEL', on('2026-03-04'), chin]),
    findings: [],
  },
  {
    question: 'SQ-34',
    says: 'depth of the peel not known',
    answers: multi('SQ-34', ['PEEL_NOT_SURE', on('2026-05-20'), chin]),
    findings: ['CLEAR PEEL_KIND_UNKNOWN @CHIN.M until 2026-08-18'],
  },
  {
    question: 'SQ-34',
    says: 'date unknown',
    answers: multi('SQ-34', ['WAXING', chin]),
    findings: ['CLEAR PEEL_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-34', says: 'none', answers: multi('SQ-34', ['NONE']), findings: [] },

  {
    question: 'SQ-35',
    says: 'surgery one day short of 6 months ago',
    answers: choice('SQ-35', 'YES', on('2025-12-03'), chin),
    findings: ['CLEAR SURGERY_WAIT @CHIN.M until 2026-06-03'],
  },
  {
    question: 'SQ-35',
    says: 'surgery 6 months ago',
    answers: choice('SQ-35', 'YES', on('2025-12-02'), chin),
    findings: [],
  },
  {
    question: 'SQ-35',
    says: 'date unknown',
    answers: choice('SQ-35', 'YES', chin),
    findings: ['CLEAR SURGERY_DATE_UNKNOWN @CHIN.M'],
  },
  { question: 'SQ-35', says: 'no', answers: choice('SQ-35', 'NO'), findings: [] },

  {
    question: 'SQ-36',
    says: 'every numbing agent',
    answers: multi('SQ-36', ['LIDOCAINE'], ['TETRACAINE'], ['PRILOCAINE'], ['OTHER', text('benzocaine')]),
    findings: [
      'STOP/PHYSICIAN ANAESTHETIC_ALLERGY_LIDOCAINE',
      'STOP/PHYSICIAN ANAESTHETIC_ALLERGY_TETRACAINE',
      'STOP/PHYSICIAN ANAESTHETIC_ALLERGY_PRILOCAINE',
      'STOP/PHYSICIAN ANAESTHETIC_ALLERGY_OTHER',
    ],
  },
  { question: 'SQ-36', says: 'none', answers: multi('SQ-36', ['NONE']), findings: [] },

  {
    question: 'SQ-37',
    says: 'nickel',
    answers: multi('SQ-37', ['METAL', text('nickel')]),
    findings: ['STOP/PHYSICIAN METAL_ALLERGY'],
  },
  {
    question: 'SQ-37',
    says: 'latex, adhesive, ingredient',
    answers: multi('SQ-37', ['LATEX'], ['ADHESIVE'], ['SKINCARE', text('fragrance')]),
    findings: ['CAUTION LATEX_ALLERGY', 'CAUTION ADHESIVE_ALLERGY', 'CAUTION SKINCARE_ALLERGY'],
  },
  { question: 'SQ-37', says: 'none', answers: multi('SQ-37', ['NONE']), findings: [] },

  {
    question: 'SQ-38',
    says: 'past reactions on skin type III',
    answers: multi('SQ-38', ['NEEDLING'], ['LASER'], ['PEEL'], ['PIH'], ['MELASMA']),
    findings: [
      'CAUTION PAST_REACTION_NEEDLING',
      'CAUTION PAST_REACTION_LASER',
      'CAUTION PAST_REACTION_PEEL',
      'CAUTION PIH',
      'CAUTION MELASMA',
    ],
  },
  {
    question: 'SQ-38',
    says: 'PIH and melasma on skin type V',
    answers: multi('SQ-38', ['LASER'], ['PIH'], ['MELASMA']),
    given: { fst: 'V' },
    findings: ['CLEAR PIH_DARKER_SKIN', 'CLEAR MELASMA_DARKER_SKIN', 'CAUTION PAST_REACTION_LASER'],
  },
  { question: 'SQ-38', says: 'none', answers: multi('SQ-38', ['NONE']), given: { fst: 'VI' }, findings: [] },

  {
    question: 'SQ-39',
    says: 'pacemaker and RF',
    answers: multi('SQ-39', ['PACEMAKER']),
    given: { deviceType: 'RF_PEN' },
    findings: ['STOP/NONE IMPLANT_WITH_RF'],
  },
  {
    question: 'SQ-39',
    says: 'metal implant and RF',
    answers: multi('SQ-39', ['METAL_IMPLANT', chin]),
    given: { deviceType: 'RF_PEN' },
    findings: ['STOP/NONE IMPLANT_WITH_RF'],
  },
  {
    question: 'SQ-39',
    says: 'ICD and a mechanical pen',
    answers: multi('SQ-39', ['ICD']),
    findings: ['INFO IMPLANT_MECHANICAL'],
  },
  {
    question: 'SQ-39',
    says: 'none and RF',
    answers: multi('SQ-39', ['NONE']),
    given: { deviceType: 'RF_PEN' },
    findings: [],
  },

  {
    question: 'SQ-40',
    says: 'unwell and fainting',
    answers: multi('SQ-40', ['UNWELL'], ['FAINTING']),
    findings: ['CAUTION UNWELL', 'CAUTION FAINTING'],
  },
  { question: 'SQ-40', says: 'none', answers: multi('SQ-40', ['NONE']), findings: [] },

  {
    question: 'SQ-41',
    says: 'home roller 27 days ago',
    answers: choice('SQ-41', 'YES', on('2026-05-06')),
    findings: ['CAUTION HOME_NEEDLING_WAIT until 2026-06-03'],
  },
  {
    question: 'SQ-41',
    says: 'home roller 28 days ago',
    answers: choice('SQ-41', 'YES', on('2026-05-05')),
    findings: [],
  },
  {
    question: 'SQ-41',
    says: 'date unknown',
    answers: choice('SQ-41', 'YES'),
    findings: ['CLEAR HOME_NEEDLING_DATE_UNKNOWN'],
  },
  { question: 'SQ-41', says: 'no', answers: choice('SQ-41', 'NO'), findings: [] },

  {
    question: 'SQ-42',
    says: 'tattoo on the chin',
    answers: choice('SQ-42', 'YES', chin),
    findings: ['CAUTION TATTOO @CHIN.M'],
  },
  { question: 'SQ-42', says: 'no', answers: choice('SQ-42', 'NO'), findings: [] },

  {
    question: 'SQ-43',
    says: 'event in 7 days',
    answers: hopes('EVENT', on('2026-06-09')),
    findings: ['INFO EVENT_SOON'],
  },
  { question: 'SQ-43', says: 'event on an unknown day', answers: hopes('EVENT'), findings: ['INFO EVENT_SOON'] },
  { question: 'SQ-43', says: 'event in 8 days', answers: hopes('EVENT', on('2026-06-10')), findings: [] },
  { question: 'SQ-43', says: 'event yesterday', answers: hopes('EVENT', on('2026-06-01')), findings: [] },
  { question: 'SQ-43', says: 'no event', answers: hopes('NO_EVENT'), findings: [] },
  {
    question: 'SQ-43',
    says: 'the practitioner ticks an unrealistic expectation',
    answers: hopes('NO_EVENT'),
    given: { concerns: { bodyImage: true, capacity: false } },
    findings: ['CLEAR EXPECTATION_CONCERN'],
  },

  {
    question: 'SQ-44',
    says: 'interpreter and a capacity concern',
    answers: multi('SQ-44', ['INTERPRETER', text('Portuguese')], ['CAPACITY']),
    findings: ['CLEAR CAPACITY_CONCERN', 'INFO INTERPRETER_NEEDED'],
  },
  {
    question: 'SQ-44',
    says: "the practitioner's own capacity concern",
    answers: multi('SQ-44', ['NONE']),
    given: { concerns: { bodyImage: false, capacity: true } },
    findings: ['CLEAR CAPACITY_CONCERN'],
  },
  { question: 'SQ-44', says: 'none', answers: multi('SQ-44', ['NONE']), findings: [] },
]

function findingsOf({ answers, given = {} }: Pick<Case, 'answers' | 'given'>) {
  return decideScreening({ ...ordinaryDay, form: 'FULL', answers, ...given }).findings
}

describe('each row of the questionnaire', () => {
  test.each(cases.map((one) => [`${one.question} ${one.says}`, one] as const))('%s', (_name, one) => {
    expect(findingsOf(one).map(told)).toEqual(one.findings)
  })

  test('has a case that fires for every rule', () => {
    const fired = new Set(cases.flatMap((one) => findingsOf(one).map((finding) => finding.rule)))
    expect(screeningRuleCodes.filter((rule) => !fired.has(rule))).toEqual([])
  })

  test('has a case that does not fire for every question', () => {
    const silent = new Set(cases.filter((one) => one.findings.length === 0).map((one) => one.question))
    expect(questionIds.filter((id) => !silent.has(id))).toEqual([])
  })
})

describe('the settings of the clinic', () => {
  test('move the end of a wait', () => {
    const { findings } = decideScreening({
      ...ordinaryDay,
      form: 'FULL',
      answers: choice('SQ-10', 'PAST', on('2026-03-02')),
      settings: { ...ordinaryDay.settings, isotretinoinWaitMonths: 3 },
    })
    expect(findings.map(told)).toEqual(['INFO ISOTRETINOIN_PAST'])
  })
})
