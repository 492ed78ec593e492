import type { StaffId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import type { CalendarDate } from '../../kernel/time.ts'
import { consentValues } from './fill-consent.ts'
import type { ConsentPreparation } from './prepare-consent.ts'
import { type RenderedConsent, renderConsent } from './render-consent.ts'
import type { ConsentTemplate } from './template.ts'

const nobody = '00000000-0000-0000-0000-000000000000' as StaffId

/** An invented patient, with one area outside the authorised use so that the conditional words are seen too. */
const preparation: ConsentPreparation = {
  templateId: null,
  procedure: 'MECHANICAL',
  seriesId: null,
  addons: [],
  zones: [
    { zone: 'CHEEK_ANT', side: 'L', site: null },
    { zone: 'CHEEK_ANT', side: 'R', site: null },
    { zone: 'NECK_ANT', side: 'M', site: null },
  ],
  indications: ['ACNE_SCAR'],
  maxDepthUm: 1500,
  sessions: 4,
  intervalMonths: 1,
  dwellMin: 30,
  durationMin: 40,
  practitionerId: nobody,
  supervisingPhysicianId: nobody,
  explainedById: nobody,
  language: 'en',
  interpreter: null,
  signer: { role: 'PATIENT', name: '', relationship: '', proofOfAuthority: '', identityDocument: 'PASSPORT' },
  minor: null,
}

/**
 * The text as an invented patient would read it today. Refuses as `consentValues` and `renderConsent` do: a language
 * without words, or a body that cannot be read.
 */
export function renderExample(
  template: Pick<ConsentTemplate, 'sections' | 'language'>,
  { clinicName, today }: { readonly clinicName: string; readonly today: CalendarDate },
): Result<RenderedConsent, 'CONSENT_LANGUAGE_NOT_READY' | 'CONSENT_VALUES_MISSING' | 'CONSENT_TEMPLATE_FAULTY'> {
  const filled = consentValues(template, preparation, {
    patientName: 'Alex Example',
    bornOn: '1990-05-17',
    clinicName,
    urgentPhone: '555 0100',
    today,
    ageOfMajority: 18,
    practitioner: { staffId: nobody, name: 'Sam Sample', credential: 'Licensed esthetician', isPhysician: false },
    physician: { staffId: nobody, name: 'Dr Robin Model', credential: 'MD' },
    supervisionMode: 'ON_SITE',
  })
  if (!filled.ok) return filled
  return renderConsent(template, filled.value.values)
}
