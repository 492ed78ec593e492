import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { ImportId } from '../../../shared/kernel/ids.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatPlural } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { type ComparedField, comparedText, comparedWords, noticesText, reasonsText } from './import-words.ts'

type Compared = Output<'patientImport.compare'>
type Pair = Compared['pairs'][number]

/** A held row beside the chart it may be: two people, or one whose chart takes over what is chosen. */
export function ReviewRow({
  importId,
  line,
  left,
  mayEdit,
  onLater,
}: {
  readonly importId: ImportId
  readonly line: number
  readonly left: number
  readonly mayEdit: boolean
  readonly onLater: () => void
}) {
  const { value, refusal } = useQuery('patientImport.compare', { importId, line })
  const [chosenPair, setChosenPair] = useState('0')
  const [taken, setTaken] = useState<readonly ComparedField[]>([])
  const keepBoth = useCommand('patientImport.keepBoth')
  const doNotAdd = useCommand('patientImport.doNotAdd')
  const pair = value?.pairs[Number(chosenPair)] ?? value?.pairs[0]
  const isBusy = !value || keepBoth.isRunning || doNotAdd.isRunning
  const mayTake = mayEdit && pair?.chart != null
  const failed = keepBoth.refusal ?? doNotAdd.refusal

  function keepRow() {
    void keepBoth.run({ importId, line })
  }

  function refuseRow() {
    const chart = pair?.chart
    const take =
      chart && mayTake && taken.length > 0
        ? { patientId: chart.patientId, version: chart.version, fields: [...taken] }
        : null
    void doNotAdd.run({ importId, line, take })
  }

  useShortcuts([
    { keys: 'B', label: 'Two people: keep both', group: 'Import review', run: keepRow, isEnabled: !isBusy },
    { keys: 'S', label: 'The same person: do not add', group: 'Import review', run: refuseRow, isEnabled: !isBusy },
    { keys: 'J', label: 'Decide later', group: 'Import review', run: onLater, isEnabled: !isBusy },
  ])

  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value) return <div aria-busy="true" />
  return (
    <SectionCard
      size="panel"
      title={`Line ${line}`}
      note={value.notices.length === 0 ? undefined : noticesText(value.notices)}
      aside={`${formatPlural(left, 'row')} to review`}
    >
      <div className="import-review">
        {value.pairs.length > 1 && (
          <SegmentedChoice
            label="It may be one of these"
            segments={value.pairs.map((one, index) => ({ value: String(index), label: pairName(one) }))}
            value={chosenPair}
            onChange={(next) => {
              setChosenPair(next)
              setTaken([])
            }}
          />
        )}
        {pair && <p>Why it is held: {reasonsText(pair.reasons)}.</p>}
        {pair && (
          <CompareTable
            row={value.details}
            pair={pair}
            taken={taken}
            mayTake={mayTake}
            onTake={(field, isTaken) =>
              setTaken((before) => (isTaken ? [...before, field] : before.filter((one) => one !== field)))
            }
          />
        )}
        <RefusalText>{failed ? sentenceFor(failed) : null}</RefusalText>
        <div className="import-review__actions">
          <Button disabled={isBusy} rightSection={<KeyHint keys="J" />} onClick={onLater}>
            Later
          </Button>
          <Button disabled={isBusy} rightSection={<KeyHint keys="B" />} onClick={keepRow}>
            Two people: keep both
          </Button>
          <Button disabled={isBusy} rightSection={<KeyHint keys="S" />} onClick={refuseRow}>
            {taken.length > 0
              ? `The same person: do not add, take ${formatPlural(taken.length, 'field')} over`
              : 'The same person: do not add'}
          </Button>
        </div>
      </div>
    </SectionCard>
  )
}

function pairName(pair: Pair): string {
  return pair.chart?.chartNumber ?? `line ${pair.otherLine ?? '?'}`
}

function CompareTable({
  row,
  pair,
  taken,
  mayTake,
  onTake,
}: {
  readonly row: Compared['details']
  readonly pair: Pair
  readonly taken: readonly ComparedField[]
  readonly mayTake: boolean
  readonly onTake: (field: ComparedField, isTaken: boolean) => void
}) {
  const other = pair.details
  const differing: ReadonlySet<string> = new Set(pair.differing)
  const fields = (Object.keys(comparedWords) as ComparedField[]).filter(
    (field) => comparedText(field, row) !== '' || (other !== null && comparedText(field, other) !== ''),
  )
  return (
    <table className="import-compare" aria-label="The row beside the chart">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Field</span>
          </th>
          <th scope="col">In the file</th>
          <th scope="col">
            {pair.chart ? (
              <>
                In the chart <a href={hrefTo(pathTo.chart(pair.chart.patientId))}>{pair.chart.chartNumber}</a>
              </>
            ) : (
              `Line ${pair.otherLine ?? '?'} of the file`
            )}
          </th>
          <th scope="col">{mayTake ? 'Take over' : <span className="visually-hidden">Differs</span>}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const differs = differing.has(field)
          return (
            <tr key={field} data-differs={differs}>
              <th scope="row">{comparedWords[field]}</th>
              <td>{comparedText(field, row) || <span className="text-3">nothing</span>}</td>
              <td>{(other && comparedText(field, other)) || <span className="text-3">nothing</span>}</td>
              <td>
                {differs && mayTake && (
                  <Checkbox
                    aria-label={`Take ${comparedWords[field].toLowerCase()} over`}
                    checked={taken.includes(field)}
                    onChange={(event) => onTake(field, event.currentTarget.checked)}
                  />
                )}
                {differs && !mayTake && <span className="text-12 text-2">differs</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
