import './patient-import.css'
import { useSearch } from '@tanstack/react-router'
import type { ImportId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { hrefTo, paths } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { mayDo, usePerson } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { EmptyState } from '../../parts/EmptyState.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { ImportList } from './ImportList.tsx'
import { ImportReport } from './ImportReport.tsx'
import { importPath } from './import-path.ts'
import { PreparedList } from './PreparedList.tsx'
import { RunningImport } from './RunningImport.tsx'

/**
 * A list of patients comes in: choose, look through, import, report, review, undo. Which step it is, main says, so that a
 * lock or a reload comes back to it.
 */
export function ImportScreen() {
  const clinic = useClinic()
  const person = usePerson()
  const go = useGo()
  const search: { readonly import?: unknown } = useSearch({ strict: false })
  const { value: standing, refusal } = useQuery('patientImport.standing', {})
  if (!clinic || !person) return null
  if (!mayDo(person, 'demographics.import'))
    return <EmptyState sentence="Your role does not include importing patients." />
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!standing) return <div aria-busy="true" />
  const opened = typeof search.import === 'string' ? (search.import as ImportId) : null
  const { preparation, running } = standing
  const step = running ? 'RUNNING' : opened !== null ? 'REPORT' : preparation ? 'PREPARED' : 'CHOOSE'
  return (
    <div className="import-screen" data-step={step}>
      <PageHeader
        title="Import patients"
        summary={preparation?.fileName}
        action={
          <a href={hrefTo(step === 'REPORT' ? paths.importPatients : paths.patients)} className="import-screen__back">
            {step === 'REPORT' ? 'All imports' : 'Back to the patients'}
          </a>
        }
      />
      {running && (
        <RunningImport
          running={running}
          onEnd={(isDone) => (isDone ? go(importPath(running.importId), { replace: true }) : undefined)}
        />
      )}
      {step === 'REPORT' && opened !== null && (
        <ImportReport
          key={opened}
          importId={opened}
          timeZone={clinic.timeZone}
          mayEdit={mayDo(person, 'demographics.write')}
        />
      )}
      {step === 'PREPARED' && preparation && <PreparedList key={preparation.previewId} preparation={preparation} />}
      {step === 'CHOOSE' && (
        <>
          <ChooseFile />
          <ImportList timeZone={clinic.timeZone} />
        </>
      )}
    </div>
  )
}
