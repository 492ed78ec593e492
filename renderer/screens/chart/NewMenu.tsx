import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { PatientId } from '../../../shared/kernel/ids.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import { mayDo, type Person } from '../../app/use-person.ts'
import type { Output } from '../../client/client.ts'
import { useCommand } from '../../client/use-command.ts'
import { KeyHint } from '../../parts/KeyHint.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { useShortcuts } from '../../parts/shortcuts.tsx'
import { sentenceFor } from '../../refusals/index.ts'

/** What this person may add to the chart. */
export function NewMenu({
  patientId,
  person,
  plan,
}: {
  readonly patientId: PatientId
  readonly person: Person
  readonly plan: Output<'chart.open'>['plan']
}) {
  const go = useGo()
  const [isOpen, setOpen] = useState(false)
  const screening = useCommand('screening.begin')
  const consent = useCommand('consent.prepare')
  const session = useCommand('session.begin')
  useShortcuts([{ keys: 'N', label: 'New entry', group: 'Chart', run: () => setOpen(true) }])
  const seriesId = plan?.seriesId ?? null
  const refusal = screening.refusal ?? consent.refusal ?? session.refusal

  async function beginScreening() {
    const reply = await screening.run({ patientId, seriesId, wanted: 'NEEDED' })
    if (reply.ok) go(pathTo.screening(patientId, reply.value.screeningId))
  }
  async function prepareConsent() {
    const reply = await consent.run({ patientId, basedOn: null })
    if (reply.ok) go(pathTo.consent(patientId, reply.value.consentId))
  }
  async function beginSession(isWithoutText = false) {
    if (seriesId === null) return
    const reply = await session.run({ patientId, seriesId, isWithoutText })
    if (reply.ok) go(pathTo.session(patientId, reply.value.sessionId))
  }

  return (
    <>
      <RefusalText>{refusal ? sentenceFor(refusal) : null}</RefusalText>
      {session.refusal?.code === 'CONSENT_TEXT_MISSING' && (
        <Button onClick={() => void beginSession(true)}>Open it without, or to record what took place</Button>
      )}
      <Menu opened={isOpen} onChange={setOpen} position="bottom-end">
        <Menu.Target>
          <Button
            leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
            rightSection={<KeyHint keys="N" />}
          >
            New
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayDo(person, 'screening.handOver') && (
            <Menu.Item onClick={() => void beginScreening()}>Questionnaire</Menu.Item>
          )}
          {mayDo(person, 'consent.capture') && <Menu.Item onClick={() => void prepareConsent()}>Consent</Menu.Item>}
          {mayDo(person, 'order.write') && (
            <Menu.Item onClick={() => go(pathTo.order(patientId, 'new'))}>Examination and order</Menu.Item>
          )}
          {mayDo(person, 'series.write') && <Menu.Item onClick={() => go(pathTo.plan(patientId))}>Course</Menu.Item>}
          {mayDo(person, 'session.write') && (
            <Menu.Item disabled={seriesId === null} onClick={() => void beginSession()}>
              Session
            </Menu.Item>
          )}
          {mayDo(person, 'complication.report') && (
            <Menu.Item onClick={() => go(pathTo.complication(patientId, 'new'))}>
              Symptom call or complication
            </Menu.Item>
          )}
          {mayDo(person, 'amendment.take') && (
            <Menu.Item onClick={() => go(pathTo.amendments(patientId))}>Request to correct the record</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
