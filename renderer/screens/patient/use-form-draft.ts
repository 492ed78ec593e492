import { useEffect, useRef, useState } from 'react'
import type { PatientForm } from '../../../shared/contract/patient.ts'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import type { Instant } from '../../../shared/kernel/time.ts'
import { client } from '../../client/client.ts'
import { usePendingSave } from '../../client/pending-saves.ts'
import { sentenceFor } from '../../refusals/index.ts'

/** Below the second within which every field is in the store. */
const pauseMs = 500

type Row = { readonly draftId: string; readonly draftVersion: number }

export type FormDraft = {
  /** Stops saving and gives the draft's id, for the command that ends it; a save on its way is waited for. */
  settle(): Promise<string | null>
  /** Goes on saving: the command was refused. */
  resume(): void
  readonly savedAt: Instant | null
  /** What is typed is newer than what is saved. */
  readonly isUnsaved: boolean
  /** Why the last save failed; the text is still in the form. */
  readonly failure: string | null
}

/**
 * Keeps the form in the store while it is filled in: half a second after the last letter, one save after the other.
 * `isTouched` is false until the person changed something, so that opening a chart leaves no draft behind.
 */
export function useFormDraft({
  patientId,
  chartVersion,
  form,
  isTouched,
  known,
}: {
  readonly patientId: PatientId | null
  readonly chartVersion: number | null
  readonly form: PatientForm
  readonly isTouched: boolean
  /** The draft that this form was restored from. */
  readonly known: (Row & { readonly savedAt: Instant }) | null
}): FormDraft {
  const row = useRef<Row | null>(known)
  const saving = useRef<Promise<void>>(Promise.resolve())
  const latest = useRef({ form, chartVersion })
  const isDirty = useRef(false)
  const restored = useRef(known === null ? null : form)
  const isOver = useRef(false)
  const [savedAt, setSavedAt] = useState<Instant | null>(known?.savedAt ?? null)
  const [isUnsaved, setUnsaved] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  latest.current = { form, chartVersion }

  const save = useRef(() => {
    saving.current = saving.current.then(async () => {
      if (!isDirty.current || isOver.current) return
      isDirty.current = false
      const reply = await client
        .call('patient.saveDraft', {
          patientId,
          draftId: row.current?.draftId ?? null,
          draftVersion: row.current?.draftVersion ?? 0,
          ...latest.current,
        })
        .catch(() => null)
      if (reply?.ok) {
        row.current = reply.value
        setSavedAt(reply.value.savedAt)
        setUnsaved(isDirty.current)
        setFailure(null)
      } else {
        isDirty.current = true
        setFailure(sentenceFor(reply?.refusal ?? { code: 'UNREACHABLE' }))
      }
    })
  }).current

  useEffect(() => {
    // Named, because every new form is worth a save.
    latest.current = { ...latest.current, form }
    if (!isTouched || form === restored.current) return
    restored.current = null
    isDirty.current = true
    setUnsaved(true)
    const timer = setTimeout(save, pauseMs)
    return () => clearTimeout(timer)
  }, [form, isTouched, save])

  usePendingSave(() => {
    save()
    return saving.current
  })

  return {
    async settle() {
      isOver.current = true
      await saving.current
      return row.current?.draftId ?? null
    },
    resume() {
      isOver.current = false
    },
    savedAt,
    isUnsaved,
    failure,
  }
}
