import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatPlural } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** From how many days before its end a date is shown as ending soon; the manager changes it. */
export function ExpirySetting({ mayChange }: { readonly mayChange: boolean }) {
  const { value } = useQuery('stock.settings', {})
  const save = useCommand('stock.setSettings')
  const [days, setDays] = useState<number | null>(null)
  if (!value) return null
  const { expirySoonDays } = value
  if (days === null)
    return (
      <p className="expiry-setting text-12 text-2">
        Shown as ending soon {formatPlural(expirySoonDays, 'day')} before.
        {mayChange && (
          <Button size="compact-sm" variant="subtle" onClick={() => setDays(expirySoonDays)}>
            Change
          </Button>
        )}
      </p>
    )
  return (
    <form
      className="expiry-setting"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run({ expirySoonDays: days }).then((reply) => reply.ok && setDays(null))
      }}
    >
      <NumberInput
        label="Ending soon, days before"
        min={1}
        max={365}
        allowDecimal={false}
        hideControls
        data-autofocus
        value={days}
        onChange={(next) => setDays(typeof next === 'number' ? next : days)}
      />
      <Button type="submit" variant="filled" disabled={save.isRunning}>
        Save
      </Button>
      <Button onClick={() => setDays(null)}>Cancel</Button>
      <RefusalText>{save.refusal ? sentenceFor(save.refusal) : null}</RefusalText>
    </form>
  )
}
