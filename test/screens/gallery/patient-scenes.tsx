import { useState } from 'react'
import { PatientChoice, PatientChoices } from '../../../renderer/parts/PatientChoice.tsx'
import { PatientModeFrame, type PatientTextSize } from '../../../renderer/parts/PatientModeFrame.tsx'
import { SignaturePad } from '../../../renderer/parts/SignaturePad.tsx'

const ana = { name: { familyName: 'Kowalczyk', givenName: 'Ana' }, bornOn: '1994-07-19' }
const languages = [{ code: 'en', name: 'English' }]

export function PatientSignScene() {
  const [agrees, setAgrees] = useState(true)
  const [photos, setPhotos] = useState(true)
  const [isIntended, setIntended] = useState(true)
  const [textSize, setTextSize] = useState<PatientTextSize>('normal')
  return (
    <PatientModeFrame
      {...ana}
      page={9}
      pageCount={9}
      title="Your agreement"
      asideWidth="wide"
      aside={
        <SignaturePad
          size="patient"
          title="Sign here with finger or pen"
          timeText="03-Aug-2026, 10:47 CDT"
          signerText="Ana Kowalczyk, patient"
          intentStatement="I mean this to be my signature, the same as one on paper."
          isIntended={isIntended}
          onIntendedChange={setIntended}
          onChange={() => undefined}
        />
      }
      textSize={textSize}
      onTextSizeChange={setTextSize}
      language="en"
      languages={languages}
      onLanguageChange={() => undefined}
      onBack={() => undefined}
      onQuestion={() => undefined}
      next={{ text: 'I agree and sign', kind: 'sign', isDisabled: false, onNext: () => undefined }}
      onLeave={() => undefined}
      leaveRefusal={null}
    >
      <p className="gallery-patient-text">
        I have read this form. I described in my own words what will be done and its main risks. My questions were
        answered. I can stop at any time.
      </p>
      <PatientChoices label="What I agree to">
        <PatientChoice
          title="I agree to microneedling of my full face, up to 1.00 mm"
          sentence="4 sessions about one month apart, by Lena Brook, who is not a physician. Responsible physician: Dr Samuel Okafor."
          isChosen={agrees}
          onChange={setAgrees}
        />
        <PatientChoice title="Photos for my own medical record" isChosen={photos} onChange={setPhotos} />
        <PatientChoice
          title="Photos for staff teaching, not showing my name"
          sentence="Your choice. Treatment does not depend on it."
          isChosen={false}
          onChange={() => undefined}
        />
        <PatientChoice
          title="Photos on the website or in advertising"
          sentence="Your choice. You can withdraw it later."
          isChosen={false}
          onChange={() => undefined}
        />
      </PatientChoices>
    </PatientModeFrame>
  )
}

export function PatientReadScene() {
  const [textSize, setTextSize] = useState<PatientTextSize>('normal')
  return (
    <PatientModeFrame
      {...ana}
      page={5}
      pageCount={9}
      title="What can go wrong"
      lead="Some of these may need medical care and may not fully disappear."
      textSize={textSize}
      onTextSizeChange={setTextSize}
      language="en"
      languages={languages}
      onLanguageChange={() => undefined}
      onBack={() => undefined}
      onQuestion={() => undefined}
      next={{ text: 'Next: your other choices', kind: 'next', isDisabled: false, onNext: () => undefined }}
      onLeave={() => undefined}
      leaveRefusal={null}
    >
      <ul className="gallery-patient-text">
        <li>Marked bruising or bleeding</li>
        <li>Acne or tiny white spots</li>
        <li>A cold sore outbreak</li>
      </ul>
    </PatientModeFrame>
  )
}
