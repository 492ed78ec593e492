import type { Reader } from '../../db/open.ts'
import { selectDraft } from '../../db/queries/draft.ts'
import { screeningRecord } from '../../db/queries/screening.ts'
import { type SessionText, selectSession, selectStart, sessionDraftKind } from '../../db/queries/session.ts'
import { signOffRecord } from '../../db/queries/sign-off.ts'
import { many, one, selectRecord } from '../../db/records.ts'
import { selectSignatures } from '../../db/signatures.ts'
import type { PatientId, ScreeningId, SessionId, SignOffId, VersionId } from '../../shared/kernel/ids.ts'

export const keptKinds = ['DRAFT_SAVED', 'SCREENING_SIGNED', 'STARTED', 'SUBMITTED', 'COUNTERSIGNED'] as const
export type KeptKind = (typeof keptKinds)[number]

type Typed = Readonly<Record<string, unknown>>
type SignedVersion = { readonly signOffId: SignOffId; readonly versionId: VersionId; readonly sha256: string }

/** Everything of one session that the program has acknowledged, and the save that was on its way. */
type KeptSession = {
  readonly patientId: PatientId
  readonly sessionId: SessionId
  saves: number
  draftVersion: number
  /** All that was typed and acknowledged, by field; the number of the save stands in the notes. */
  saved: Typed
  underWay: Typed
  isStarted: boolean
  isSubmitted: boolean
  countersigned: SignedVersion | null
}

export type Finding = { readonly kind: KeptKind; readonly fault: string }

/** What the people were told is kept. */
export class Ledger {
  readonly #sessions = new Map<SessionId, KeptSession>()
  readonly #screenings: ScreeningId[] = []

  screened(screeningId: ScreeningId): void {
    this.#screenings.push(screeningId)
  }

  typing(patientId: PatientId, sessionId: SessionId, typed: Typed): void {
    const session = this.#session(patientId, sessionId)
    session.underWay = { ...session.saved, ...typed }
  }

  saved(sessionId: SessionId, draftVersion: number): void {
    const session = this.#sessions.get(sessionId)
    if (!session) throw new Error('nobody typed in this session')
    session.saves += 1
    session.draftVersion = draftVersion
    session.saved = session.underWay
  }

  started(patientId: PatientId, sessionId: SessionId): void {
    this.#session(patientId, sessionId).isStarted = true
  }

  submitted(patientId: PatientId, sessionId: SessionId): void {
    this.#session(patientId, sessionId).isSubmitted = true
  }

  countersigned(patientId: PatientId, sessionId: SessionId, version: SignedVersion): void {
    this.#session(patientId, sessionId).countersigned = version
  }

