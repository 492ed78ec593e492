import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReportPeriod } from '../../../shared/domain/report.ts'
import { client } from '../../client/client.ts'
import { blobAddress } from '../../client/transport.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'

type SaveCsvProps = {
  readonly procedure: 'report.supervisionCsv' | 'report.safetyCsv' | 'report.outcomesCsv'
  readonly period: ReportPeriod
}

/** Saves the figures as a table for other programs; there is no patient in it. */
export function SaveCsv({ procedure, period }: SaveCsvProps) {
  const [isMaking, setMaking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function save() {
    setMaking(true)
    const reply = await client
      .call(procedure, period)
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
        leftSection={<IconDownload size={16} stroke={1.7} aria-hidden="true" />}
        disabled={isMaking}
        onClick={() => void save()}
      >
        Save as CSV
      </Button>
    </>
  )
}
