import { Button } from '@mantine/core'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'
import { forgetEverything } from '../../client/ClientProvider.tsx'

/** The program behind this window does not answer; what was saved is saved. */
export function UnreachableScreen() {
  return (
    <OutsideFrame name="Countersign">
      <div role="alert">
        <h1 className="title-20">Countersign does not answer</h1>
        <p className="text-2">
          This window is open, but the program behind it has ended or is busy. Everything that was saved is safe; what
          was being typed is kept as a draft up to its last second.
        </p>
      </div>
      <p>Start Countersign again, then try from here.</p>
      <Button variant="filled" size="md" onClick={forgetEverything}>
        Try again
      </Button>
    </OutsideFrame>
  )
}
