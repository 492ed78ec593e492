import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Reauth } from '../../../shared/contract/reauth.ts'
import { acceptanceOf, isSafetyRelevant } from '../../../shared/domain/addendum.ts'
import { fieldAt } from '../../../shared/domain/field-pointer.ts'
import type { AddendumId, PatientId } from '../../../shared/kernel/ids.ts'
import { client, type Output } from '../../client/client.ts'
import { usePendingSave } from '../../client/pending-saves.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { DateField } from '../../parts/DateField.tsx'
import { ReauthDialog } from '../../parts/ReauthDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { useClinic } from '../use-clinic.ts'
import { usePerson } from '../use-person.ts'
import { fieldChoices, fieldName, fieldWords } from './field-words.ts'

type Opened = Output<'addendum.open'>
type Written = Omit<NonNullable<Opened['draft']>, 'draftVersion' | 'savedAt'>

const saveAfterMs = 700

/** One addendum being written: saved as it is typed, signed by its author at the end. */
export function AddendumEditor({
  patientId,
  addendumId,
  body,
  onDone,
}: {
  readonly patientId: PatientId
  readonly addendumId: AddendumId
  readonly body: unknown
  readonly onDone: () => void
}) {
  const opened = useQuery('addendum.open', { patientId, addendumId }, { isForm: true })
  if (opened.refusal) return null
  if (!opened.value?.draft) return <div aria-busy="true" />
  const { draft, returns } = opened.value
  return (
    <Editor
      patientId={patientId}
      addendumId={addendumId}
      body={body}
      draft={draft}
      sentBack={returns.at(-1) ?? null}
      isReturned={opened.value.addendum?.state === 'RETURNED'}
      amends={opened.value.amends}
      onDone={onDone}
    />
  )
}

