import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatName, formatPlural } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type QueuedSession, sessionOf } from './sign-off-words.ts'

const yesNo = [
  { value: 'YES', label: 'Yes, each of them' },
  { value: 'NO', label: 'No' },
] as const

const whyNot: Readonly<Record<string, string>> = {
  BATCH_DEVIATION: 'has a deviation',
  BATCH_COMPLICATION: 'has a complication or red flag',
  BATCH_WARNING: 'has a warning',
  BATCH_NOT_OPENED: 'was not opened since it was submitted',
  STALE_VERSION: 'changed meanwhile',
  SESSION_MOVE_NOT_ALLOWED: 'does not wait any more',
  TAKEOVER_REASON_MISSING: 'is supervised by another physician',
  RECORD_DAMAGED: 'is damaged',
  OWN_SESSION: 'is your own',
}

/** One proof of identity over a list of names; all are signed or none. */
export function BatchDialog({
  isOpen,
  entries,
  method,
  onDone,
  onCancel,
}: {
  readonly isOpen: boolean
  readonly entries: readonly QueuedSession[]
  readonly method: Reauth['method']
  readonly onDone: () => void
  readonly onCancel: () => void
}) {
  const { run, isRunning, refusal, reset } = useCommand('signOff.signBatch')
  const [patientSeen, setPatientSeen] = useState<'YES' | 'NO'>('NO')
  const refused = refusal?.code === 'BATCH_REFUSED' ? readRefused(refusal.facts?.['records'] ?? []) : new Map()

  async function sign(reauth: Reauth) {
    const records = entries.map(({ patient, sessionId, versionId, sha256 }) => ({
      patientId: patient.patientId,
      sessionId,
      seenVersionId: versionId,
      seenSha256: sha256,
    }))
    const reply = await run({ records, patientSeen: patientSeen === 'YES', reauth })
    if (reply.ok) onDone()
  }

  return (
    <ReauthDialog
      isOpen={isOpen}
      title={`Sign ${formatPlural(entries.length, 'record')}`}
      records={entries.map((entry) => {
        const why = refused.get(entry.sessionId)
        return {
          id: entry.sessionId,
          text: `${formatName(entry.patient)}, ${entry.patient.chartNumber}, session ${sessionOf(entry)}, ${entry.author.printedName}${why ? `: ${whyNot[why] ?? why}` : ''}`,
        }
      })}
      method={method}
      confirmText={`Sign ${formatPlural(entries.length, 'record')}`}
      refusal={refusal && sentenceFor(refusal)}
      isBusy={isRunning}
      onConfirm={(reauth) => void sign(reauth)}
      onCancel={() => {
        reset()
        onCancel()
      }}
    >
      <p>
        Reviewed and approved, each in the version you opened, with the supervision recorded in it. The next session
        proceeds as planned.
      </p>
      <SegmentedChoice
        label="Patients seen by me"
        labelPlace="beside"
        segments={yesNo}
        value={patientSeen}
        onChange={setPatientSeen}
      />
    </ReauthDialog>
  )
}

function readRefused(records: unknown): ReadonlyMap<string, string> {
  const lines = Array.isArray(records) ? records.map(String) : []
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', line.split(' ')[1] ?? '']))
}
