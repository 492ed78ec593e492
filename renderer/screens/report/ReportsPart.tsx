import './report.css'
import { useState } from 'react'
import { type ReportPeriod, reportPeriodMaxDays, reportPeriodProblem } from '../../../shared/domain/report.ts'
import { addDays, type CalendarDate } from '../../../shared/kernel/time.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import { DateField } from '../../parts/DateField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { OutcomeReport } from './OutcomeReport.tsx'
import { SafetyReport } from './SafetyReport.tsx'
import { SaveCsv } from './SaveCsv.tsx'
import { SupervisionReport } from './SupervisionReport.tsx'

type ReportName = 'supervision' | 'safety' | 'outcomes'

const reportSegments = [
  { value: 'supervision', label: 'Supervision' },
  { value: 'safety', label: 'Complications' },
  { value: 'outcomes', label: 'Outcomes' },
] as const

const csvOf = {
  supervision: 'report.supervisionCsv',
  safety: 'report.safetyCsv',
  outcomes: 'report.outcomesCsv',
} as const

/** How records were signed, what complications there were and what courses came to, over a period; tables, charts and files. */
export function ReportsPart() {
  const clinic = useClinic()
  return clinic ? <Reports clinic={clinic} /> : null
}

function Reports({ clinic }: { readonly clinic: Clinic }) {
  const [name, setName] = useState<ReportName>('supervision')
  const [from, setFrom] = useState<CalendarDate | null>(addDays(clinic.today, -89))
  const [to, setTo] = useState<CalendarDate | null>(clinic.today)
  const period: ReportPeriod | null = from !== null && to !== null ? { from, to } : null
  const problem = period && reportPeriodProblem(period)
  const date = { kind: 'any', order: clinic.dateOrder, today: clinic.today, isRequired: true } as const
  return (
    <div className="clinic-part">
      <header className="clinic-part__head">
        <h2 className="title-16">Reports</h2>
        <SegmentedChoice
          label="Which report"
          labelPlace="hidden"
          segments={reportSegments}
          value={name}
          onChange={(chosen) => setName(chosen)}
        />
        <div className="clinic-part__end">
          {period && problem === null && <SaveCsv procedure={csvOf[name]} period={period} />}
        </div>
      </header>
      <div className="report-period">
        <DateField {...date} label="First day" value={from} onChange={setFrom} />
        <DateField {...date} label="Last day" value={to} onChange={setTo} />
        <p className="text-2">
          Sessions count by the day on which they were performed. Those entered in error and those never started are in
          no figure.
        </p>
      </div>
      <RefusalText>{problem && sentenceFor({ code: problem, facts: { most: reportPeriodMaxDays } })}</RefusalText>
      {period && problem === null && <ReportBody name={name} period={period} clinic={clinic} />}
    </div>
  )
}

function ReportBody({
  name,
  period,
  clinic,
}: {
  readonly name: ReportName
  readonly period: ReportPeriod
  readonly clinic: Clinic
}) {
  if (name === 'outcomes') return <OutcomeReport period={period} />
  return name === 'supervision' ? (
    <SupervisionReport period={period} timeZone={clinic.timeZone} />
  ) : (
    <SafetyReport period={period} />
  )
}
