import { Button } from '@mantine/core'
import { IconDeviceTablet } from '@tabler/icons-react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { useClinic } from '../../app/use-clinic.ts'
import { useHandOver } from '../../app/use-hand-over.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type Standing = Output<'screening.standing'>

export type UnsignedCardProps = {
  readonly patientId: PatientId
  readonly unsigned: Standing['unsigned']
  readonly needed: Standing['needed']
  /** Clinical staff may give up a form that nobody signed. */
  readonly mayDiscard: boolean
}

/** How far the patient is, and the button that puts the form into their hands. */
export function UnsignedCard({ patientId, unsigned, needed, mayDiscard }: UnsignedCardProps) {
  const handOver = useHandOver()
  const discard = useCommand('screening.discard')
  const go = useGo()
  const clinic = useClinic()
  const refusal = handOver.refusal ?? discard.refusal

  async function giveUp() {
    if (!unsigned) return
    const reply = await discard.run({ patientId, screeningId: unsigned.screeningId })
    if (reply.ok) go(pathTo.chart(patientId))
  }

  return (
    <SectionCard
      title={unsigned ? `${unsigned.answered} of ${unsigned.asked} questions answered` : neededWords[needed]}
      size="panel"
      {...(unsigned && clinic ? { note: `started ${formatDateTime(unsigned.begunAt, clinic.timeZone)}` } : {})}
    >
      <div className="unsigned-card">
        <p>
          The patient answers and signs on this screen. Until your PIN takes it back, it shows this form and nothing
          else.
        </p>
        <div>
          <Button
            variant="filled"
            size="md"
            disabled={handOver.isRunning}
            leftSection={<IconDeviceTablet size={18} stroke={1.7} aria-hidden="true" />}
            onClick={() =>
              void (unsigned
                ? handOver.resume(patientId, unsigned.screeningId)
                : handOver.start({ patientId, seriesId: null, wanted: 'NEEDED' }))
            }
          >
            Hand the screen over
          </Button>
          {unsigned && mayDiscard && (
            <Button size="md" disabled={discard.isRunning} onClick={() => void giveUp()}>
              Give this form up
            </Button>
          )}
        </div>
        <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      </div>
    </SectionCard>
  )
}

const neededWords: Readonly<Record<Standing['needed'], string>> = {
  FULL: 'The full questionnaire is due',
  SHORT: 'The short questionnaire of today is due',
  NONE: 'Answered and signed today',
}
