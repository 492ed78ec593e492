import './SignInScreen.css'
import { Progress } from '@mantine/core'
import { OutsideFrame } from '../../app/OutsideFrame.tsx'

type CheckingScreenProps = {
  /** Tables read so far. */
  readonly done: number
  readonly total: number | null
}

/** After a power cut or a crash: the records are read once before anybody signs in. */
export function CheckingScreen({ done, total }: CheckingScreenProps) {
  const percent = total === null || total === 0 ? 0 : Math.round((100 * done) / total)
  return (
    <OutsideFrame name="Countersign" line="Clinic records, encrypted">
      <div className="sign-in__title">
        <h1 className="title-20">Checking the records</h1>
        <p className="text-2">
          Countersign was not closed last time: the computer went off or the program was ended. Everything that was
          saved is in the records; they are read once now, which takes a few seconds.
        </p>
      </div>
      <Progress value={percent} aria-label="Check of the records" />
      <p className="text-12 text-3" role="status">
        {total === null ? 'Beginning' : `${done} of ${total} parts read`}
      </p>
    </OutsideFrame>
  )
}
