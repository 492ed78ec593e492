import { describe, expect, test } from 'vitest'
import { signerRoles, withdrawalScopes } from '../../shared/domain/consent/consent.ts'
import { consentStates } from '../../shared/domain/consent/consent-state.ts'
import { type ConsentProblemCode, consentRemedies } from '../../shared/domain/consent/consent-validity.ts'
import { consentElements } from '../../shared/domain/consent/lint-template.ts'
import { consentProcedures } from '../../shared/domain/consent/template.ts'
import { shippedSettings } from '../../shared/domain/policy.ts'
import { codesIn, lineWith, listIn, wordsBetween } from './clinical-reference.ts'

describe('the consent and the clinical reference, section 6', () => {
  test('has the printed states, kinds of procedure and signers', () => {
    expect([...new Set(codesIn(wordsBetween('States: ', ' (signed in error')))]).toEqual([...consentStates])
    expect(wordsBetween('language, procedure ', ', jurisdiction').split('|')).toEqual([...consentProcedures])
    expect(codesIn(wordsBetween('signer name, role ', ', relationship'))).toEqual([...signerRoles])
  })

  test('is withdrawn in the printed scopes, each photo permission apart', () => {
    const [all, series, photo] = wordsBetween('scope (', ')').split(' / ')
    expect([all, series, photo]).toEqual(['ALL', 'SERIES', 'PHOTO_x'])
    expect(withdrawalScopes.map((scope) => (scope.startsWith('PHOTO_') ? 'PHOTO_x' : scope))).toEqual([
      'ALL',
      'SERIES',
      'PHOTO_x',
      'PHOTO_x',
      'PHOTO_x',
    ])
  })

  /** What the printed list of reasons is called where the validity of a consent is judged. */
  const reasons: Readonly<Record<string, readonly ConsentProblemCode[]>> = {
    'new major version': ['NEW_MAJOR_VERSION'],
    '> 12 months old CC': ['TOO_OLD'],
    'new series': ['OTHER_SERIES'],
    'zone or indication not covered': ['ZONE_NOT_COVERED', 'INDICATION_NOT_COVERED'],
    'depth above consented max': ['DEPTH_NOT_COVERED'],
    'procedure kind changes (mechanical -> RF, or add-on)': ['PROCEDURE_NOT_COVERED', 'ADDON_NOT_COVERED'],
    'new relevant diagnosis/medicine or new CLEAR outcome': ['NEW_DIAGNOSIS_OR_MEDICINE', 'NEW_CLEAR_FINDING'],
    'grade >= 3 complication or any scarring': ['COMPLICATION_SINCE'],
    'minor reaches majority': ['GUARDIAN_CONSENT_EXPIRED'],
    'guardian changes': ['GUARDIAN_CHANGED'],
    'after withdrawal': ['WITHDRAWN'],
    'interpreter language differs from the one used': ['LANGUAGE_DIFFERS'],
  }

  test('is taken again for each printed reason', () => {
    expect(listIn(wordsBetween('- **Re-take when:**', '. A change of'), ';')).toEqual(Object.keys(reasons))
    for (const code of Object.values(reasons).flat()) expect(consentRemedies[code]).toBe('RETAKE')
    expect(lineWith('Re-take when')).toContain(`> ${shippedSettings.consentValidMonths} months old`)
  })

  test('asks one line for a change of staff and a tick before every session', () => {
    expect(lineWith('Re-take when')).toContain('needs a one-line re-acknowledgement, not a full consent')
    expect(consentRemedies.STAFF_CHANGED).toBe('REACKNOWLEDGE')
    expect(lineWith('Re-take when')).toContain('tick "still agrees today"')
    expect(consentRemedies.NOT_AGREED_TODAY).toBe('ASK_TODAY')
  })

  /** Which elements of the lint stand for each printed one. */
  const elements: Readonly<Record<string, readonly (typeof consentElements)[number][]>> = {
    'patient and date': ['PATIENT_AND_DATE'],
    'condition/goal': ['CONDITION_AND_GOAL'],
    'nature and purpose': ['NATURE_AND_PURPOSE'],
    'who treats, their credential, that they are not a physician, named supervising physician and how reachable': [
      'WHO_TREATS',
      'NOT_A_PHYSICIAN',
      'SUPERVISING_PHYSICIAN',
    ],
    'expected benefits without guarantee': ['BENEFITS_WITHOUT_GUARANTEE'],
    'number and spacing of sessions, six-month outcome': ['SESSIONS_AND_OUTCOME'],
    'burdens and risks common/uncommon/rare': ['COMMON_BURDENS', 'RISKS'],
    'off-label statement when it applies': ['OFF_LABEL'],
    'alternatives including no treatment': ['ALTERNATIVES'],
    'anaesthetic risks': ['ANAESTHETIC_RISKS'],
    'duties before and after': ['DUTIES_BEFORE', 'DUTIES_AFTER'],
    'urgent signs and 24-h contact': ['URGENT_SIGNS_AND_CONTACT'],
    'right to ask, refuse, withdraw': ['RIGHT_TO_ASK_REFUSE_WITHDRAW'],
    privacy: ['PRIVACY'],
    'photo permission as separate opt-ins': ['PHOTO_CHOICES'],
    'questions answered': ['QUESTIONS_ANSWERED'],
    'language/interpreter': ['LANGUAGE_AND_INTERPRETER'],
    representative: ['REPRESENTATIVE'],
    signatures: ['SIGNATURES'],
  }

  test('is linted for each printed element', () => {
    const printed = wordsBetween('(checked by template lint):', '. (Ethics base')
    expect(listIn(printed, ';')).toEqual(Object.keys(elements))
    const linted = Object.values(elements).flat()
    expect(consentElements.filter((element) => element !== 'RF_RISKS').toSorted()).toEqual(linted.toSorted())
  })
})
