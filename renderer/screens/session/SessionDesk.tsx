import { Button } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef } from 'react'
import type { SessionDraft } from '../../../shared/domain/session.ts'
import { checkSession } from '../../../shared/domain/session-check.ts'
import { cartridgeKey, gateFactsOf, sessionFactsOf } from '../../../shared/domain/session-desk.ts'
import { unansweredPointers } from '../../../shared/domain/sign-off.ts'
import { judgeStart } from '../../../shared/domain/start-gate.ts'
import { useGo } from '../../app/go.ts'
import { pathTo } from '../../app/paths.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import type { Person } from '../../app/use-person.ts'
import { useQuery } from '../../client/use-query.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { AfterPart } from './AfterPart.tsx'
import { BeforePart } from './BeforePart.tsx'
import { type OpenSession, type SessionWork, SessionWorkProvider } from './desk-context.ts'
import { focusField } from './Fields.tsx'
import { fieldPlace, type SessionPart, sessionParts } from './field-names.ts'
import { GatePart } from './GatePart.tsx'
import { openMatters } from './left-to-do.ts'
import { ProductsPart } from './ProductsPart.tsx'
import { ReviewPart } from './ReviewPart.tsx'
import { SessionTrail } from './SessionTrail.tsx'
import { useSessionDraft } from './use-session-draft.ts'
import { ZonesPart } from './ZonesPart.tsx'
import { limitFacts } from './zone-rows.ts'

/** What makes the gate's facts stale besides the session itself. */
const gateSubjects = [
  'screening',
  'clearance',
  'consent',
  'order',
  'series',
  'stock',
  'complication',
  'policy',
  'staff',
  'patient',
  'signOff',
] as const

export type SessionDeskProps = {
  readonly opened: OpenSession
  readonly initial: NonNullable<OpenSession['draft']>
  readonly clinic: Clinic
  readonly person: Person
}

/** The author's desk: plan, start, log and submit one session. */
export function SessionDesk({ opened, initial, clinic, person }: SessionDeskProps) {
  const { patientId, sessionId, isStarted } = opened.session
  const typing = useSessionDraft({
    patientId,
    sessionId,
    initial: { draft: initial.draft, replies: initial.replies },
    initialVersion: initial.draftVersion,
  })
  const { draft, saving } = typing
  const gate = useQuery('session.gate', { patientId, sessionId }, { dependsOn: gateSubjects })
  useFreshGate(draft, saving === 'saved', gate.refetch)
  const [part, showPart] = usePart(opened)
  const desk = gate.value?.desk ?? null

  const judged = useMemo(() => {
    if (!desk) return null
    return {
      facts: limitFacts(draft, desk, isStarted),
      failures: isStarted ? [] : judgeStart(gateFactsOf(draft, desk)),
      check: checkSession(draft, sessionFactsOf(draft, desk, clinic.now)),
    }
  }, [draft, desk, isStarted, clinic.now])

  if (gate.refusal && !desk) return <RefusalText>{sentenceFor(gate.refusal)}</RefusalText>
  if (!desk || !judged) return <div aria-busy="true" />
  const points = opened.session.state === 'RETURNED' ? (opened.returns.at(-1)?.pointers ?? []) : []
  const work: SessionWork = {
    opened,
    clinic,
    person,
    draft,
    change: typing.change,
    set: typing.set,
    points,
    replies: typing.replies,
    setReplies: typing.setReplies,
    flush: typing.flush,
    desk,
    ...judged,
    matters: openMatters(judged.check, draft, unansweredPointers(points, typing.replies)),
    isStarted,
    part,
    showPart,
    jumpTo: (path) => {
      showPart(fieldPlace(path, draft).part, path)
      // The part is drawn first, then its field can be reached.
      requestAnimationFrame(() => requestAnimationFrame(() => focusField(path)))
    },
  }
  return (
    <SessionWorkProvider value={work}>
      {/* Leaving a field saves it at once: a lock or a click elsewhere finds nothing unsaved. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only listens to the fields inside */}
      <div className="session-desk" data-started={isStarted} onBlur={() => void typing.flush()}>
        <h1 className="visually-hidden">Session {opened.session.sessionNo}</h1>
        <SessionTrail saving={saving} />
        {typing.isOvertaken && <Overtaken />}
        {typing.refusal && !typing.isOvertaken && (
          <div className="session-desk__notice">
            <RefusalText>Not saved yet: {sentenceFor(typing.refusal)} It is tried again by itself.</RefusalText>
          </div>
        )}
        <ShownPart part={part} isStarted={isStarted} />
      </div>
    </SessionWorkProvider>
  )
}

function ShownPart({ part, isStarted }: { readonly part: SessionPart; readonly isStarted: boolean }) {
  if (part === 'zones') return <ZonesPart />
  if (part === 'before') return <BeforePart />
  if (part === 'products') return <ProductsPart />
  if (part === 'after') return <AfterPart />
  return isStarted ? <ReviewPart /> : <GatePart />
}

function Overtaken() {
  return (
    <div className="session-desk__notice">
      <AlertCard
        state="blocked"
        tone="red"
        title="This session was saved from another window"
        sentence="What you type here is no longer stored, so that it does not overwrite the other text. Copy what is missing, then take the stored text."
        action={<Button onClick={() => window.location.reload()}>Take the stored text</Button>}
      />
    </div>
  )
}

/** Which part is shown stands in the address, so that a reload or a lock comes back to it. */
function usePart({ session }: OpenSession): [SessionPart, (part: SessionPart, path?: string) => void] {
  const go = useGo()
  const search: { readonly part?: unknown } = useSearch({ strict: false })
  const known = sessionParts.find((one) => one === search.part)
  const part = known === 'after' && !session.isStarted ? 'zones' : (known ?? 'zones')
  const showPart = (wanted: SessionPart, path?: string) => {
    const row = path === undefined ? null : /^(?:zoneRows|plan\.zones)\[(\d+)\]/u.exec(path)?.[1]
    const address = pathTo.session(session.patientId, session.sessionId)
    go(`${address}?part=${wanted}${row ? `&row=${row}` : ''}`, { replace: true })
  }
  return [part, showPart]
}

/** Asks main again once something is saved that the collected facts depend on. */
function useFreshGate(draft: SessionDraft, isSaved: boolean, refetch: () => void): void {
  const key = gateKey(draft)
  const judged = useRef(key)
  const latest = useRef(refetch)
  latest.current = refetch
  useEffect(() => {
    if (!isSaved || judged.current === key) return
    judged.current = key
    latest.current()
  }, [isSaved, key])
}

function gateKey(draft: SessionDraft): string {
  const { plan, zoneRows, deviceId, supervisingPhysicianId, stillAgreesToday, fst, cartridgeUses, recordOnly } = draft
  const rows = recordOnly === true ? zoneRows : plan?.zones
  return JSON.stringify([
    (rows ?? []).map(({ zone, side, site, indication, depthUm }) => [zone, side, site, indication, depthUm]),
    plan?.addons ?? [],
    (draft.addons ?? []).map(({ kind }) => kind),
    deviceId,
    supervisingPhysicianId,
    stillAgreesToday,
    fst,
    (cartridgeUses ?? []).map((use) => cartridgeKey(use)),
    recordOnly === true ? draft.startedAt : null,
  ])
}
