import { Button } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { type DragEvent, useRef, useState } from 'react'
import { upload } from '../../client/upload.ts'
import { useCommand } from '../../client/use-command.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

const mostBytes = 64 * 1024 * 1024

/** Drop a CSV file here, or choose one. It is held in memory and nothing is written yet. */
export function ChooseFile() {
  const prepare = useCommand('patientImport.prepare')
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [isSending, setSending] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)

  async function take(file: File | undefined) {
    if (!file || isSending) return
    prepare.reset()
    setFailure(null)
    if (file.size > mostBytes)
      return setFailure('This file is larger than 64 MB. Nothing was imported; split the list and import it in parts.')
    setSending(true)
    const bytes = await file.arrayBuffer().catch(() => null)
    const token = bytes && (await upload(new Uint8Array(bytes)).catch(() => null))
    if (token) await prepare.run({ token, fileName: file.name.slice(0, 200) })
    else
      setFailure('The file could not be read. Nothing was imported; check that it is still there and choose it again.')
    setSending(false)
  }

  function onDrop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way in; the button beside it is the first
    <div
      className="import-drop"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileSpreadsheet size={30} stroke={1.4} aria-hidden="true" />
      <p className="title-16">Drop a patient list here</p>
      <p className="text-2">
        A CSV file whose first line names the columns, as most programs export it. You see every row before anything is
        written.
      </p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        className="visually-hidden"
        tabIndex={-1}
        aria-label="Patient list"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          // The same file can be chosen again after it was corrected.
          event.currentTarget.value = ''
        }}
      />
      <Button variant="filled" disabled={isSending} onClick={() => input.current?.click()}>
        {isSending ? 'Reading the file' : 'Choose a file'}
      </Button>
      <RefusalText>{failure ?? (prepare.refusal ? sentenceFor(prepare.refusal) : null)}</RefusalText>
    </div>
  )
}
