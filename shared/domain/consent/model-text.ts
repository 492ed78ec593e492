import type { CalendarDate } from '../../kernel/time.ts'
import type { ConsentTemplate } from './template.ts'

/**
 * The model consent text v1.0 of the clinical reference, section 6, word for word. Which sections are initialled
 * is the clinic's choice; here the risks, the use outside the authorised purpose and the photographs. It comes without
 * an approver: the clinic's physician approves it before anyone signs.
 */
export function modelConsentTemplate(effectiveFrom: CalendarDate): ConsentTemplate {
  return {
    templateId: 'model-mechanical-en',
    major: 1,
    minor: 0,
    language: 'en',
    procedure: 'MECHANICAL',
    jurisdiction: 'US',
    effectiveFrom,
    effectiveTo: null,
    sections: modelConsentSections,
    approvedBy: null,
  }
}

export const modelConsentSections: ConsentTemplate['sections'] = [
  {
    key: 'PLANNED',
    heading: 'What is planned',
    body: 'I am {{patient_name}}, born {{dob}}. {{clinic_name}} has recommended a course of microneedling to {{zones}} to help with {{goals}}. A hand-held device with very fine sterile needles makes many tiny punctures in my skin. My skin repairs itself by making new collagen, and over the following months this may improve its surface. The needles are used for me only and are thrown away after each visit.',
    initialRequired: false,
  },
  {
    key: 'WHO_TREATS',
    heading: 'Who will treat me',
    body: 'My treatment will be carried out by {{practitioner_name}}, {{practitioner_credential}}, who {{is_or_is_not}} a physician. The responsible physician is Dr {{physician_name}}, {{physician_credential}}, who {{supervision_sentence}}. The physician reviews and signs the record of my treatment. I can ask to speak with the physician before, during or after my course.',
    initialRequired: false,
  },
  {
    key: 'WHAT_HAPPENS',
    heading: 'What will happen',
    body: 'My skin is cleaned and a numbing cream is applied for about {{dwell}} minutes and then removed. The device is moved over each area in several directions, up to three times, or until my skin shows even redness with fine pinpoint bleeding. The depth is chosen for each area and will not be more than {{max_depth_mm}} mm. A soothing product is applied at the end. The needling takes about {{duration}} minutes.',
    initialRequired: false,
  },
  {
    key: 'COURSE',
    heading: 'A course, not a single visit',
    body: '{{n_sessions}} sessions, about {{interval}} apart, are planned. Change is slow; we judge the result about six months after the last session, with photographs and scores. Further maintenance sessions may be suggested.',
    initialRequired: false,
  },
  {
    key: 'BENEFITS',
    heading: 'What I may gain',
    body: 'Smoother texture, softer scars, lines or pores, or more even tone are possible. Results differ from person to person. Nobody has promised me a particular result, and it is possible that I will see little or no change.',
    initialRequired: false,
  },
  {
    key: 'AFTERWARDS',
    heading: 'What usually happens afterwards',
    body: 'Redness and warmth like sunburn, slight swelling, tightness, pinpoint scabs, dryness and flaking, tenderness, and small bruises. These normally settle within a few days to a week.',
    initialRequired: false,
  },
  {
    key: 'RISKS',
    heading: 'What can go wrong',
    body: '*Less often:* marked bruising or bleeding, acne or tiny white spots, a skin irritation, a cold sore outbreak, darkening of the skin that may last weeks to months. *Rarely:* bacterial infection, lasting lighter or darker patches, scars including lines in the pattern of the device, allergic lumps from a product or metal that may be hard to treat, a serious reaction to the numbing cream, eye injury, fainting. Darkening is more likely in brown or black skin, after sun exposure, and after deeper treatment. Some of these may need medical care and may not fully disappear.',
    initialRequired: true,
  },
  {
    key: 'OFF_LABEL',
    heading: "Use outside the device's authorised purpose",
    body: '{{#if off_label}} The U.S. Food and Drug Administration has authorised this type of device for certain uses and for adults of 22 and over. My treatment for {{off_label_items}} is outside that use. Clinicians may offer this when they judge it suitable; I have been told so and agree. {{/if}}',
    initialRequired: true,
  },
  {
    key: 'ALTERNATIVES',
    heading: 'Other choices',
    body: 'I could do nothing; use sunscreen, moisturiser, or prescribed creams; or consider chemical peels, lasers, radiofrequency needling, fillers, subcision or surgery. Each has its own benefits, risks, cost and recovery, and I was able to ask about them.',
    initialRequired: false,
  },
  {
    key: 'DISCLOSURE',
    heading: 'What I must tell the clinic',
    body: 'I have answered the health questions truthfully. I will tell the clinic before each visit about any new illness, medicine, pregnancy, cold sore, sunburn, or other skin treatment. I will not stop a prescribed medicine unless the person who prescribed it agrees.',
    initialRequired: false,
  },
  {
    key: 'AFTERCARE',
    heading: 'Looking after my skin',
    body: 'For the time stated on my aftercare sheet I will use only the gentle products I was advised to use, keep the skin clean, avoid make-up, sun, heat, heavy exercise, picking, acids and retinoids, and then use a high-protection sunscreen.',
    initialRequired: false,
  },
  {
    key: 'URGENT',
    heading: 'When to call at once',
    body: 'Spreading redness, heat, pus, fever, blisters, severe or growing pain, swelling of face or throat, trouble breathing, changes in vision, or darkening or lumps that grow. Number, day or night: {{urgent_phone}}. For breathing trouble or collapse I will call 911.',
    initialRequired: false,
  },
  {
    key: 'RIGHTS',
    heading: 'My rights',
    body: 'Agreeing is my free choice. I may ask anything, say no, pause the treatment while it is happening, or withdraw from the course at any time, without giving a reason and without losing care for what has already been done. Fees already agreed are explained in a separate document.',
    initialRequired: false,
  },
  {
    key: 'RECORDS',
    heading: 'My records',
    body: 'The clinic keeps a record of my treatment, including the product and needle lot numbers used, for the period the law requires. I can ask to see it, get a copy, or ask for a correction.',
    initialRequired: false,
  },
  {
    key: 'PHOTOGRAPHS',
    heading: 'Photographs - each choice is mine and separate',
    body: '[ ] Photos for my own medical record. [ ] Staff teaching, not showing my name. [ ] Website, social media or advertising, where I might be recognised. My treatment does not depend on the second or third choice, and I can withdraw any of them later; what has already been published may not be fully recoverable.',
    initialRequired: true,
  },
  {
    key: 'UNDERSTANDING',
    heading: 'Understanding',
    body: 'I have read this form or had it read to me in {{language}} {{interpreter_clause}}. I described in my own words what will be done and its main risks. My questions were: {{questions}}. They were answered.',
    initialRequired: false,
  },
  {
    key: 'SIGNATURES',
    heading: 'Signatures',
    body: "Patient / parent or guardian ({{relationship}}) - minor's own agreement, if under {{age_of_majority}} - clinician who explained - interpreter - date and time.",
    initialRequired: false,
  },
]
