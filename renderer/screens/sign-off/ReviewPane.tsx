import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import type { PatientId, SessionId } from '../../../shared/kernel/ids.ts'
import { AddendumPanel } from '../../app/addenda/AddendumPanel.tsx'
import { ErrorDialog } from '../../app/entered-in-error/ErrorDialog.tsx'
import { hrefTo, pathTo } from '../../app/paths.ts'
import { bannerCells } from '../../app/patient-banner/banner-cells.ts'
import { PrintButton } from '../../app/print-button.tsx'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { FaceMap } from '../../parts/FaceMap.tsx'
import { FactRow } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime, formatPlural } from '../../parts/format.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { assertSamePatient, PatientBanner } from '../../parts/PatientBanner.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { ScrollRegion } from '../../parts/ScrollRegion.tsx'
import { StateTag } from '../../parts/StateTag.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { DeviationCards, WarningList } from './DeviationCards.tsx'
import { ReturnDialog, type ReturnInput } from './ReturnDialog.tsx'
import { returnFields } from './return-fields.ts'
import { SignPanel, secretPlaceId } from './SignPanel.tsx'
import { codeWords, type OpenSession, type Review, type SessionBody, supervisionNames } from './sign-off-words.ts'
import { knownTakeover } from './stand-in.ts'
import { openPoints, useStatement } from './use-statement.ts'
import { WhatChanged } from './WhatChanged.tsx'

type ReviewPaneProps = {
  readonly patientId: PatientId
  readonly sessionId: SessionId
  readonly clinic: Clinic
  readonly method: Reauth['method']
  readonly onDone: () => void
}

/** One waiting session, opened: that alone is kept in the audit and counts as "opened" for a batch. */
export function ReviewPane(props: ReviewPaneProps) {
  const { patientId, sessionId, clinic } = props
  const open = useQuery('session.open', { patientId, sessionId }, { dependsOn: ['signOff'] })
  const review = useQuery('signOff.review', { patientId, sessionId }, { dependsOn: ['session', 'order'] })
  const banner = useQuery('patient.banner', { patientId }, { dependsOn: ['consent', 'complication', 'chart'] })
  const refusal = open.refusal ?? review.refusal ?? banner.refusal
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!open.value?.record || !review.value || !banner.value) return <div aria-busy="true" className="sign-off__pane" />
  const facts = banner.value
  assertSamePatient(facts.patientId, open.value.session.patientId)
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
          <>
            <Button component="a" href={hrefTo(pathTo.chart(patientId))}>
              Open chart
            </Button>
            <PrintButton record={{ kind: 'SESSION', patientId, recordId: sessionId }} />
          </>
        }
      />
      <OpenReview
        key={open.value.record.versionId}
        {...props}
        open={open.value}
        record={open.value.record}
        review={review.value}
      />
    </>
  )
}

