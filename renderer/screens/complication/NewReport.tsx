import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import {
  complicationChannels,
  mustNotifyPhysician,
  type RedFlagSign,
  reporterKinds,
  showsEmergencyText,
} from '../../../shared/domain/complication.ts'
import {
  type ComplicationCode,
  complicationCodes,
  type Grade,
  gradeAnchor,
} from '../../../shared/domain/complication-codes.ts'
import type { ZonePlace } from '../../../shared/domain/zones.ts'
import type { PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { usePatientBanner, useSamePatient } from '../../app/patient-banner/PatientFrame.tsx'
import type { Clinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { channelWords, complicationWords, gradeWords, reporterWords } from '../../parts/complication-words.ts'
import { DateField } from '../../parts/DateField.tsx'
import { formatSpokenName } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { EmergencyText, type Notice, NoticeFields, SessionField, SignsField, ZonesField } from './fields.tsx'

export type ReportProps = { readonly patientId: PatientId; readonly clinic: Clinic; readonly person: Person }

/** A symptom call. The desk writes down what is said; a clinician may name and grade it at once. */
export function NewReport({ patientId, clinic, person }: ReportProps) {
  useSamePatient(patientId)
  const go = useGo()
  const banner = usePatientBanner()
  const isClinician = mayDo(person, 'complication.write')
  const report = useCommand('complication.report')
  const [description, setDescription] = useState('')
  const [channel, setChannel] = useState<(typeof complicationChannels)[number]>('PHONE')
  const [reporter, setReporter] = useState<(typeof reporterKinds)[number]>('PATIENT')
  const [name, setName] = useState(formatSpokenName({ familyName: banner.family, givenName: banner.given }))
  const [onsetOn, setOnsetOn] = useState<CalendarDate | null>(null)
  const [zones, setZones] = useState<ZonePlace[]>([])
  const [signs, setSigns] = useState<RedFlagSign[]>([])
  const [code, setCode] = useState<ComplicationCode | null>(null)
  const [grade, setGrade] = useState<Grade | null>(null)
  const [actionTaken, setActionTaken] = useState('')
  const [notice, setNotice] = useState<Notice | null>(null)
  const [sessionId, setSessionId] = useState<SessionId | null>(null)
  const found = { code, grade, worstGrade: grade, signs }
  const needsNotice = mustNotifyPhysician(found) === 'AT_ONCE'
  const isComplete = description.trim() !== '' && name.trim() !== '' && (!needsNotice || notice !== null)

  async function save() {
    if (!isComplete || report.isRunning) return
    const reply = await report.run({
      patientId,
      sessionIds: sessionId === null ? [] : [sessionId],
      zones,
      description: description.trim(),
      channel,
      reportedBy: { kind: reporter, name: name.trim() },
      onsetOn,
      signs,
      code,
      grade,
      actionTaken: actionTaken.trim(),
      notices: notice === null ? [] : [notice],
    })
    if (!reply.ok) return
    go(isClinician ? pathTo.complication(patientId, reply.value.complicationId) : pathTo.chart(patientId), {
      replace: true,
    })
  }

  return (
    <form
      className="complication-screen"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <PageHeader title="Symptom call" summary="What is said is written down; a clinician names and grades it" />
      {showsEmergencyText(found) && <EmergencyText phone={clinic.emergencyPhone} />}
      <div className="complication-screen__columns">
        <SectionCard title="What is reported">
          <div className="complication-form">
            <Textarea
              label="In the caller’s words"
              required
              autosize
              minRows={3}
              maxLength={10_000}
              value={description}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
            <SignsField signs={signs} onChange={setSigns} />
            <ZonesField zones={zones} onChange={setZones} />
            <DateField
              label="Began on"
              kind="any"
              order={clinic.dateOrder}
              today={clinic.today}
              value={onsetOn}
              onChange={setOnsetOn}
              description="Empty where nobody knows"
            />
            <Textarea
              label="What was done or advised"
              autosize
              minRows={2}
              maxLength={10_000}
              value={actionTaken}
              onChange={(event) => setActionTaken(event.currentTarget.value)}
            />
          </div>
        </SectionCard>
        <div>
          <SectionCard title="Who reports it">
            <div className="complication-form">
              <Select
                label="Reported by"
                data={reporterKinds.map((value) => ({ value, label: reporterWords[value] }))}
                allowDeselect={false}
                value={reporter}
                onChange={(value) => value && setReporter(value as typeof reporter)}
              />
              <TextInput
                label="Name"
                required
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Select
                label="How it reached the clinic"
                data={complicationChannels.map((value) => ({ value, label: channelWords[value] }))}
                allowDeselect={false}
                value={channel}
                onChange={(value) => value && setChannel(value as typeof channel)}
              />
            </div>
          </SectionCard>
          {isClinician && (
            <SectionCard title="What it is" note="can wait until the assessment">
              <div className="complication-form">
                <SessionField patientId={patientId} value={sessionId} onChange={setSessionId} />
                <NamingFields {...{ code, grade, setCode, setGrade }} />
              </div>
            </SectionCard>
          )}
          <SectionCard title={needsNotice ? 'A physician must know now' : 'Physician'}>
            <div className="complication-form">
              <p className="text-2">
                {needsNotice
                  ? 'This is a red flag. It is saved once you name the physician you told.'
                  : 'No red flag so far. Name a physician if you told one.'}
              </p>
              <NoticeFields notice={notice} onChange={setNotice} />
              <RefusalText>{report.refusal ? sentenceFor(report.refusal) : null}</RefusalText>
              <Button variant="filled" type="submit" disabled={!isComplete || report.isRunning}>
                Save the report
              </Button>
            </div>
          </SectionCard>
        </div>
      </div>
    </form>
  )
}

/** What it is and how bad, with the words that go with the grade. */
export function NamingFields({
  code,
  grade,
  setCode,
  setGrade,
}: {
  readonly code: ComplicationCode | null
  readonly grade: Grade | null
  readonly setCode: (code: ComplicationCode | null) => void
  readonly setGrade: (grade: Grade) => void
}) {
  const anchor = code !== null && grade !== null ? gradeAnchor(code, grade) : null
  return (
    <>
      <Select
        label="What it is"
        searchable
        clearable
        placeholder="Not named yet"
        data={complicationCodes.map((value) => ({ value, label: complicationWords[value] }))}
        value={code}
        onChange={(value) => setCode(value as ComplicationCode | null)}
      />
      <SegmentedChoice
        label="Grade now"
        segments={([1, 2, 3, 4, 5] as const).map((value) => ({ value: `${value}`, label: `${value}` }))}
        value={grade === null ? null : `${grade}`}
        onChange={(value) => setGrade(Number(value) as Grade)}
        isFullWidth
      />
      {grade !== null && (
        <p className="text-2">
          <strong>Grade {gradeWords[grade]}</strong>
          {anchor !== null && `: ${anchor}`}
        </p>
      )}
    </>
  )
}
