import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { FactList } from '../../parts/FactList.tsx'
import { dateOrderTexts, timeZoneOptions, timeZoneText } from '../../parts/places.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SchemeSwitch } from '../../parts/SchemeSwitch.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OwnSignInCard } from './OwnSignInCard.tsx'
import { PhotoFilesCard } from './PhotoFilesCard.tsx'
import { SigningKeyCard } from './SigningKeyCard.tsx'

/** Name, clock, phone, and what of the set-up is still open. */
export function FactsPart() {
  const clinic = useClinic()
  const person = usePerson()
  if (!clinic) return null
  const mayWrite = mayDo(person, 'clinic.write')
  return (
    <div className="clinic-columns">
      <SectionCard title="The clinic">
        {mayWrite ? <FactsForm key={clinic.name + clinic.timeZone} clinic={clinic} /> : <ClinicFacts clinic={clinic} />}
      </SectionCard>
      <div className="clinic-part">
        {mayWrite && <SetUpCard isPolicyMissing={clinic.isPolicyMissing} />}
        {person && !clinic.isSample && <OwnSignInCard person={person} />}
        <PhotoFilesCard mayWrite={mayWrite} />
        <SigningKeyCard />
        <SectionCard title="This computer">
          <SchemeSwitch labelPlace="beside" />
        </SectionCard>
      </div>
    </div>
  )
}

function ClinicFacts({ clinic }: { readonly clinic: Clinic }) {
  return (
    <FactList
      labelWidth={140}
      facts={[
        { label: 'Name', value: clinic.name },
        { label: 'Time zone', value: timeZoneText(clinic.timeZone) },
        { label: 'Dates are read', value: dateOrderTexts[clinic.dateOrder] },
        { label: 'Phone for urgent calls', value: clinic.urgentPhone },
        { label: 'Emergency services', value: clinic.emergencyPhone },
      ]}
    />
  )
}

function FactsForm({ clinic }: { readonly clinic: Clinic }) {
  const [clinicName, setClinicName] = useState(clinic.name)
  const [timeZone, setTimeZone] = useState(clinic.timeZone)
  const [dateOrder, setDateOrder] = useState(clinic.dateOrder)
  const [urgentPhone, setUrgentPhone] = useState(clinic.urgentPhone)
  const [emergencyPhone, setEmergencyPhone] = useState(clinic.emergencyPhone)
  const edit = useCommand('clinic.edit')
  const isComplete = clinicName.trim() !== '' && urgentPhone.trim() !== '' && emergencyPhone.trim() !== ''
  return (
    <form
      className="clinic-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) void edit.run({ clinicName, timeZone, dateOrder, urgentPhone, emergencyPhone })
      }}
    >
      <TextInput
        label="Name of the clinic"
        description="On every screen, print and consent"
        required
        withAsterisk={false}
        maxLength={120}
        value={clinicName}
        onChange={(event) => setClinicName(event.currentTarget.value)}
      />
      <div className="clinic-form__row">
        <Select
          label="Time zone"
          searchable
          selectFirstOptionOnChange
          data={timeZoneOptions(clinic.timeZone)}
          value={timeZone}
          onChange={(value) => value !== null && setTimeZone(value)}
        />
        <TextInput
          label="Phone for urgent calls"
          required
          withAsterisk={false}
          maxLength={40}
          value={urgentPhone}
          onChange={(event) => setUrgentPhone(event.currentTarget.value)}
        />
        <TextInput
          label="Emergency services"
          required
          withAsterisk={false}
          maxLength={20}
          value={emergencyPhone}
          onChange={(event) => setEmergencyPhone(event.currentTarget.value)}
        />
      </div>
      <SegmentedChoice
        label="Typed dates are read"
        segments={[
          { value: 'MDY', label: dateOrderTexts.MDY },
          { value: 'DMY', label: dateOrderTexts.DMY },
        ]}
        value={dateOrder}
        onChange={setDateOrder}
      />
      <RefusalText>{edit.refusal ? sentenceFor(edit.refusal) : null}</RefusalText>
      <div className="clinic-form__foot">
        <Button type="submit" variant="filled" disabled={!isComplete || edit.isRunning}>
          Save
        </Button>
      </div>
    </form>
  )
}

/** The steps of the set-up that can be done at any time; gone when all of them are. */
function SetUpCard({ isPolicyMissing }: { readonly isPolicyMissing: boolean }) {
  const { value: staff } = useQuery('staff.list', {})
  const { value: backup } = useQuery('backup.state', {})
  if (!staff || !backup) return null
  const members = staff.members.filter((member) => member.status !== 'DEACTIVATED')
  const steps = [
    {
      title: 'The responsible physician',
      sentence: 'Invited with a one-time code',
      isDone: members.some((member) => member.roles.includes('physician')),
      part: 'staff',
    },
    {
      title: 'Who may treat, how deep',
      sentence: 'Nothing is allowed until a physician approves the policy',
      isDone: !isPolicyMissing,
      part: 'policy',
    },
    {
      title: 'Your team',
      sentence: 'A personal sign-in for each person',
      isDone: members.length > 2,
      part: 'staff',
    },
    {
      title: 'Backup',
      sentence: 'A verified copy on another disk',
      isDone: backup.standing !== 'NEVER',
      part: 'copies',
    },
  ]
  const open = steps.filter((step) => !step.isDone)
  if (open.length === 0) return null
  return (
    <SectionCard title="Set-up" note={`${steps.length - open.length} of ${steps.length} done`}>
      <ul className="set-up-list">
        {steps.map((step) => (
          <li key={step.title}>
            <StateGlyph state={step.isDone ? 'done' : 'toDo'} label={step.isDone ? 'done' : 'open'} />
            <span className="set-up-list__text">
              <strong>{step.title}</strong>
              <span>{step.sentence}</span>
            </span>
            {!step.isDone && (
              <a href={hrefTo(pathTo.clinicPart(step.part))} aria-label={`Open: ${step.title}`}>
                Open
              </a>
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
