import { useState } from 'react'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { PinField } from '../../parts/PinField.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { formatRoles } from '../../parts/role-text.ts'
import { sentenceFor } from '../../refusals/index.ts'

type SignedInPerson = Output<'signIn.people'>['parked'][number]

/** People whose sign-in is kept on this computer: choose one, type six digits, and the sixth lets in. */
export function PinForm({
  people,
  first,
}: {
  readonly people: readonly SignedInPerson[]
  readonly first: SignedInPerson | null
}) {
  const [chosen, choose] = useState(first)
  const [pin, setPin] = useState('')
  const unlock = useCommand('signIn.withPin')

  async function tryPin(complete: string) {
    if (!chosen || unlock.isRunning) return
    const reply = await unlock.run({ staffId: chosen.staffId, pin: complete })
    setPin('')
    if (reply.ok) forgetEverything()
  }

  if (!chosen) return <p>Nobody is signed in on this computer. Use your name and password.</p>
  const others = people.filter((person) => person.staffId !== chosen.staffId)
  return (
    <div className="sign-in" aria-busy={unlock.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (pin.length === 6) void tryPin(pin)
        }}
      >
        <div className="sign-in__people">
          {[chosen, ...others]
            .sort((a, b) => a.printedName.localeCompare(b.printedName))
            .map((person) => (
              <button
                key={person.staffId}
                type="button"
                aria-pressed={person.staffId === chosen.staffId}
                onClick={() => {
                  choose(person)
                  setPin('')
                  unlock.reset()
                }}
              >
                <strong>{person.printedName}</strong>
                <span>{formatRoles(person.roles)}</span>
              </button>
            ))}
        </div>
        <PinField
          key={chosen.staffId}
          label={`PIN of ${chosen.printedName}`}
          value={pin}
          onChange={setPin}
          onComplete={(complete) => void tryPin(complete)}
          isFocused
        />
        <RefusalText>{unlock.refusal ? sentenceFor(unlock.refusal) : null}</RefusalText>
      </form>
    </div>
  )
}
