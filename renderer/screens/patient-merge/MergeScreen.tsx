import type { Reauth } from '../../../shared/contract/reauth.ts'
import './patient-merge.css'
import { Button, Textarea } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { MergeSide } from '../../../shared/contract/patient-merge.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, paths, pathTo } from '../../app/paths.ts'
import { usePatientParam } from '../../app/patient-banner/use-patient-param.ts'
import { type Clinic, useClinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { duplicateWords } from '../../parts/duplicate-words.ts'
import { formatBorn, formatDate, formatDateTime, formatNameWithoutPreferred, formatPlural } from '../../parts/format.ts'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Compared = Output<'patientMerge.compare'>

/** Two charts side by side, and what somebody who looked at them decides. */
export function MergeScreen() {
  const clinic = useClinic()
  const patientId = usePatientParam()
  const { keptId } = useParams({ strict: false })
  // The address was written by `pathTo`; main refuses what is no id of a patient.
  const address = { patientId, keptId: (keptId ?? '') as PatientId }
  const { value, refusal } = useQuery('patientMerge.compare', address, {
    dependsOn: ['patientMerge', 'patient', 'visit'],
  })
  if (!clinic) return null
  return (
    <div className="merge-screen">
      <PageHeader title="One person or two?" action={<a href={hrefTo(paths.duplicates)}>All duplicates</a>} />
      {refusal && <RefusalText>{sentenceFor(refusal)}</RefusalText>}
      {value && <Decision key={value.merged.patientId} compared={value} clinic={clinic} />}
    </div>
  )
}

function Decision({ compared, clinic }: { readonly compared: Compared; readonly clinic: Clinic }) {
  const { merged, kept, reasons, problem } = compared
  const go = useGo()
  const [reason, setReason] = useState('')
  const [isSigning, setSigning] = useState(false)
  const merge = useCommand('patientMerge.merge')
  const keepApart = useCommand('patientMerge.keepApart')
  const hasReason = reason.trim() !== ''
  async function keepBothApart() {
    const reply = await keepApart.run({ patientId: merged.patientId, otherId: kept.patientId, reason })
    if (reply.ok) go(paths.duplicates)
  }

  async function mergeBoth(reauth: Reauth) {
    const reply = await merge.run({ patientId: merged.patientId, keptId: kept.patientId, reason, reauth })
    if (reply.ok) go(pathTo.chart(kept.patientId))
  }

  return (
    <>
      <SectionCard title="Side by side" isFlush>
        <table className="merge-table" aria-label="Both charts side by side">
          <colgroup>
            <col className="merge-table__labels" />
            <col />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">Field</span>
              </th>
              <th scope="col">Is merged: {merged.chartNumber}</th>
              <th scope="col">Is kept: {kept.chartNumber}</th>
            </tr>
          </thead>
          <tbody>
            {rowsOf(clinic).map(({ label, read }) => (
              <tr key={label} data-differs={read(merged) !== read(kept)}>
                <th scope="row">{label}</th>
                <td>{read(merged)}</td>
                <td>{read(kept)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </SectionCard>
      {reasons.length > 0 && (
        <p className="text-2">For one person speaks: {reasons.map((one) => duplicateWords[one]).join(', ')}.</p>
      )}
      <SectionCard title="Your decision">
        <div className="merge-decision">
          <p className="text-2">
            A merge moves nothing. Everything signed keeps the name and number it was signed under, {kept.chartNumber}{' '}
            shows both, and the merge can be taken back at any time. Allergies, complications and holds of both count; a
            consent signed under {merged.chartNumber} does not carry a session in {kept.chartNumber}.
          </p>
          {problem && (
            <StateLine state="blocked">
              {sentenceFor({ code: problem.code, facts: { count: problem.count } })}
            </StateLine>
          )}
          <Textarea
            label="Why"
            description="Who asked the patient, which document was seen"
            required
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <RefusalText>{keepApart.refusal ? sentenceFor(keepApart.refusal) : null}</RefusalText>
          <div className="merge-screen__actions">
            <Button onClick={() => go(pathTo.merge(kept.patientId, merged.patientId), { replace: true })}>
              Keep {merged.chartNumber} instead
            </Button>
            <Button disabled={!hasReason || keepApart.isRunning} onClick={() => void keepBothApart()}>
              Two different people
            </Button>
            <Button variant="filled" disabled={!hasReason || problem !== null} onClick={() => setSigning(true)}>
              Same person: merge into {kept.chartNumber}
            </Button>
          </div>
        </div>
      </SectionCard>
      <ReauthDialog
        isOpen={isSigning}
        title={`Merge ${merged.chartNumber} into ${kept.chartNumber}`}
        method="PASSWORD"
        confirmText="Merge"
        refusal={merge.refusal ? sentenceFor(merge.refusal) : null}
        isBusy={merge.isRunning}
        onConfirm={(reauth) => void mergeBoth(reauth)}
        onCancel={() => {
          merge.reset()
          setSigning(false)
        }}
      >
        From now on both are read as one person’s chart, {kept.chartNumber}. It is entered in the audit of both.
      </ReauthDialog>
    </>
  )
}

type Row = { readonly label: string; readonly read: (side: MergeSide) => string }

function rowsOf({ today, timeZone }: { readonly today: CalendarDate; readonly timeZone: string }): readonly Row[] {
  return [
    {
      label: 'Name',
      read: ({ details }) =>
        formatNameWithoutPreferred({
          familyName: details.family,
          givenName: [details.given, details.middle].filter(Boolean).join(' '),
        }),
    },
    {
      label: 'Former names',
      read: ({ details }) =>
        details.formerNames
          .map(({ family, given }) => formatNameWithoutPreferred({ familyName: family, givenName: given }))
          .join('; ') || 'none',
    },
    { label: 'Born', read: ({ details }) => details.bornText ?? formatBorn(details.bornOn, today) },
    { label: 'Phone', read: ({ details }) => details.phones.map(({ number }) => number).join(', ') || 'not known' },
    { label: 'E-mail', read: ({ details }) => details.email ?? 'not known' },
    { label: 'Address', read: ({ details: { address } }) => addressText(address) },
    { label: 'Allergies', read: ({ allergies }) => allergyText(allergies) },
    { label: 'Registered', read: ({ registeredAt }) => formatDateTime(registeredAt, timeZone) },
    {
      label: 'Last visit',
      read: ({ lastVisitOn }) => (lastVisitOn === null ? 'no visit yet' : formatDate(lastVisitOn)),
    },
    { label: 'In the chart', read: ({ contents }) => contentsText(contents) },
    { label: 'Chart is', read: ({ status }) => (status.state === 'ACTIVE' ? 'active' : 'archived') },
  ]
}

function addressText({ line1, line2, postcode, locality, region }: MergeSide['details']['address']): string {
  return [line1, line2, postcode, locality, region].filter(Boolean).join(', ') || 'not known'
}

function allergyText(allergies: MergeSide['allergies']): string {
  if (allergies === null) return 'not shown to your role'
  if (allergies.state === 'LISTED') return allergies.entries.map(({ substance }) => substance).join(', ')
  return allergies.state === 'NOT_ASKED' ? 'not asked' : 'none known'
}

const contentWords = {
  visits: 'visit',
  screenings: 'questionnaire',
  consents: 'consent',
  orders: 'order',
  sessions: 'session',
  complications: 'complication',
  photos: 'photo',
} as const

function contentsText(contents: MergeSide['contents']): string {
  const kinds = Object.keys(contentWords) as (keyof typeof contentWords)[]
  const filled = kinds.filter((kind) => contents[kind] > 0)
  return filled.map((kind) => formatPlural(contents[kind], contentWords[kind])).join(', ') || 'nothing yet'
}
