import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import { PacketDrawer } from './PacketDrawer.tsx'

/** What stands at the right end of the banner: the photos, and behind one button what is needed less often. */
export function ChartActions({ patientId, person }: { readonly patientId: PatientId; readonly person: Person }) {
  const go = useGo()
  const [isPacking, setPacking] = useState(false)
  const editPatient = () => go(pathTo.editPatient(patientId))
  return (
    <>
      {mayDo(person, 'chart.read') && <Button onClick={() => go(pathTo.photos(patientId))}>Photos</Button>}
      {mayDo(person, 'packet.make') ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button rightSection={<IconChevronDown size={15} stroke={1.8} aria-hidden="true" />}>More</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={editPatient}>Personal data</Menu.Item>
            <Menu.Item onClick={() => setPacking(true)}>Signed packet</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : (
        <Button onClick={editPatient}>Personal data</Button>
      )}
      <PacketDrawer patientId={patientId} isOpen={isPacking} onClose={() => setPacking(false)} />
    </>
  )
}
