import { Button } from '@mantine/core'
import { useState } from 'react'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { actionSentence } from '../../parts/audit-sentences.ts'
import { formatCount, formatDateTime, formatPlural } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

const whatTexts = {
  patient: 'Patients',
  session: 'Sessions',
  screening: 'Screenings',
  consent: 'Consents',
  photo: 'Photos',
  record_version: 'Versions of records',
  signature: 'Signatures',
  audit_entry: 'Audit rows',
} as const

/** What the checked copy lacks, before anything is replaced. */
export function LostPreview({ timeZone }: { readonly timeZone: string }) {
  const { value, refusal } = useQuery('restore.preview', {}, { dependsOn: ['restore'] })
  const apply = useCommand('restore.apply')
  const [isAsking, setAsking] = useState(false)
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  return (
    <SectionCard title={`Copy of ${formatDateTime(value.madeAt, timeZone)}, proved`}>
      <div className="backup-part">
        <p className="text-2">
          {formatPlural(value.auditRows, 'audit row')},{' '}
          {formatPlural(value.files, 'photo or document', 'photos and documents')} and{' '}
          {formatPlural(value.signaturesChecked, 'signature')} were proved in it.
        </p>
        <p>
          <strong>{lossSentence(value.relation, value.lostRows)}</strong>
        </p>
        <table className="backup-lost">
          <thead>
            <tr>
              <th scope="col">Rows</th>
              <th scope="col">Now</th>
              <th scope="col">In the copy</th>
              <th scope="col">Lost</th>
            </tr>
          </thead>
          <tbody>
            {value.differences.map(({ what, now, inCopy }) => (
              <tr key={what}>
                <th scope="row">{whatTexts[what]}</th>
                <td>{now === null ? 'unknown' : formatCount(now)}</td>
                <td>{formatCount(inCopy)}</td>
                <td>{now === null ? 'unknown' : formatCount(Math.max(0, now - inCopy))}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {value.lost.length > 0 && (
          <ul
            className="backup-lost__rows text-12"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard.
            tabIndex={0}
            aria-label="Recorded after this copy, the newest first"
          >
            {value.lost.map((row) => (
              <li key={row.seq}>
                <span className="text-3">{formatDateTime(row.at, timeZone)}</span>
                <span>{actionSentence(row.action, row.actorName)}</span>
              </li>
            ))}
          </ul>
        )}
        <p className="text-12 text-2">
          {value.safetyCopy === null
            ? 'The records as they are could not be copied. They are kept whole beside the restored ones all the same.'
            : 'The records as they are were copied a moment ago, and are kept beside the restored ones as well.'}
        </p>
        <div className="backup-part__foot">
          <Button variant="filled" color="red" onClick={() => setAsking(true)}>
            Replace the records with this copy
          </Button>
        </div>
      </div>
      <ReauthDialog
        isOpen={isAsking}
        title="Replace the records with this copy"
        method="PASSWORD"
        confirmText="Replace the records"
        refusal={apply.refusal ? sentenceFor(apply.refusal) : null}
        isBusy={apply.isRunning}
        onConfirm={(reauth) => {
          void apply.run({ reauth }).then((reply) => {
            if (reply.ok) forgetEverything()
          })
        }}
        onCancel={() => {
          setAsking(false)
          apply.reset()
        }}
      >
        {lossSentence(value.relation, value.lostRows)} Everybody is signed out. The records of now are kept.
      </ReauthDialog>
    </SectionCard>
  )
}

function lossSentence(relation: 'SAME' | 'EARLIER' | 'OTHER_LINE', lostRows: number): string {
  if (relation === 'SAME') return 'Nothing was recorded after this copy.'
  const rows = formatPlural(lostRows, 'entry', 'entries')
  if (relation === 'EARLIER') return `${rows} of the audit came after this copy and would be lost.`
  return `This copy is of another line: a restore lies between it and the records. ${rows} of the audit would be lost.`
}
