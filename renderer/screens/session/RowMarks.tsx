import { Button } from '@mantine/core'
import type { CopySource, RowAim } from '../../../shared/domain/session.ts'
import { directionsText } from '../../parts/DirectionToggles.tsx'
import { formatDate } from '../../parts/format.ts'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field } from './Fields.tsx'
import { endpointWords, techniqueWords } from './session-words.ts'
import type { WorkRow } from './zone-rows.ts'

/** Says that depth and technique were copied, until a person changes one of them or says that they are right. */
export function CopiedMark({
  path,
  row,
  onConfirm,
}: {
  readonly path: string
  readonly row: WorkRow
  readonly onConfirm: () => void
}) {
  const { opened, isStarted } = useSessionWork()
  if (!row.copiedFrom) return null
  return (
    <Field path={`${path}.copiedFrom`}>
      <p className="session-copied">
        <StateGlyph state="missing" label={null} size={14} />
        <span>
          {isStarted ? 'Depth and technique' : 'Depth'} copied from{' '}
          {sourceWords(row.copiedFrom, opened.last?.performedOn)}
        </span>
        <Button size="xs" onClick={onConfirm}>
          {isStarted ? 'This is what was done' : 'This is right'}
        </Button>
      </p>
    </Field>
  )
}

function sourceWords(source: CopySource, performedOn: string | undefined): string {
  if (source === 'PRESET') return 'a preset'
  return performedOn ? `the session of ${formatDate(performedOn)}` : 'the last session'
}

/** What was meant for this zone: beside the fields, never in them. */
export function AimLine({ aim }: { readonly aim: RowAim | null | undefined }) {
  const words = aim ? aimWords(aim) : []
  if (words.length === 0) return null
  return <p className="session-aim">Meant: {words.join(' · ')}</p>
}

function aimWords({ technique, passes, endpoint, speed }: RowAim): readonly string[] {
  return [
    ...(technique ? [techniqueWords[technique].toLowerCase()] : []),
    ...(passes.length > 0
      ? [
          `${passes.length === 1 ? '1 pass' : `${passes.length} passes`} ${directionsText(passes.map((directions) => ({ directions })))}`,
        ]
      : []),
    ...(endpoint ? [`to ${endpointWords[endpoint].toLowerCase()}`] : []),
    ...(speed === null ? [] : [`speed ${speed}`]),
  ]
}
