import type { Output } from '../../client/client.ts'
import { formatCount, formatDateTime, formatPlural } from '../../parts/format.ts'
import { StateTag } from '../../parts/StateTag.tsx'

type Copy = Output<'restore.list'>['copies'][number]

/** Copies to choose from, with what each says of itself. */
export function CopyList({
  copies,
  timeZone,
  chosen,
  onChoose,
}: {
  readonly copies: readonly Copy[]
  readonly timeZone: string
  readonly chosen: string | null
  readonly onChoose: (folder: string) => void
}) {
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend className="text-12 text-2">Copies, the newest first</legend>
      <ul className="backup-list" aria-label="Copies">
        {copies.map((copy) => (
          <li key={copy.folder}>
            <label>
              <input type="radio" name="copy" checked={copy.folder === chosen} onChange={() => onChoose(copy.folder)} />
              <span className="backup-list__what">
                <strong>{copy.about ? formatDateTime(copy.about.madeAt, timeZone) : copy.name}</strong>
                <span className="text-12 text-2">{describe(copy)}</span>
                <span className="text-12 text-3 mono">{copy.folder}</span>
              </span>
              <StandingTag standing={copy.standing} />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

const reasonTexts = {
  DEMAND: 'made by hand',
  DAILY: 'made at midday',
  CLOSE: 'made at the close',
  BEFORE_MIGRATION: 'made before an update',
  BEFORE_RESTORE: 'made before a restore',
} as const

function describe({ about }: Copy): string {
  if (!about) return 'Says nothing of itself that can be read'
  return [
    reasonTexts[about.reason],
    formatPlural(about.patients, 'patient'),
    formatPlural(about.sessions, 'session'),
    formatPlural(about.signatures, 'signature'),
    `${formatCount(Math.round(about.bytes / 1024))} kB`,
  ].join(', ')
}

function StandingTag({ standing }: { readonly standing: Copy['standing'] }) {
  if (standing === 'VERIFIED') return <StateTag state="checked">Verified</StateTag>
  if (standing === 'UNKNOWN') return <StateTag state="draft">Not opened yet</StateTag>
  if (standing === 'NOT_OURS') return <StateTag state="warning">Not of these records</StateTag>
  return <StateTag state="missing">No manifest</StateTag>
}
