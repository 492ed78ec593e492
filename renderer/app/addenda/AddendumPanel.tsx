import './addenda.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AmendedRecordKind } from '../../../shared/domain/addendum.ts'
import { fieldAt } from '../../../shared/domain/field-pointer.ts'
import type { AddendumId, PatientId } from '../../../shared/kernel/ids.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDate, formatDateTimeZone } from '../../parts/format.ts'
import { keyResetSentence } from '../../parts/key-reset.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SignedMark } from '../../parts/SignedMark.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { useClinic } from '../use-clinic.ts'
import { AddendumEditor } from './AddendumEditor.tsx'
import { fieldName, fieldWords } from './field-words.ts'

export type ShownAddendum = Output<'addendum.list'>['addenda'][number]

export type AddendumPanelProps = {
  readonly patientId: PatientId
  readonly kind: AmendedRecordKind
  readonly recordId: string
  /** The signed record, so that a field's original stands beside what is added to it. */
  readonly body: unknown
  /** Nothing at all where there is no addendum and the caller may not write one. */
  readonly isQuietWhenEmpty?: boolean
}

/** Every addendum to one record beside what it amends, and the place to write a new one. */
export function AddendumPanel({ patientId, kind, recordId, body, isQuietWhenEmpty = false }: AddendumPanelProps) {
  const list = useQuery('addendum.list', { patientId, kind, recordId }, { dependsOn: ['signOff'] })
  const begin = useCommand('addendum.begin')
  const [openId, setOpenId] = useState<AddendumId | null>(null)
  if (list.refusal) return <RefusalText>{sentenceFor(list.refusal)}</RefusalText>
  if (!list.value) return null
  const { addenda, drafts, mayWrite } = list.value
  if (isQuietWhenEmpty && addenda.length === 0 && drafts.length === 0 && !mayWrite) return null
  const returned = addenda.find(({ state, isMine }) => state === 'RETURNED' && isMine)
  const writingId = openId ?? drafts[0]?.addendumId ?? returned?.addendumId ?? null

  async function write() {
    const reply = await begin.run({ patientId, kind, recordId, fieldPath: null })
    if (reply.ok) setOpenId(reply.value.addendumId)
  }

  return (
    <SectionCard
      title="Addenda"
      note="The record itself stays as it was signed"
      aside={
        mayWrite && writingId === null ? (
          <Button disabled={begin.isRunning} onClick={() => void write()}>
            Write an addendum
          </Button>
        ) : undefined
      }
    >
      <RefusalText>{begin.refusal && sentenceFor(begin.refusal)}</RefusalText>
      {addenda.length === 0 && writingId === null && <p className="text-3">None.</p>}
      <ul className="addenda">
        {addenda.map((addendum) => (
          <li key={addendum.addendumId}>
            <AddendumCard addendum={addendum} body={body} />
          </li>
        ))}
      </ul>
      {writingId !== null && (
        <AddendumEditor
          key={writingId}
          patientId={patientId}
          addendumId={writingId}
          body={body}
          onDone={() => setOpenId(null)}
        />
      )}
    </SectionCard>
  )
}

/** As signed on the left, what was added on the right. */
export function AddendumCard({ addendum, body }: { readonly addendum: ShownAddendum; readonly body: unknown }) {
  const clinic = useClinic()
  const { amends, correction, text, reason, isLateEntry, author, writtenAt, happenedAt, amendmentRequest } =
    addendum.body
  const field = amends.fieldPath === null ? null : fieldAt(body, amends.fieldPath)
  const zone = clinic?.timeZone ?? 'UTC'
  return (
    <article className="addendum" aria-label={`Addendum by ${author.printedName}`}>
      <div className="addendum__original">
        <p className="label-11">As signed</p>
        <p>
          {amends.fieldPath === null ? (
            'The record as a whole'
          ) : (
            <>
              <strong>{fieldName(amends.fieldPath)}</strong> {field ? fieldWords(field.value) : ''}
            </>
          )}
        </p>
      </div>
      <div className="addendum__text">
        <p className="addendum__head">
          <StateTag state={stateOf[addendum.state]}>{stateWords[addendum.state]}</StateTag>
          {isLateEntry && <StateTag state="due">Late entry</StateTag>}
          {addendum.asksAcceptance && (
            <StateTag state="due">
              {addendum.state === 'SIGNED' ? 'Acceptance given again' : 'Acceptance asked again'}
            </StateTag>
          )}
          {!addendum.isIntact && <StateTag state="blocked">Changed outside the program</StateTag>}
        </p>
        {correction && (
          <p>
            Was <del>{correction.was}</del>, should be <strong>{correction.shouldBe}</strong>
          </p>
        )}
        {text !== '' && <p className="addendum__prose">{text}</p>}
        <p className="text-2">Reason: {reason}</p>
        {happenedAt && <p className="text-2">Happened {formatDateTimeZone(happenedAt, zone)}</p>}
        {amendmentRequest && (
          <p className="text-2">
            Asked for by {amendmentRequest.requestedBy} on {formatDate(amendmentRequest.requestedOn)}
          </p>
        )}
        <p className="text-12 text-2">
          {author.printedName}, {author.credential}, {formatDateTimeZone(writtenAt, zone)}
        </p>
        {addendum.state === 'SIGNED' &&
          addendum.signatures.slice(-1).map((signature) => (
            <div key={signature.signedAt}>
              <SignedMark
                text={`Signed by ${signature.signerName}, ${signature.credential}, ${formatDateTimeZone(signature.signedAt, zone)}, version ${signature.versionNumber}`}
              />
              <p className="text-12 text-2">
                {keyResetSentence(signature.keyReset, (at) => formatDateTimeZone(at, zone))}
              </p>
            </div>
          ))}
      </div>
    </article>
  )
}

const stateOf = { DRAFT: 'draft', SUBMITTED: 'submitted', RETURNED: 'returned', SIGNED: 'signed' } as const
const stateWords = {
  DRAFT: 'Draft',
  SUBMITTED: 'Not countersigned yet',
  RETURNED: 'Returned to its author',
  SIGNED: 'Signed',
} as const
