import './backup.css'
import { Button, Table } from '@mantine/core'
import type { Salvaged } from '../../../shared/contract/recovery.ts'
import { forgetEverything } from '../../client/ClientProvider.tsx'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { formatDateTime } from '../../parts/format.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { KeepCopyForm } from './KeepCopyForm.tsx'

type SalvagePartProps = { readonly timeZone: string; readonly onRestore: () => void }

/** The three ways on from damaged records, in the order in which they lose the least. */
export function SalvagePart({ timeZone, onRestore }: SalvagePartProps) {
  const state = useQuery('recovery.state', {})
  const salvage = useCommand('recovery.salvage')
  const open = useCommand('recovery.openSalvaged')
  const newest = state.value?.newest ?? null
  const salvaged = (salvage.refusal ? null : state.value?.salvaged) ?? null

  async function start() {
    await salvage.run({})
    state.refetch()
  }

  async function openThem() {
    const reply = await open.run({})
    if (reply.ok) forgetEverything()
  }

  return (
    <div className="backup-part" aria-busy={salvage.isRunning || open.isRunning}>
      <h2 className="title-16">1. Restore a backup</h2>
      <p>
        {newest?.about
          ? `The newest one that is known here was made ${formatDateTime(newest.about.madeAt, timeZone)} with ${newest.about.patients} patients. It lies in ${newest.folder}.`
          : 'No backup is known on this computer. One may lie on a stick or another disk.'}
      </p>
      <div>
        <Button onClick={onRestore}>Restore from a backup</Button>
      </div>
      {state.value?.canSalvage && (
        <>
          <h2 className="title-16">2. Save what can still be read</h2>
          <p>
            Every row that is whole is copied into new records, and each signature is proved again. What cannot be read
            is left out and counted. The damaged file is kept as it is.
          </p>
          {salvaged && <SalvagedTable salvaged={salvaged} />}
          <RefusalText>{salvage.refusal ? sentenceFor(salvage.refusal) : null}</RefusalText>
          <RefusalText>{open.refusal ? sentenceFor(open.refusal) : null}</RefusalText>
          <div className="store-fault__ways">
            {salvaged ? (
              <Button disabled={open.isRunning} onClick={() => void openThem()}>
                Open the saved records
              </Button>
            ) : (
              <Button disabled={salvage.isRunning} onClick={() => void start()}>
                {salvage.isRunning ? 'Reading the records' : 'Save what can be read'}
              </Button>
            )}
          </div>
        </>
      )}
      <h2 className="title-16">{state.value?.canSalvage ? 3 : 2}. Keep a copy for support</h2>
      <KeepCopyForm label="Folder for the copy" />
    </div>
  )
}

function SalvagedTable({ salvaged }: { readonly salvaged: Salvaged }) {
  const { tables, signaturesSound, signaturesBroken, missingFiles } = salvaged
  const withLoss = tables.filter(({ lost }) => lost !== 0)
  const rows = tables.reduce((sum, { read }) => sum + read, 0)
  return (
    <div role="status">
      <p>
        {rows} rows were read. {signaturesSound} signatures are whole
        {signaturesBroken > 0 && `, ${signaturesBroken} are not`}.
        {missingFiles > 0 && ` ${missingFiles} photographs or signed sheets are missing.`}{' '}
        {withLoss.length === 0 && 'Nothing is missing.'}
      </p>
      {withLoss.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th>Rows read</Table.Th>
              <Table.Th>Rows lost</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {withLoss.map(({ name, read, lost }) => (
              <Table.Tr key={name}>
                <Table.Td className="mono">{name}</Table.Td>
                <Table.Td>{read}</Table.Td>
                <Table.Td>{lost ?? 'not known'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </div>
  )
}
