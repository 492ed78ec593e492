import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import { client } from '../../client/client.ts'
import { blobAddress } from '../../client/transport.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** Saves the form as a PDF to be printed or given; main audits it before the file is handed over. */
export function PrintConsent(address: { readonly patientId: PatientId; readonly consentId: ConsentId }) {
  const [isMaking, setMaking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function make() {
    setMaking(true)
    const reply = await client
      .call('print.consent', address)
      .catch(() => ({ ok: false as const, refusal: { code: 'UNREACHABLE' as const } }))
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
      <RefusalText>{refusal}</RefusalText>
      <Button
        leftSection={<IconPrinter size={16} stroke={1.7} aria-hidden="true" />}
        disabled={isMaking}
        onClick={() => void make()}
      >
        Print or save
      </Button>
    </>
  )
}
