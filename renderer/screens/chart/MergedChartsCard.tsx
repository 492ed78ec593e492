import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { MergeLink } from '../../../shared/contract/patient-merge.ts'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { usePatientBanner } from '../../app/patient-banner/PatientFrame.tsx'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatBorn, formatDateTime, formatNameWithoutPreferred } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type CardProps = { readonly patientId: PatientId; readonly person: Person }

/** The other charts of this person: under which name and number what was signed there stands, and the way back. */
export function MergedChartsCard(props: CardProps) {
  const { merged } = usePatientBanner()
  return merged.length === 0 ? null : <MergedCharts {...props} />
}

function MergedCharts({ patientId, person }: CardProps) {
  const clinic = useClinic()
  const [leaving, setLeaving] = useState<MergeLink | null>(null)
  const { value } = useQuery('patientMerge.history', { patientId }, { dependsOn: ['patientMerge'] })
  if (!clinic || !value) return null
  const standing = value.links.filter(({ ended }) => ended === null)
  return (
    <SectionCard title="Merged charts" aside={<span>{standing.length}</span>} isFlush>
      <ul className="chart-rows chart-rows--merged">
        {standing.map((link) => (
          <li key={link.linkId}>
            <div>
              <strong>
                {formatNameWithoutPreferred({ familyName: link.merged.family, givenName: link.merged.given })}
              </strong>{' '}
              <span className="mono">{link.merged.chartNumber}</span>
              <p className="text-12 text-2">Born {formatBorn(link.merged.bornOn, clinic.today)}</p>
              {mayDo(person, 'chart.read') && (
                <p className="text-12">
                  <a href={hrefTo(pathTo.photos(link.merged.patientId))}>Photos there</a>
                  {', '}
                  <a href={hrefTo(pathTo.plan(link.merged.patientId))}>courses and orders there</a>
                </p>
              )}
              <p className="text-12 text-2">
                Merged {formatDateTime(link.mergedAt, clinic.timeZone)}
                {link.mergedBy !== null && ` by ${link.mergedBy}`}: {link.reason}
              </p>
            </div>
            {mayDo(person, 'patient.merge') && (
              <Button size="xs" onClick={() => setLeaving(link)} aria-label={`Take apart ${link.merged.chartNumber}`}>
                Take apart
              </Button>
            )}
          </li>
        ))}
      </ul>
      {leaving && <UnmergeDialog link={leaving} onClose={() => setLeaving(null)} />}
    </SectionCard>
  )
}

function UnmergeDialog({ link, onClose }: { readonly link: MergeLink; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const unmerge = useCommand('patientMerge.unmerge')

  async function takeApart(reauth: Reauth) {
    const { linkId, merged } = link
    const reply = await unmerge.run({ patientId: merged.patientId, linkId, reason, reauth })
    if (reply.ok) onClose()
  }

  return (
    <ReauthDialog
      isOpen
      title={`Take ${link.merged.chartNumber} and ${link.kept.chartNumber} apart`}
      method="PASSWORD"
      confirmText="Take apart"
      refusal={unmerge.refusal ? sentenceFor(unmerge.refusal) : null}
      isBusy={unmerge.isRunning}
      isReady={reason.trim() !== ''}
      onConfirm={(reauth) => void takeApart(reauth)}
      onCancel={onClose}
    >
      <p>
        Both charts are again as they were. What was written since the merge stays in {link.kept.chartNumber}; look
        whether it is the right person’s.
      </p>
      <Textarea
        label="Why they are two people"
        required
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ReauthDialog>
  )
}
