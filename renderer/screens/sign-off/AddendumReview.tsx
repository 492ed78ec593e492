import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import type { AddendumId, PatientId } from '../../../shared/kernel/ids.ts'
import { AddendumCard } from '../../app/addenda/AddendumPanel.tsx'
import { fieldName, fieldWords } from '../../app/addenda/field-words.ts'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { bannerCells } from '../../app/patient-banner/banner-cells.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { assertSamePatient, PatientBanner } from '../../parts/PatientBanner.tsx'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { ScrollRegion } from '../../parts/ScrollRegion.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { ReturnDialog, type ReturnInput } from './ReturnDialog.tsx'
import { knownTakeover } from './stand-in.ts'

type AddendumReviewProps = {
  readonly patientId: PatientId
  readonly addendumId: AddendumId
  readonly clinic: Clinic
  readonly method: Reauth['method']
  readonly onDone: () => void
}
type Opened = Output<'addendum.open'>

/** A waiting addendum beside what it adds to, for the physician who countersigns it. */
export function AddendumReview(props: AddendumReviewProps) {
  const { patientId, addendumId, clinic } = props
  const opened = useQuery('addendum.open', { patientId, addendumId }, { dependsOn: ['signOff'] })
  const banner = useQuery('patient.banner', { patientId }, { dependsOn: ['consent', 'complication', 'chart'] })
  const refusal = opened.refusal ?? banner.refusal
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  const { value } = opened
  if (!value?.addendum || !banner.value) return <div aria-busy="true" className="sign-off__pane" />
  const facts = banner.value
  assertSamePatient(facts.patientId, value.addendum.body.patientId)
  return (
    <>
      <PatientBanner
        patientId={facts.patientId}
        name={{ familyName: facts.family, givenName: facts.given, preferredName: facts.preferred }}
        bornOn={facts.bornOn}
        today={clinic.today}
        chartNumber={facts.chartNumber}
        photoSrc={null}
        isLookAlike={facts.lookAlikes.length > 0}
        cells={bannerCells(facts)}
        action={
          <Button component="a" href={hrefTo(pathTo.chart(patientId))}>
            Open chart
          </Button>
        }
      />
      <Review key={value.addendum.versionId} {...props} opened={value} addendum={value.addendum} />
    </>
  )
}

function Review({
  patientId,
  addendumId,
  clinic,
  method,
  onDone,
  opened,
  addendum,
}: AddendumReviewProps & { readonly opened: Opened; readonly addendum: NonNullable<Opened['addendum']> }) {
  const sign = useCommand('addendum.sign')
  const sendBack = useCommand('addendum.return')
  const [dialog, setDialog] = useState<'SIGN' | 'RETURN' | null>(null)
  const [comment, setComment] = useState('')
  const [takeoverReason, setTakeoverReason] = useState(() => knownTakeover(opened))
  const isReady = !opened.isOfAnother || takeoverReason.trim() !== ''
  useShortcuts([
    { keys: 'A', label: 'Sign the addendum', group: 'Sign-off', run: () => isReady && setDialog('SIGN') },
    { keys: 'R', label: 'Return with a reason', group: 'Sign-off', run: () => setDialog('RETURN') },
  ])
  const { body } = addendum
  const { fieldPath } = body.amends
  const original = fieldPath === null ? null : withField(fieldPath, opened.amends.fieldText)

  async function signNow(reauth: Reauth) {
    const reply = await sign.run({
      patientId,
      addendumId,
      seenVersionId: addendum.versionId,
      seenSha256: addendum.sha256,
      comment,
      takeoverReason: opened.isOfAnother ? takeoverReason : null,
      reauth,
    })
    if (reply.ok) onDone()
  }

  async function returnNow(input: ReturnInput) {
    const reply = await sendBack.run({ patientId, addendumId, seenVersionId: addendum.versionId, ...input })
    if (reply.ok) onDone()
  }

  return (
    <div className="sign-off__pane">
      <ScrollRegion className="sign-off__scroll" label="The addendum">
        <header className="sign-off__title">
          <h1 className="title-16">Addendum to a {opened.amends.kind.toLowerCase()}</h1>
          <span className="text-2">{body.author.printedName}</span>
          <span className="sign-off__title-end text-12 text-2">Version {addendum.versionNumber}</span>
        </header>
        <SectionCard
          title={fieldPath === null ? 'To the record as a whole' : fieldName(fieldPath)}
          note={opened.amends.isCurrent ? 'the record stands as it was signed' : 'the record has a newer version'}
        >
          <AddendumCard addendum={addendum} body={original} />
        </SectionCard>
        {opened.returns.map((sent) => (
          <SectionCard key={sent.no} title={`Sent back by ${sent.returnedBy.printedName}`} note={sent.reason}>
            {sent.pointers.map((pointer) => (
              <p key={pointer.path}>
                {fieldName(pointer.path)}: {pointer.text}{' '}
                <strong>{sent.replies.find((reply) => reply.path === pointer.path)?.reply}</strong>
              </p>
            ))}
          </SectionCard>
        ))}
      </ScrollRegion>
      <div className="sign-off__foot">
        <Textarea
          label="Comment"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={4000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        {opened.isOfAnother && (
          <TextInput
            label={`Why you review it in place of ${opened.supervisor?.printedName ?? 'its supervising physician'}`}
            required
            maxLength={1000}
            value={takeoverReason}
            onChange={(event) => setTakeoverReason(event.currentTarget.value)}
          />
        )}
        <div className="sign-off__form-actions">
          <Button rightSection={<KeyHint keys="R" />} onClick={() => setDialog('RETURN')}>
            Return with reason
          </Button>
          <Button
            variant="filled"
            disabled={!isReady}
            rightSection={<KeyHint keys="A" tone="onAccent" />}
            onClick={() => setDialog('SIGN')}
          >
            Sign and next
          </Button>
        </div>
      </div>
      <ReauthDialog
        isOpen={dialog === 'SIGN'}
        title="Sign the addendum"
        method={method}
        confirmText="Sign and next"
        refusal={sign.refusal && sentenceFor(sign.refusal)}
        isBusy={sign.isRunning}
        onConfirm={(reauth) => void signNow(reauth)}
        onCancel={() => setDialog(null)}
      >
        <p>
          {addendum.asksAcceptance
            ? 'It changes what was accepted by signature. You accept the record with this change.'
            : `Reviewed and approved, for ${body.author.printedName}.`}
        </p>
      </ReauthDialog>
      <ReturnDialog
        isOpen={dialog === 'RETURN'}
        author={body.author.printedName}
        fields={(['reason', 'text', 'correction', 'happenedAt'] as const).map((key) => ({
          path: `/${key}`,
          label: fieldName(`/${key}`),
          value: fieldWords(body[key]),
        }))}
        clinic={clinic}
        isOfAnother={opened.isOfAnother}
        knownReason={knownTakeover(opened)}
        isBusy={sendBack.isRunning}
        refusal={sendBack.refusal && sentenceFor(sendBack.refusal)}
        onReturn={(input) => void returnNow(input)}
        onCancel={() => setDialog(null)}
      />
    </div>
  )
}

/** A body that holds just the one field, at its path. */
function withField(path: string, text: string | null): unknown {
  return path
    .split('/')
    .slice(1)
    .reduceRight<unknown>((value, key) => ({ [key]: value }), text)
}
