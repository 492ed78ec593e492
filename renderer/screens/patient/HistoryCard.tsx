import { Button } from '@mantine/core'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useQuery } from '../../client/use-query.ts'
import { FieldDiff } from '../../parts/DiffTable.tsx'
import { formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { fieldText, fieldWords, versionWord } from './patient-words.ts'

/** Every version of the page with what changed. Reading it is audited, so it is asked for. */
export function HistoryCard({ patientId, timeZone }: { readonly patientId: PatientId; readonly timeZone: string }) {
  const [isShown, setShown] = useState(false)
  const { value, refusal } = useQuery('patient.history', { patientId }, { isEnabled: isShown })
  return (
    <SectionCard title="History">
      {!isShown && (
        <Button size="xs" onClick={() => setShown(true)}>
          Show what changed
        </Button>
      )}
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {isShown && value && (
        <ol className="history-list">
          {value.versions.map((version, index) => {
            const before = value.versions[index + 1]
            return (
              <li key={version.number}>
                <h3>{versionWord(version.reason)}</h3>
                <p className="text-12 text-2">
                  {formatDateTime(version.madeAt, timeZone)}
                  {version.madeBy !== null && `, ${version.madeBy}`}
                </p>
                {!version.isIntact && <StateLine state="blocked">Changed outside the program</StateLine>}
                {before &&
                  version.changed.map((field) => (
                    <FieldDiff
                      key={field}
                      label={fieldWords[field]}
                      before={fieldText(field, before.facts)}
                      after={fieldText(field, version.facts)}
                    />
                  ))}
              </li>
            )
          })}
        </ol>
      )}
    </SectionCard>
  )
}
