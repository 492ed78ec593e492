import { Button } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { Output } from '../client/client.ts'
import { blobAddress } from '../client/transport.ts'
import { RefusalText } from '../parts/RefusalText.tsx'
import { sentenceFor } from '../refusals/index.ts'

type File = Pick<Output<'complication.reportSheet'>, 'token' | 'fileName'>
type Reply = { readonly ok: true; readonly value: File } | { readonly ok: false; readonly refusal: { code: string } }

/** Makes a PDF and saves it; it is printed from there. */
export function PrintedFile({
  label,
  make,
  icon = 'PRINT',
}: {
  readonly label: string
  readonly make: () => Promise<Reply>
  readonly icon?: 'PRINT' | 'SAVE'
}) {
  const Icon = icon === 'SAVE' ? IconDownload : IconPrinter
  const [isMaking, setMaking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function save() {
    setMaking(true)
    const reply = await make().catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
    setMaking(false)
    setRefusal(reply.ok ? null : sentenceFor(reply.refusal))
    if (!reply.ok) return
    const link = document.createElement('a')
    link.href = blobAddress(reply.value.token, 'save')
    link.download = reply.value.fileName
    link.click()
  }

  return (
    <>
      <Button
        leftSection={<Icon size={16} stroke={1.7} aria-hidden="true" />}
        disabled={isMaking}
        onClick={() => void save()}
      >
        {label}
      </Button>
      <RefusalText>{refusal}</RefusalText>
    </>
  )
}
