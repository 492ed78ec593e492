import { describe, expect, it } from 'vitest'
import {
  draftToFacts,
  emptyMemberDraft,
  missingFacts,
  proposeSignInName,
} from '../../renderer/app/staff/member-form.ts'
import { readPinProblem, readSecretStrength } from '../../renderer/parts/secret-strength.ts'
import {
  emptySetUpDraft,
  missingOnAccountPage,
  missingOnClinicPage,
  type SetUpDraft,
  toSetUpInput,
} from '../../renderer/screens/first-run/set-up-form.ts'

describe('a new password', () => {
  it.each([
    ['', false],
    ['fourteen chars', false],
    ['quiet harbour lantern 41', true],
    ['aaaaaaaaaaaaaaaa', false],
    ['greta ansbach greta', false],
  ])('“%s” is enough: %s', (secret, isEnough) => {
    expect(readSecretStrength(secret, ['Greta', 'Ansbach']).isEnough).toBe(isEnough)
  })

  it('counts down what is missing', () => {
    expect(readSecretStrength('fourteen chars', []).sentence).toBe('1 more character. Spaces count.')
  })
})

describe('a new PIN', () => {
  it.each(['111111', '123456', '987654'])('%s is too simple', (pin) => {
    expect(readPinProblem(pin)).not.toBeNull()
  })
  it.each(['294718', '12345', '112233'])('%s is not complained about', (pin) => {
    expect(readPinProblem(pin)).toBeNull()
  })
})

describe('setting up a clinic', () => {
  const whole: SetUpDraft = {
    ...emptySetUpDraft('America/Chicago'),
    clinicName: ' Alder Row Skin Clinic ',
    state: 'IL',
    urgentPhone: '+1 312 555 0100',
    printedName: 'Greta Ansbach',
    credential: 'Practice manager',
    password: 'quiet harbour lantern 41',
    newPin: { pin: '294718', again: '294718' },
    passphrase: 'seven grey herons stand still',
    passphraseAgain: 'seven grey herons stand still',
  }

  it('names what each page still lacks', () => {
    expect(missingOnClinicPage({ ...whole, state: null, urgentPhone: '' })).toEqual(['the state', 'the phone'])
    expect(missingOnAccountPage({ ...whole, newPin: { pin: '294718', again: '294719' } }, 'greta')).toEqual([
      'the PIN, twice',
    ])
    expect(missingOnAccountPage({ ...whole, alsoPhysician: true }, 'greta')).toEqual(['your licence'])
  })

  it('sends a passphrase only where one is needed, and no licence of an owner who is no physician', () => {
    const asked = toSetUpInput(whole, { signInName: 'greta', needsPassphrase: false })
    expect(asked).toMatchObject({ clinicName: 'Alder Row Skin Clinic', passphrase: null, owner: { licence: null } })
    expect(toSetUpInput({ ...whole, passphraseAgain: '' }, { signInName: 'greta', needsPassphrase: true })).toBeNull()
  })
})

describe('a person of the clinic', () => {
  it.each([
    ['Dr Samuel Okafor', 'samuel.okafor'],
    ['Mira Castellanos-Wróblewska', 'mira.castellanos.wroblewska'],
    ['  ', ''],
  ])('%s is proposed to sign in as “%s”', (printedName, signInName) => {
    expect(proposeSignInName(printedName)).toBe(signInName)
  })

  it('who treats cannot be added without a whole licence', () => {
    const draft = { ...emptyMemberDraft(['aesthetician'], 'IL'), printedName: 'Lena Brook', licenceNumber: 'AE-1' }
    expect(missingFacts(draft)).toEqual(['the last day of the licence'])
    expect(draftToFacts(draft)).toBeNull()
    expect(draftToFacts({ ...draft, licenceExpiresOn: '2027-01-31' })?.licence).toEqual({
      number: 'AE-1',
      state: 'IL',
      level: 'AESTHETICIAN',
      expiresOn: '2027-01-31',
    })
  })
})