function OpenReview({
  patientId,
  sessionId,
  clinic,
  method,
  onDone,
  open,
  record,
  review,
}: ReviewPaneProps & {
  readonly open: OpenSession
  readonly record: NonNullable<OpenSession['record']>
  readonly review: Review
}) {
  const { body } = record
  const statement = useStatement(body, knownTakeover(review))
  const sign = useCommand('signOff.sign')
  const sendBack = useCommand('signOff.return')
  const [dialog, setDialog] = useState<'RETURN' | 'ERROR' | null>(null)
  const form = useRef<HTMLDivElement>(null)
  const version = open.versions.filter(({ kind }) => kind === 'SUBMISSION').length
  const isWaiting = open.session.state === 'SUBMITTED'

  function accept() {
    const isReady = openPoints(statement.value, body, review.isOfAnother).length === 0
    const wanted = isReady
      ? document.getElementById(secretPlaceId)?.querySelector('input')
      : (form.current?.querySelector<HTMLElement>('.sign-off__deviation input[type="radio"]:not(:checked)') ??
        form.current?.querySelector<HTMLElement>('.sign-off__sign input'))
    wanted?.focus()
  }
  useShortcuts([
    { keys: 'A', label: 'Accept: to what is still open, then to the signature', group: 'Sign-off', run: accept },
    {
      keys: 'R',
      label: 'Return with a reason',
      group: 'Sign-off',
      run: () => setDialog('RETURN'),
      isEnabled: isWaiting,
    },
    {
      keys: 'D',
      label: 'What changed',
      group: 'Sign-off',
      run: () => document.getElementById('what-changed')?.focus(),
    },
  ])

  async function signNow(reauth: Reauth) {
    const { value } = statement
    if (value.decision === null || value.patientSeen === null) return
    const reply = await sign.run({
      patientId,
      sessionId,
      seenVersionId: record.versionId,
      seenSha256: record.sha256,
      supervision: {
        mode: body.supervisionModeActual ?? 'NONE',
        confirmed: value.isSupervisionConfirmed,
        note: value.supervisionNote,
      },
      patientSeen: value.patientSeen,
      dispositions: Object.entries(value.dispositions).map(([deviationId, one]) => ({ deviationId, ...one })),
      decision: value.decision,
      comment: value.comment,
      takeoverReason: review.isOfAnother ? value.takeoverReason : null,
      reauth,
    })
    if (reply.ok) onDone()
  }

  async function returnNow(input: ReturnInput) {
    const reply = await sendBack.run({ patientId, sessionId, seenVersionId: record.versionId, ...input })
    if (reply.ok) onDone()
  }

  return (
    <div className="sign-off__pane" ref={form}>
      <ScrollRegion className="sign-off__scroll" label="The record">
        <header className="sign-off__title">
          <h1 className="title-16">
            Session {body.sessionNo} of {Math.max(review.sessionsPlanned, body.sessionNo)}
            {open.session.performedOn && `, ${formatDate(open.session.performedOn)}`}
          </h1>
          {!record.isIntact && <StateTag state="blocked">Changed outside the program</StateTag>}
          {body.deviations.length > 0 && (
            <StateTag state="deviation">{formatPlural(body.deviations.length, 'deviation')}</StateTag>
          )}
          <span className="text-2">
            {body.practitioner.printedName}, supervised {supervisionNames[body.supervisionModeActual ?? 'NONE']}
          </span>
          <span className="sign-off__title-end text-12 text-2">
            Version {version}, submitted{' '}
            {open.session.submittedAt && formatDateTime(open.session.submittedAt, clinic.timeZone)}
          </span>
        </header>
        <div className="sign-off__top">
          <WhatChanged open={open} review={review} body={body} />
          <div className="section-card sign-off__map">
            <FaceMap size="mini" marks={marksOf(body)} label="Depth settings of this session" />
          </div>
        </div>
        <DeviationCards
          body={body}
          dispositions={statement.value.dispositions}
          isReadOnly={!isWaiting}
          onChange={statement.decideOn}
        />
        <WarningList body={body} />
        <div className="section-card sign-off__facts">
          <FactRow facts={factsOf(body)} />
        </div>
        <AddendumPanel patientId={patientId} kind="SESSION" recordId={sessionId} body={body} isQuietWhenEmpty />
      </ScrollRegion>
      <div className="sign-off__foot">
        {isWaiting && (
          <SignPanel
            body={body}
            review={review}
            version={version}
            sha256={record.sha256}
            statement={statement}
            method={method}
            isBusy={sign.isRunning}
            refusal={sign.refusal && sentenceFor(sign.refusal)}
            onSign={(reauth) => void signNow(reauth)}
            otherWays={
              <>
                <Button onClick={() => setDialog('ERROR')}>Entered in error</Button>
                <Button rightSection={<KeyHint keys="R" />} onClick={() => setDialog('RETURN')}>
                  Return with reason
                </Button>
              </>
            }
          />
        )}
        <div className="sign-off__keys text-12 text-2">
          <span className="sign-off__key-words">
            <KeyHint keys="J" /> <KeyHint keys="K" /> next, previous
          </span>
          <span className="sign-off__key-words">
            <KeyHint keys="D" /> what changed
          </span>
          <span className="sign-off__key-words">
            <KeyHint keys="A" /> sign
          </span>
          <span className="sign-off__key-words">
            <KeyHint keys="B" /> sign the opened clean records
          </span>
        </div>
      </div>
      <ReturnDialog
        isOpen={dialog === 'RETURN'}
        author={body.practitioner.printedName}
        fields={returnFields(body)}
        clinic={clinic}
        isOfAnother={review.isOfAnother}
        knownReason={knownTakeover(review)}
        isBusy={sendBack.isRunning}
        refusal={sendBack.refusal && sentenceFor(sendBack.refusal)}
        onReturn={(input) => void returnNow(input)}
        onCancel={() => setDialog(null)}
      />
      <ErrorDialog
        isOpen={dialog === 'ERROR'}
        patientId={patientId}
        sessionId={sessionId}
        seenVersionId={record.versionId}
        method={method}
        onDone={onDone}
        onCancel={() => setDialog(null)}
      />
    </div>
  )
}

function marksOf(body: SessionBody) {
  return body.zoneRows.map((row) => {
    const isOver = body.deviations.some(
      (deviation) =>
        deviation.code === 'DEPTH_OVER_LIMIT' && deviation.zone === row.zone && deviation.side === row.side,
    )
    const { zone, side, depthUm } = row
    return { zone, side, depthUm, wasUm: null, isOver, deviation: isOver ? 'dev.' : null }
  })
}

function factsOf(body: SessionBody) {
  const { anaesthetic, immediateReactions, prePhotos, postPhotos, aftercareGiven } = body
  const minutes =
    anaesthetic.kind === 'APPLIED' && anaesthetic.offAt
      ? `, ${Math.round((Date.parse(anaesthetic.offAt) - Date.parse(anaesthetic.onAt)) / 60_000)} min`
      : ''
  return [
    {
      label: 'Numbing',
      value:
        anaesthetic.kind === 'NONE'
          ? 'None'
          : `${anaesthetic.name}${minutes}${anaesthetic.isRemoved ? ', removed' : ', NOT removed'}`,
    },
    {
      label: 'Reactions',
      value:
        immediateReactions.kind === 'NONE'
          ? 'None seen'
          : immediateReactions.reactions.map(({ code, grade }) => `${codeWords(code)} grade ${grade}`).join(', '),
    },
    {
      label: 'Photos',
      value: `${codeWords(prePhotos.kind)} before${postPhotos ? `, ${codeWords(postPhotos.kind).toLowerCase()} after` : ''}`,
    },
    {
      label: 'Aftercare',
      value: `${aftercareGiven.templateVersion} by ${codeWords(aftercareGiven.channel).toLowerCase()}${aftercareGiven.hasTaughtBack ? ', said back' : ''}`,
    },
    { label: 'Notes', value: body.notes ?? 'None' },
  ]
}
