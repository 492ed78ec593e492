import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Whether the file of the camera is kept beside the picture of the chart. */
export function PhotoFilesCard({ mayWrite }: { readonly mayWrite: boolean }) {
  const { value, refusal } = useQuery('photo.settings', {}, { dependsOn: ['photo'] })
  const setSettings = useCommand('photo.setSettings')
  if (refusal && !value) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return null
  return (
    <SectionCard title="Photo files">
      <div className="clinic-form">
        <SegmentedChoice
          label="The camera’s own file"
          segments={[
            { value: 'discard', label: 'Discard' },
            { value: 'keep', label: 'Keep beside the photo' },
          ]}
          value={value.keepsOriginals ? 'keep' : 'discard'}
          isDisabled={!mayWrite || setSettings.isRunning}
          onChange={(next) => void setSettings.run({ keepsOriginals: next === 'keep' })}
        />
        <p className="text-12 text-2">
          The photo in the chart has at most 2,048 pixels on its long side and no notes of place, camera or time. The
          camera’s own file still has them; kept, it lies sealed in the store. Photos kept before stay as they are.
        </p>
        <RefusalText>{setSettings.refusal ? sentenceFor(setSettings.refusal) : null}</RefusalText>
      </div>
    </SectionCard>
  )
}
