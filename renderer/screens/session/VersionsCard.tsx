import { fieldName as pointedField } from '../../app/addenda/field-words.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { type DiffRow, DiffTable } from '../../parts/DiffTable.tsx'
import { formatDate, formatDateTime, formatHash, formatMmUnit, formatPlural } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import type { OpenSession } from './desk-context.ts'
import { fieldName } from './field-names.ts'
import { versionWords } from './session-words.ts'

type Version = Output<'session.open'>['versions'][number]
type Change = NonNullable<Version['changes']>[number]

/** Every version ever kept, newest first, and what each submission changed. */
export function VersionsCard({ opened, clinic }: { readonly opened: OpenSession; readonly clinic: Clinic }) {
  const versions = [...opened.versions].reverse()
  return (
    <SectionCard title="Versions" note={formatPlural(opened.versions.length, 'version')}>
      <ul className="session-versions">
        {versions.map((version) => (
          <li key={version.versionId}>
            <p>
              <strong>Version {version.number}</strong> {versionWords[version.reason] ?? version.reason}
              <span className="text-2">
                {' '}
                {formatDateTime(version.madeAt, clinic.timeZone)}
                {version.madeBy ? `, ${version.madeBy.printedName}` : ''}
              </span>{' '}
              <span className="mono text-3">{formatHash(version.sha256)}</span>
            </p>
            {!version.isIntact && <StateLine state="blocked">Its bytes were changed outside this program.</StateLine>}
            <Answers opened={opened} version={version} />
            {version.changes !== null && (
              <Changes changes={version.changes} opened={opened} clinic={clinic} number={version.number} />
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

/** The physician's points that this version answers. */
function Answers({ opened, version }: { readonly opened: OpenSession; readonly version: Version }) {
  const sent = opened.returns.find(({ versionId }) => versionId === version.versionId)
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
                <strong>{pointedField(path)}</strong>: {text}
              </span>
              {reply && <span className="text-2">Answer: {reply.reply}</span>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

type ChangesProps = {
  readonly changes: readonly Change[]
  readonly opened: OpenSession
  readonly clinic: Clinic
  readonly number: number
}

function Changes({ changes, opened, clinic, number }: ChangesProps) {
  const { record } = opened
  if (changes.length === 0 || !record) return <p className="text-2">Nothing in it changed.</p>
  const rows = changes.map(
    (change): DiffRow => ({
      id: change.path,
      field: fieldName(change.path, record.body),
      before: valueText(change.path, change.before, clinic),
      after: valueText(change.path, change.after, clinic),
      note: null,
      tone: 'plain',
    }),
  )
  return <DiffTable label={`What version ${number} changed`} beforeHeading="Before" afterHeading="After" rows={rows} />
}

/** A value as a person reads it: depths in mm, times by the clinic's clock, codes as words. */
function valueText(path: string, value: Change['before'], { timeZone }: Clinic): string {
  if (value === null || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return path.endsWith('Um') ? formatMmUnit(value) : String(value)
  if (/^\d{4}-\d{2}-\d{2}T/u.test(value)) return formatDateTime(value, timeZone)
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return formatDate(value)
  if (/^[A-Z]+(?:_[A-Z]+)+$/u.test(value) || /^[A-Z]{4,}$/u.test(value)) return value.toLowerCase().replaceAll('_', ' ')
  return value
}
