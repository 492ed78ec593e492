import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../db/migrations/index.ts'
import { migrate } from '../../db/migrations/migrate.ts'
import { openStore, type Store, type Trx } from '../../db/open.ts'
import { seriesRecord } from '../../db/queries/series.ts'
import { insertRecord, insertRow } from '../../db/records.ts'
import { emptyPatientDetails, type PatientBody } from '../../shared/domain/patient.ts'
import type { PatientId, StaffId } from '../../shared/kernel/ids.ts'

export const at = '2026-08-03T15:42:16.000Z'
export const deskId = 'staff-1' as StaffId

export type Clinic = {
  readonly store: Store
  newId(): string
  write<Value>(work: (trx: Trx) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

/** An empty encrypted store with one member of staff. */
export async function openClinic(): Promise<Clinic> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-patient-'))
  const store = openStore({ path: join(folder, 'clinic.db'), key: Buffer.alloc(32, 7), create: true })
  migrate(store, at, migrations)
  let ids = 0
  const clinic: Clinic = {
    store,
    newId: () => `id-${String(++ids).padStart(8, '0')}`,
    write: (work) => store.db.transaction().execute(work),
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await clinic.write((trx) =>
    insertRow(trx, 'staff', {
      id: deskId,
      version: 1,
      sign_in_name: 'desk',
      printed_name: 'Dana Desk',
      credential: 'Front desk',
      status: 'ACTIVE',
      created_at: at,
      updated_at: at,
    }),
  )
  return clinic
}

let charts = 0
export function person(overrides: Partial<PatientBody>): PatientBody {
  charts++
  return {
    ...emptyPatientDetails,
    schema: 'patient/1',
    id: `patient-${String(charts).padStart(6, '0')}` as PatientId,
    chartNumber: `T${50_000 + charts}`,
    fst: null,
    status: { state: 'ACTIVE' },
    source: { kind: 'REGISTERED' },
    ...overrides,
  }
}

/** A course of the patient, so that what names it may. */
export async function planSeries(clinic: Clinic, patientId: PatientId, seriesId: string): Promise<void> {
  await clinic.write((trx) =>
    insertRecord(trx, seriesRecord, {
      id: seriesId,
      body: {
        schema: 'series/1',
        patientId,
        goals: ['ACNE_SCAR'],
        goalText: '',
        zones: [],
        sessionsPlanned: 4,
        intervalMonths: 1,
        photos: 'DECLINED',
        photoViews: [],
        status: 'ACTIVE',
        statusReason: null,
        maintenanceMonths: null,
      },
      state: {},
      newId: clinic.newId,
      at,
      by: deskId,
      reason: 'PLANNED',
    }),
  )
}