  count(kind: KeptKind): number {
    const sessions = [...this.#sessions.values()]
    if (kind === 'SCREENING_SIGNED') return this.#screenings.length
    if (kind === 'DRAFT_SAVED') return sessions.reduce((sum, { saves }) => sum + saves, 0)
    if (kind === 'STARTED') return sessions.filter(({ isStarted }) => isStarted).length
    if (kind === 'SUBMITTED') return sessions.filter(({ isSubmitted }) => isSubmitted).length
    return sessions.filter(({ countersigned }) => countersigned !== null).length
  }

  /** Looks for all of it in the store, or for what the latest sessions brought. */
  async search(reader: Reader, which: 'ALL' | 'LATEST' = 'ALL'): Promise<readonly Finding[]> {
    const latest = which === 'ALL' ? 0 : -3
    const findings: Finding[] = []
    for (const id of this.#screenings.slice(latest)) findings.push(...(await searchScreening(reader, id)))
    for (const session of [...this.#sessions.values()].slice(latest))
      findings.push(...(await searchSession(reader, session)))
    return findings
  }

  #session(patientId: PatientId, sessionId: SessionId): KeptSession {
    const known = this.#sessions.get(sessionId)
    if (known) return known
    const session: KeptSession = {
      patientId,
      sessionId,
      saves: 0,
      draftVersion: 0,
      saved: {},
      underWay: {},
      isStarted: false,
      isSubmitted: false,
      countersigned: null,
    }
    this.#sessions.set(sessionId, session)
    return session
  }
}

/** Nothing may be half, whether it was acknowledged or not: a state without its signature, a version without its audit. */
export async function searchHalves(reader: Reader): Promise<readonly string[]> {
  const halves = [
    {
      fault: 'a submitted session without its author’s signature',
      sql: `select s.id from session s where s.state in ('SUBMITTED', 'SIGNED') and not exists (select 1 from signature g
              where g.kind = 'session' and g.record_id = s.id and g.version_id = s.version_id and g.signer_id = s.practitioner_id)`,
    },
    {
      fault: 'a signed session without a review',
      sql: `select s.id from session s where s.state = 'SIGNED' and not exists (select 1 from sign_off o
              where o.record_id = s.id and o.record_version_id = s.version_id)`,
    },
    {
      fault: 'a review of a session that is not signed',
      sql: `select o.id from sign_off o join session s on s.id = o.record_id where s.state <> 'SIGNED'`,
    },
    {
      fault: 'a signed record whose version no audit row names',
      sql: `select v.id from record_version v where v.kind in ('session', 'screening', 'sign_off')
              and not exists (select 1 from audit_entry a where a.version_id = v.id)`,
    },
  ]
  const found: string[] = []
  for (const { fault, sql } of halves) {
    const rows = await many(reader, sql)
    if (rows.length > 0) found.push(`${rows.length} x ${fault}`)
  }
  return found
}

async function searchScreening(reader: Reader, screeningId: ScreeningId): Promise<readonly Finding[]> {
  const kind = 'SCREENING_SIGNED'
  const record = await selectRecord(reader, screeningRecord, screeningId)
  if (!record) return [{ kind, fault: 'lost' }]
  const [signature] = await selectSignatures(reader, 'screening', screeningId)
  return findings(kind, [
    [record.integrity === 'INTACT', record.integrity],
    [signature?.integrity === 'INTACT', 'its signature is not over its bytes'],
    [await isAudited(reader, 'screening.sign', screeningId), 'no audit row'],
  ])
}

async function searchSession(reader: Reader, kept: KeptSession): Promise<readonly Finding[]> {
  const { patientId, sessionId, countersigned } = kept
  const session = await selectSession(reader, patientId, sessionId)
  if (!session) return [{ kind: 'DRAFT_SAVED', fault: 'the session is lost' }]
  const signatures = await selectSignatures(reader, 'session', sessionId)
  const author = signatures.find(({ signerId }) => signerId === session.head.practitioner_id)
  const isWhole = session.integrity === 'INTACT'
  const found = [...(await searchText(reader, kept, session.body))]
  if (kept.isStarted)
    found.push(
      ...findings('STARTED', [
        [(await selectStart(reader, sessionId)) !== null, 'the start is lost'],
        [await isAudited(reader, 'session.start', sessionId), 'no audit row'],
      ]),
    )
  if (kept.isSubmitted)
    found.push(
      ...findings('SUBMITTED', [
        [session.state === 'SUBMITTED' || session.state === 'SIGNED', `it is ${session.state}`],
        [isWhole, session.integrity],
        [
          author?.integrity === 'INTACT' && author.sha256 === session.sha256,
          'no signature of the author over its bytes',
        ],
        [await isAudited(reader, 'session.submit', sessionId), 'no audit row'],
      ]),
    )
  if (countersigned) {
    const second = signatures.find(({ signerId }) => signerId === session.head.signed_by)
    const review = await selectRecord(reader, signOffRecord, countersigned.signOffId)
    found.push(
      ...findings('COUNTERSIGNED', [
        [session.state === 'SIGNED', `it is ${session.state}`],
        [isWhole && session.versionId === countersigned.versionId, 'another version stands'],
        [session.sha256 === countersigned.sha256, 'other bytes stand'],
        [second?.integrity === 'INTACT' && second.sha256 === countersigned.sha256, 'no signature over these bytes'],
        [review?.integrity === 'INTACT', 'its review is lost or damaged'],
        [await isAudited(reader, 'signOff.sign', sessionId), 'no audit row'],
      ]),
    )
  }
  return found
}

/**
 * All fields of the last acknowledged save stand in the draft, or in the record once it was submitted. A call that was cut
 * off may have come through: then its text stands whole.
 */
async function searchText(
  reader: Reader,
  { sessionId, saves, saved, underWay, draftVersion }: KeptSession,
  submitted: unknown,
): Promise<readonly Finding[]> {
  if (saves === 0) return []
  const draft = await selectDraft<SessionText>(reader, sessionDraftKind, sessionId)
  const kind = 'DRAFT_SAVED'
  if (draft === null) return findings(kind, [[standsIn(submitted, saved), 'the text is neither a draft nor submitted']])
  const text = draft.body.draft
  return findings(kind, [
    [draft.version >= draftVersion, `save ${draftVersion} is lost, ${draft.version} stands`],
    [holds(text, saved) || (draft.version > draftVersion && holds(text, underWay)), 'another text stands'],
  ])
}

/** The notes with the number of the last save, and every other field that record and draft call by one name. */
function standsIn(record: unknown, saved: Typed): boolean {
  if (record === null || typeof record !== 'object') return false
  const shared = Object.entries(saved).filter(([field]) => field === 'notes' || field in record)
  return holds(record, Object.fromEntries(shared))
}

/** Whether everything that was typed stands here; the program adds facts of its own beside it. */
function holds(stored: unknown, typed: unknown): boolean {
  if (typed === null || typeof typed !== 'object') return stored === typed
  if (stored === null || typeof stored !== 'object') return false
  const there = stored as Readonly<Record<string, unknown>>
  return Object.entries(typed).every(([field, value]) => holds(there[field], value))
}

async function isAudited(reader: Reader, action: string, subjectId: string): Promise<boolean> {
  const row = await one(
    reader,
    "select seq from audit_entry where action = ? and outcome = 'DONE' and (subject_id = ? or exists (select 1 from record_version v where v.id = audit_entry.version_id and v.record_id = ?)) limit 1",
    [action, subjectId, subjectId],
  )
  return row !== null
}

function findings(kind: KeptKind, checks: readonly (readonly [holds: boolean, fault: string])[]): readonly Finding[] {
  return checks.flatMap(([holds, fault]) => (holds ? [] : [{ kind, fault }]))
}
