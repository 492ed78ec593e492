import './backup.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDateTime } from '../../parts/format.ts'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** After a restore: the records that it replaced are still here. */
export function WayBackCard({ timeZone }: { readonly timeZone: string }) {
  const { value } = useQuery('restore.list', { folder: null }, { dependsOn: ['backup'] })
  const goBack = useCommand('restore.goBack')
  const [isAsking, setAsking] = useState(false)
  if (!value?.wayBack) return null
  const { at, kind, copyMadeAt } = value.wayBack
  return (
    <SectionCard title={kind === 'GO_BACK' ? 'The restore was taken back' : 'These records were restored'}>
      <div className="backup-part">
        <p className="text-2">
          {kind === 'SALVAGE'
            ? `On ${formatDateTime(at, timeZone)}, from what could still be read of damaged records.`
            : kind === 'GO_BACK' || copyMadeAt === null
              ? `On ${formatDateTime(at, timeZone)} the records from before the restore were brought back.`
              : `On ${formatDateTime(at, timeZone)}, from the copy of ${formatDateTime(copyMadeAt, timeZone)}.`}{' '}
          What they replaced lies whole beside them.
        </p>
        <div className="backup-part__foot">
          <Button onClick={() => setAsking(true)}>Go back to what was there before</Button>
        </div>
      </div>
      <ReauthDialog
        isOpen={isAsking}
        title="Go back to what was there before"
        method="PASSWORD"
        confirmText="Go back"
        refusal={goBack.refusal ? sentenceFor(goBack.refusal) : null}
        isBusy={goBack.isRunning}
        onConfirm={(reauth) => {
          void goBack.run({ reauth }).then((reply) => {
            if (reply.ok) forgetEverything()
          })
        }}
        onCancel={() => {
          setAsking(false)
          goBack.reset()
        }}
      >
        The records of now are kept beside those that come back. Everybody is signed out.
      </ReauthDialog>
    </SectionCard>
  )
}
