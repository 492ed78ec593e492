import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { blobAddress } from '../client/transport.ts'
import { RefusalText } from '../parts/RefusalText.tsx'
import { sentenceFor } from '../refusals/index.ts'

type Reply =
  | { readonly ok: true; readonly value: { readonly token: string; readonly fileName: string } }
  | { readonly ok: false; readonly refusal: { readonly code: string } }

/** In Electron no new window opens, so a paper is saved and printed from there. */
const opensTabs = window.countersign === undefined

/** Makes a PDF and opens it for printing, or saves it where no tab opens. */
export function OpenedFile({ label, make }: { readonly label: string; readonly make: () => Promise<Reply> }) {
  const [isMaking, setMaking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function open() {
    // The tab opens with the click itself, or the browser would hold it for one nobody asked for.
    const tab = opensTabs ? window.open('', '_blank') : null
    setMaking(true)
    const reply = await make().catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
    setMaking(false)
    setRefusal(reply.ok ? null : sentenceFor(reply.refusal))
    if (!reply.ok) return tab?.close()
    const { token, fileName } = reply.value
    if (tab) tab.location.href = blobAddress(token)
    else saveAs(blobAddress(token, 'save'), fileName)
  }

  return (
    <>
      <Button
        leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden="true" />}
        disabled={isMaking}
        onClick={() => void open()}
      >
        {label}
      </Button>
      <RefusalText>{refusal}</RefusalText>
    </>
  )
}

function saveAs(address: string, fileName: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
}