function Editor({
  patientId,
  addendumId,
  body,
  draft,
  sentBack,
  isReturned,
  amends,
  onDone,
}: {
  readonly patientId: PatientId
  readonly addendumId: AddendumId
  readonly body: unknown
  readonly draft: NonNullable<Opened['draft']>
  readonly sentBack: Opened['returns'][number] | null
  readonly isReturned: boolean
  readonly amends: Opened['amends']
  readonly onDone: () => void
}) {
  const clinic = useClinic()
  const person = usePerson()
  const { draftVersion: first, savedAt: _saved, ...start } = draft
  const [value, setValue] = useState<Written>(start)
  const { saveNow, settle, resume, savedText, failure } = useSaved({ patientId, addendumId, first, value, start })
  const submit = useCommand('addendum.submit')
  const discard = useCommand('addendum.discard')
  const [isSigning, setSigning] = useState(false)
  const [replies, setReplies] = useState<Readonly<Record<string, string>>>({})
  const change = (part: Partial<Written>) => setValue((now) => ({ ...now, ...part }))
  const pointers = isReturned ? (sentBack?.pointers ?? []) : []
  const hasCorrection = value.correction !== null
  const asked = acceptanceOf({
    isSafetyRelevant: isSafetyRelevant({ kind: amends.kind, fieldPath: value.fieldPath, hasCorrection }),
    authorId: person?.staffId ?? null,
    acceptedById: amends.acceptedBy?.staffId ?? null,
  })
  const original = value.fieldPath === null ? null : fieldAt(body, value.fieldPath)

  async function sign(reauth: Reauth) {
    const draftVersion = await saveNow()
    if (draftVersion === null) return
    const reply = await submit.run({
      patientId,
      addendumId,
      draftVersion,
      replies: pointers.map(({ path }) => ({ path, reply: replies[path] ?? '' })),
      reauth,
    })
    if (!reply.ok) return
    setSigning(false)
    onDone()
  }

  async function throwAway() {
    await settle()
    const reply = await discard.run({ patientId, addendumId })
    if (reply.ok) onDone()
    else resume()
  }

  return (
    <form
      className="addendum-editor"
      aria-label="Addendum"
      onSubmit={(event) => {
        event.preventDefault()
        setSigning(true)
      }}
    >
      {isReturned && sentBack && (
        <section className="addendum-editor__returned" aria-label="Returned">
          <p>
            <strong>{sentBack.returnedBy.printedName}</strong> sent it back: {sentBack.reason}
          </p>
          {pointers.map((pointer) => (
            <TextInput
              key={pointer.path}
              label={`${fieldName(pointer.path)}: ${pointer.text}`}
              placeholder="Your answer"
              required
              value={replies[pointer.path] ?? ''}
              onChange={(event) => setReplies({ ...replies, [pointer.path]: event.currentTarget.value })}
            />
          ))}
        </section>
      )}
      <Select
        label="Field it adds to"
        placeholder="The record as a whole"
        searchable
        clearable
        data={[...fieldChoices(body)]}
        value={value.fieldPath}
        onChange={(fieldPath) => change({ fieldPath, correction: null })}
      />
      {original !== null && (
        <>
          <p className="addendum-editor__original">
            <span className="label-11">As signed</span> {fieldWords(original.value)}
          </p>
          <Checkbox
            label="It should say something else"
            checked={value.correction !== null}
            onChange={(event) =>
              change({
                correction: event.currentTarget.checked ? { was: fieldWords(original.value), shouldBe: '' } : null,
              })
            }
          />
        </>
      )}
      {value.correction !== null && (
        <TextInput
          label="Should be"
          required
          maxLength={2000}
          value={value.correction.shouldBe}
          onChange={(event) =>
            change({ correction: { was: value.correction?.was ?? '', shouldBe: event.currentTarget.value } })
          }
        />
      )}
      <Textarea
        label="What it adds"
        autosize
        minRows={3}
        maxRows={12}
        maxLength={20_000}
        value={value.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <TextInput
        label="Why it is written"
        required
        maxLength={2000}
        value={value.reason}
        onChange={(event) => change({ reason: event.currentTarget.value })}
      />
      {clinic && (
        <DateField
          label="Day it happened, if it tells of an event"
          kind="any"
          order={clinic.dateOrder}
          today={clinic.today}
          value={value.happenedAt?.slice(0, 10) ?? null}
          onChange={(on) => change({ happenedAt: on === null ? null : `${on}T12:00:00.000Z` })}
        />
      )}
      <RefusalText>{failure ?? (discard.refusal && sentenceFor(discard.refusal))}</RefusalText>
      <div className="addendum-editor__actions">
        <span className="text-12 text-2" aria-live="polite">
          {savedText}
        </span>
        <Button disabled={discard.isRunning} onClick={() => void throwAway()}>
          {isReturned ? 'Undo my changes' : 'Discard'}
        </Button>
        <Button variant="filled" type="submit">
          Sign the addendum
        </Button>
      </div>
      <ReauthDialog
        isOpen={isSigning}
        title="Sign the addendum"
        method={person?.signsBy ?? 'PASSWORD'}
        confirmText="Sign"
        refusal={submit.refusal && sentenceFor(submit.refusal)}
        isBusy={submit.isRunning}
        onConfirm={(reauth) => void sign(reauth)}
        onCancel={() => setSigning(false)}
      >
        <p>
          {waitsFor(
            asked && amends.acceptedBy ? amends.acceptedBy.printedName : null,
            person?.roles.includes('physician') === true,
          )}
        </p>
      </ReauthDialog>
    </form>
  )
}

function waitsFor(acceptanceOf: string | null, isPhysician: boolean): string {
  if (acceptanceOf !== null)
    return `You sign it as its author. It changes what ${acceptanceOf} accepted by signature, so it waits for that acceptance.`
  return isPhysician
    ? 'You sign it as its author, a physician; it stands beside the record at once.'
    : 'You sign it as its author; it then waits for the physician.'
}

/** Keeps what is typed within a second, one save after another. */
function useSaved({
  patientId,
  addendumId,
  first,
  value,
  start,
}: {
  readonly patientId: PatientId
  readonly addendumId: AddendumId
  readonly first: number
  readonly value: Written
  readonly start: Written
}) {
  const version = useRef(first)
  const kept = useRef(start)
  const latest = useRef(value)
  latest.current = value
  const running = useRef<Promise<number | null>>(Promise.resolve(first))
  const isOver = useRef(false)
  const [failure, setFailure] = useState<string | null>(null)
  const [savedText, setSavedText] = useState('')

  async function save(): Promise<number | null> {
    if (isOver.current) return null
    if (JSON.stringify(latest.current) === JSON.stringify(kept.current) && version.current > 0) return version.current
    const saving = latest.current
    const reply = await client
      .call('addendum.saveDraft', { patientId, addendumId, draftVersion: version.current, ...saving })
      .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
    if (!reply.ok) {
      setFailure(sentenceFor(reply.refusal))
      return null
    }
    version.current = reply.value.draftVersion
    kept.current = saving
    setFailure(null)
    setSavedText(latest.current === saving ? 'Saved' : 'Not saved yet')
    return version.current
  }
  function saveNow(): Promise<number | null> {
    running.current = running.current.then(save, save)
    return running.current
  }
  const latestSave = useRef(saveNow)
  latestSave.current = saveNow

  useEffect(() => {
    if (JSON.stringify(value) === JSON.stringify(kept.current)) return
    setSavedText('Not saved yet')
    const timer = setTimeout(() => void latestSave.current(), saveAfterMs)
    return () => clearTimeout(timer)
  }, [value])

  usePendingSave(async () => {
    if (JSON.stringify(latest.current) !== JSON.stringify(kept.current)) await saveNow()
  })

  return {
    saveNow,
    /** Stops saving, for the command that throws the text away; a save on its way is waited for. */
    async settle() {
      isOver.current = true
      await running.current
    },
    /** Goes on saving: the command was refused. */
    resume() {
      isOver.current = false
    },
    savedText,
    failure,
  }
}
