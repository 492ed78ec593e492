import { forgetEverything } from '../../client/ClientProvider.tsx'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { formatRoles } from '../../parts/role-text.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** The invented people of the sample clinic; a click is enough, since nothing here is anybody's. */
export function SamplePeople({
  people,
  current,
}: {
  readonly people: Output<'signIn.people'>['sample']
  /** Who locked the window: first in the list. */
  readonly current: string | null
}) {
  const enter = useCommand('signIn.asSample')

  async function signInAs(staffId: (typeof people)[number]['staffId']) {
    const reply = await enter.run({ staffId })
    if (reply.ok) forgetEverything()
  }

  const ordered = [...people].sort((a, b) => Number(b.staffId === current) - Number(a.staffId === current))
  return (
    <div className="sign-in">
      <div className="sign-in__people">
        {ordered.map((person) => (
          <button
            key={person.staffId}
            type="button"
            disabled={enter.isRunning}
            onClick={() => void signInAs(person.staffId)}
          >
            <strong>{person.printedName}</strong>
            <span>{[...new Set([person.credential, formatRoles(person.roles)])].filter(Boolean).join(' · ')}</span>
          </button>
        ))}
      </div>
      <RefusalText>{enter.refusal ? sentenceFor(enter.refusal) : null}</RefusalText>
    </div>
  )
}
