import { useState } from 'react'
import { PlanCard } from '../../app/backup/PlanCard.tsx'
import { ProofCard } from '../../app/backup/ProofCard.tsx'
import { RestorePart } from '../../app/backup/RestorePart.tsx'
import { WayBackCard } from '../../app/backup/WayBackCard.tsx'
import { CopyMaker } from '../../app/copies/CopyMaker.tsx'
import { useClinic } from '../../app/use-clinic.ts'
import { useQuery } from '../../client/use-query.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatCount, formatDateTime, formatHash } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateTag } from '../../parts/StateTag.tsx'

/** Copies of the records: make one, where they go by themselves, what the last one held, and the way back from one. */
export function CopiesPart() {
  const { value } = useQuery('backup.state', {})
  const clinic = useClinic()
  const [isRestoring, setRestoring] = useState(false)
  if (!value || !clinic) return null
  if (isRestoring) return <RestorePart onBack={() => setRestoring(false)} />
  const { timeZone } = clinic
  return (
    <div className="clinic-columns">
      <div className="clinic-part">
        <WayBackCard timeZone={timeZone} />
        <SectionCard title="Make a copy">
          <CopyMaker />
        </SectionCard>
        <PlanCard key={`${value.plan.first}|${value.plan.second}`} state={value} timeZone={timeZone} />
      </div>
      <div className="clinic-part">
        <SectionCard title="Last verified copy" aside={<StandingTag standing={value.standing} />}>
          {value.last === null ? (
            <p>No copy has been made yet. If this computer fails, its records are gone with it.</p>
          ) : (
            <FactList
              labelWidth={140}
              facts={[
                { label: 'Made', value: formatDateTime(value.last.at, timeZone) },
                { label: 'Folder', value: <span className="mono">{value.last.folder}</span> },
                { label: 'Patients', value: formatCount(value.last.patients) },
                { label: 'Audit rows', value: formatCount(value.last.auditRows) },
                { label: 'Photos, documents', value: filesText(value.last.files, value.last.missingFiles) },
                { label: 'Signatures re-hashed', value: formatCount(value.last.signaturesChecked) },
                { label: 'Size', value: `${formatCount(Math.round(value.last.bytes / 1024))} kB` },
                { label: 'Hash', value: <span className="mono">{formatHash(value.last.sha256)}</span> },
              ]}
            />
          )}
        </SectionCard>
        <ProofCard proven={value.proven} timeZone={timeZone} onRestore={() => setRestoring(true)} />
        <SectionCard title="What a verified copy is">
          <p className="text-2">
            The copy is encrypted like the records. It is opened again with the key, checked page by page and reference
            by reference, and only then gets its name; until then it does not count, and older copies stay as they are.
            The file keyring.json beside it is needed to open it, together with the recovery code or the passphrase of
            this clinic.
          </p>
        </SectionCard>
      </div>
    </div>
  )
}

function filesText(files: number, missing: number): string {
  return missing === 0 ? formatCount(files) : `${formatCount(files)}, ${formatCount(missing)} missing in the records`
}

function StandingTag({ standing }: { readonly standing: 'NEVER' | 'DONE' | 'LATE' }) {
  if (standing === 'NEVER') return <StateTag state="missing">No copy yet</StateTag>
  if (standing === 'LATE') return <StateTag state="warning">Older than two days</StateTag>
  return <StateTag state="checked">Verified</StateTag>
}
