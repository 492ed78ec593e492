import { pathOf } from '../../../shared/domain/field-pointer.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { formatDateTime, formatHash, formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import type { OpenSession } from './desk-context.ts'
import { fieldName } from './field-names.ts'
import { versionWords } from './session-words.ts'

type Version = Output<'session.open'>['versions'][number]

/** Every version ever kept, newest first, what each submission changed, and the steps before the first one. */
export function VersionsCard({ opened, clinic }: { readonly opened: OpenSession; readonly clinic: Clinic }) {
  const versions = [...opened.versions].reverse()
  const submitted = versions.filter(({ kind }) => kind === 'SUBMISSION').length
  return (
    <SectionCard title="Versions" note={formatPlural(submitted, 'submitted version')}>
      <ul className="session-versions">
        {versions.map((version) => (
          <li key={version.versionId}>
            <p>
              <strong>
                {version.number === null ? '' : `Version ${version.number}, `}
                {versionWord(version)}
              </strong>
              <span className="text-2">
                {', '}
                {formatDateTime(version.madeAt, clinic.timeZone)}
                {version.madeBy ? `, ${version.madeBy.printedName}` : ''}
              </span>{' '}
              <span className="mono text-3">{formatHash(version.sha256)}</span>
            </p>
            {!version.isIntact && <StateLine state="blocked">Its bytes were changed outside this program.</StateLine>}
            <Answers opened={opened} version={version} />
            {version.changes !== null && opened.record && (
              <ChangeTable
                label={`What version ${version.number} changed`}
                changes={version.changes}
                draft={opened.record.body}
                clinic={clinic}
              />
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

/** The physician's points that this version answers. */
function Answers({
  opened: { returns, record },
  version,
}: {
  readonly opened: OpenSession
  readonly version: Version
}) {
  const sent = returns.find(({ versionId }) => versionId === version.versionId)
  if (!sent) return null
  return (
    <div className="session-said">
      <span>
        Returned by {sent.returnedBy.printedName}: {sent.reason}
      </span>
      <ul className="session-warnings">
        {sent.pointers.map(({ path, text }) => {
          const reply = sent.replies.find((one) => one.path === path)
          return (
            <li key={path}>
              <span>
                <strong>{record ? fieldName(pathOf(path), record.body) : ''}</strong>: {text}
              </span>
              {reply && <span className="text-2">Answer: {reply.reply}</span>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function versionWord({ reason, number }: Version): string {
  const words = versionWords[reason] ?? reason
  return number === null ? words : words.toLowerCase()
}
