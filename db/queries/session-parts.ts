import { isLegibleLot, normaliseLot } from '../../shared/domain/lot.ts'
import type { SessionBody, SessionDraft } from '../../shared/domain/session.ts'
import { cartridgeKey } from '../../shared/domain/session-desk.ts'
import { photoMoments, photosNamedIn } from '../../shared/domain/session-photos.ts'
import type { PatientId, SessionId } from '../../shared/kernel/ids.ts'
import type { Reader, Trx } from '../open.ts'
import { type Columns, change, haveCells, insertRow, many } from '../records.ts'
import type { SessionCartridgeTable, SessionProductTable } from '../tables/session.ts'

/** Part tables repeat what the body says, for lists, recalls and look-backs; the body decides. */
const tables = ['session_zone', 'session_cartridge', 'session_product', 'session_photo'] as const
type Parts = Readonly<Record<(typeof tables)[number], readonly Columns[]>>
/** Null leaves a table as it is. */
type SomeParts = Readonly<Record<(typeof tables)[number], readonly Columns[] | null>>

type Whose = { readonly sessionId: SessionId; readonly patientId: PatientId }

/** Replaces all part rows by those of a submitted body. */
export function writeParts(trx: Trx, whose: Whose, body: SessionBody): Promise<void> {
  return replaceParts(trx, whose, partsOf(body))
}

/** Cartridges and products of a draft, so that a recall finds them before the record is submitted. */
export async function writeDraftParts(trx: Trx, whose: Whose, draft: SessionDraft): Promise<void> {
  const parts = { ...partsOf(draft), session_zone: null, session_photo: null }
  if (await haveParts(trx, whose, parts)) return
  await replaceParts(trx, whose, parts)
}

/** Whether the part rows are those of this body. */
export function partsAgree(reader: Reader, sessionId: SessionId, body: SessionBody): Promise<boolean> {
  return haveParts(reader, { sessionId, patientId: body.patientId }, partsOf(body))
}

export type LotUse = {
  readonly sessionId: SessionId
  readonly patientId: PatientId
  readonly lotRaw: string
  /** The cartridge's label, or the product's name. */
  readonly name: string
}

/** Every use of a cartridge lot, in any spelling; sessions entered in error are left out. At most 2,000. */
export async function selectCartridgeUses(reader: Reader, lotRaw: string): Promise<readonly LotUse[]> {
  const rows = await many<SessionCartridgeTable>(
    reader,
    `select session_cartridge.* from session_cartridge where lot_normalised = ? and ${isCounted('session_cartridge')}
       order by session_id, no limit 2000`,
    [normaliseLot(lotRaw)],
  )
  return rows.map((row) => ({
    sessionId: row.session_id,
    patientId: row.patient_id,
    lotRaw: row.lot_raw,
    name: row.label,
  }))
}

function isCounted(table: string): string {
  return `exists (select 1 from session where session.id = ${table}.session_id and state <> 'VOIDED' and state <> 'CANCELLED')`
}

async function replaceParts(trx: Trx, { sessionId, patientId }: Whose, parts: SomeParts): Promise<void> {
  for (const table of tables) {
    const wanted = parts[table]
    if (wanted === null) continue
    await change(trx, `delete from ${table} where session_id = ?`, [sessionId])
    for (const [index, columns] of wanted.entries()) {
      await insertRow(trx, table, { patient_id: patientId, session_id: sessionId, no: index + 1, ...columns })
    }
  }
}

async function haveParts(reader: Reader, { sessionId, patientId }: Whose, expected: SomeParts): Promise<boolean> {
  for (const table of tables) {
    const wanted = expected[table]
    if (wanted === null) continue
    const rows = await many<Record<string, string | number | null>>(
      reader,
      `select * from ${table} where session_id = ? order by no limit 200`,
      [sessionId],
    )
    const whole = wanted.map((columns, index) => ({ patient_id: patientId, no: index + 1, ...columns }))
    if (!haveCells(rows, whole)) return false
  }
  return true
}

/** Half-typed rows without a lot or name say nothing yet and are left out. */
function partsOf(session: SessionBody | SessionDraft): Parts {
  return {
    session_zone: (session.zoneRows ?? []).flatMap((row) => {
      const { zone, side, indication, depthUm, technique, cartridge, passes } = row
      if (!zone || !side || !indication || !depthUm || !technique || !cartridge) return []
      const site = row.site ?? null
      return [{ zone, side, site, indication, depth_um: depthUm, technique, passes: passes?.length ?? 0, cartridge }]
    }),
    session_cartridge: (session.cartridgeUses ?? []).flatMap((use) => {
      const lotRaw = use.lotRaw?.trim() ? use.lotRaw : null
      // A cartridge without a lot is what a recall cannot rule out, so it has its row as soon as it has a name.
      if (lotRaw === null && !use.label) return []
      return [
        {
          label: use.label ?? '',
          cartridge_lot_id: use.cartridgeLotId ?? null,
          lot_raw: lotRaw ?? '',
          lot_normalised: normaliseLot(lotRaw ?? ''),
          lot_legible: use.cartridgeLotId || isLegibleLot(lotRaw) ? 1 : 0,
          serial: use.serial?.trim() ? use.serial : null,
          cartridge_key: cartridgeKey(use),
          expires_on: use.expiresOn ?? null,
        },
      ]
    }),
    session_product: productColumns(session),
    session_photo: photoColumns(session),
  }
}

function photoColumns(session: SessionBody | SessionDraft) {
  return photoMoments.flatMap((moment) =>
    photosNamedIn({ [moment]: session[moment] }).flatMap(({ photoId, view, sha256 }) =>
      photoId && view && sha256
        ? [{ moment: moment === 'prePhotos' ? 'BEFORE' : 'AFTER', photo_id: photoId, view_code: view, sha256 }]
        : [],
    ),
  )
}

type DraftUse = {
  readonly productLotId?: string | null | undefined
  readonly name?: string | null | undefined
  readonly lotRaw?: string | null | undefined
}

function productColumns({ skinPrep, anaesthetic, addons, postProducts }: SessionBody | SessionDraft) {
  const applied = postProducts?.kind === 'APPLIED' ? (postProducts.products ?? []) : []
  const uses: readonly (readonly [SessionProductTable['used_as'], DraftUse | null | undefined])[] = [
    ['SKIN_PREP', skinPrep],
    ['ANAESTHETIC', anaesthetic?.kind === 'APPLIED' ? anaesthetic : null],
    ...(addons ?? []).map((addon) => ['ADDON', addon] as const),
    ...applied.map((product) => [product.moment ?? 'AFTER', product] as const),
  ]
  return uses.flatMap(([usedAs, use]) => {
    if (!use?.name?.trim()) return []
    const lotRaw = use.lotRaw?.trim() ? use.lotRaw : null
    return [
      {
        used_as: usedAs,
        product_lot_id: use.productLotId ?? null,
        name: use.name,
        lot_raw: lotRaw,
        lot_normalised: lotRaw === null ? null : normaliseLot(lotRaw),
        lot_legible: use.productLotId || isLegibleLot(lotRaw) ? 1 : 0,
      },
    ]
  })
}
