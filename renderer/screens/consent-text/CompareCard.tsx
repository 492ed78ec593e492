import '../../parts/text-editor.css'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { compareTemplateVersions } from '../../../shared/domain/consent/template-version.ts'
import type { Output } from '../../client/client.ts'
import { useQuery } from '../../client/use-query.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SectionDiffs } from './SectionDiffs.tsx'

type Shown = Output<'consent.template'>
type Version = Pick<Shown, 'templateId' | 'major' | 'minor'>

export type CompareCardProps = {
  readonly shown: Shown
  /** The other versions of the same text, newest first. */
  readonly others: readonly Version[]
}

/** The version on the screen beside another one of the same text, the older one always on the left. */
export function CompareCard({ shown, others }: CompareCardProps) {
  const [chosen, choose] = useState<string | null>(null)
  const other = others.find((version) => nameOf(version) === chosen) ?? null
  return (
    <SectionCard
      title="Changes"
      aside={
        <Select
          aria-label="Compare with version"
          placeholder="Compare with …"
          size="xs"
          clearable
          data={others.map((version) => ({ value: nameOf(version), label: `Version ${nameOf(version)}` }))}
          value={chosen}
          onChange={choose}
        />
      }
    >
      {other ? (
        <Changes shown={shown} other={other} />
      ) : (
        <p className="text-2">Choose another version to see what differs, word by word.</p>
      )}
    </SectionCard>
  )
}

function Changes({ shown, other }: { readonly shown: Shown; readonly other: Version }) {
  const { templateId, major, minor } = other
  const { value } = useQuery('consent.template', { templateId, major, minor })
  if (!value) return null
  const [before, after] = compareTemplateVersions(value, shown) < 0 ? [value, shown] : [shown, value]
  return (
    <>
      <p className="text-2">
        From version {nameOf(before)} to {nameOf(after)}
      </p>
      <SectionDiffs before={before.sections} after={after.sections} />
    </>
  )
}

function nameOf({ major, minor }: Version): string {
  return `${major}.${minor}`
}
