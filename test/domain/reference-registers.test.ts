import { describe, expect, test } from 'vitest'
import { sessionBody } from '../../shared/contract/schemas/session.ts'
import { cartridgeLotBody, deviceBody, productLotBody } from '../../shared/contract/schemas/stock.ts'
import { deviceStatuses, deviceTypes, speedUnits } from '../../shared/domain/device.ts'
import { lotStatuses } from '../../shared/domain/lot.ts'
import { presets } from '../../shared/domain/zones.ts'
import { codesIn, lineWith, listIn, tableRows } from './clinical-reference.ts'

/** What each field of the printed register is called in the record; `null` where the record's own id or row holds it. */
const registers = {
  Device: {
    shape: deviceBody.shape,
    fields: {
      id: null,
      manufacturer: ['manufacturer'],
      model: ['model'],
      'type (PEN / ROLLER / STAMP / RF_PEN)': ['type'],
      'UDI-DI': ['udiDi'],
      serial: ['serial'],
      '510(k)/De Novo number': ['clearanceNumber'],
      'max depth': ['maxDepthUm'],
      'depth step': ['depthStepUm'],
      'speed unit (Hz / rpm / level) and range': ['speed'],
      'labelled indications/ages/FST': ['labelledIndications', 'labelledMinAgeYears', 'labelledFst'],
      'calibration due': ['calibrationDueOn'],
      'cleaning log': ['cleaningLog'],
      'status (ACTIVE/QUARANTINED/RETIRED)': ['status'],
    },
  },
  'Cartridge lot (stock)': {
    shape: cartridgeLotBody.shape,
    fields: {
      manufacturer: ['manufacturer'],
      model: ['model'],
      'UDI-DI': ['udiDi'],
      'lot raw + lot normalised': ['lotRaw', 'lotNormalised'],
      expiry: ['expiresOn'],
      'needle count': ['needleCount'],
      'needle gauge': ['needleGauge'],
      'max length': ['maxLengthUm'],
      'sterile method': ['sterileMethod'],
      'received qty/date': ['receivedQuantity', 'receivedOn'],
      supplier: ['supplier'],
      'status (AVAILABLE/QUARANTINED/RECALLED/EXPIRED)': ['status'],
    },
  },
  'Cartridge use': {
    shape: sessionBody.shape.cartridgeUses.element.shape,
    fields: {
      'stock lot': ['cartridgeLotId', 'lotRaw', 'lotNormalised', 'expiresOn', 'maxLengthUm'],
      'serial if any': ['serial'],
      'opened at': ['openedAt'],
      'seal intact': ['isSealIntact'],
      'used on (zone rows)': ['label'],
      'discarded at': ['isDiscarded'],
      'sharps container; one patient visit only; more than one per visit allowed': ['isSharpsDisposed'],
    },
  },
  'Product lot': {
    shape: productLotBody.shape,
    fields: {
      'anaesthetic, glide gel, serum, antiseptic, post-care: name': ['kind', 'name'],
      class: ['productClass'],
      'ingredients of concern': ['ingredientsOfConcern', 'agents'],
      lot: ['lotRaw', 'lotNormalised', 'status'],
      expiry: ['expiresOn'],
      'opened date': ['openedOn'],
    },
  },
} as const

describe('the registers of the clinical reference, section 4', () => {
  const rows = tableRows('| Register | Fields |')

  test('are the registers that the clinic keeps', () => {
    expect(rows.map(([register]) => register)).toEqual(Object.keys(registers))
  })

  test.each(Object.entries(registers))('%s has the printed fields and no others', (register, { shape, fields }) => {
    const cell = rows.find(([name]) => name === register)?.[1] ?? ''
    const kept = Object.values<readonly string[] | null>(fields).flatMap((keys) => keys ?? [])
    expect(listIn(cell).join(', ')).toBe(Object.keys(fields).join(', '))
    expect(kept.toSorted()).toEqual(Object.keys(shape).toSorted())
  })

  test('have the printed types, units and statuses', () => {
    const [device = '', lot = ''] = rows.map(([, fields]) => fields)
    expect(codesIn(/type \(([^)]*)\)/u.exec(device)?.[1] ?? '')).toEqual([...deviceTypes])
    expect(codesIn(/status \(([^)]*)\)/u.exec(device)?.[1] ?? '')).toEqual([...deviceStatuses])
    expect(codesIn(/status \(([^)]*)\)/u.exec(lot)?.[1] ?? '')).toEqual([...lotStatuses])
    expect(/speed unit \(([^)]*)\)/u.exec(device)?.[1]?.toUpperCase().split(' / ')).toEqual([...speedUnits])
  })
})

test('the zone presets are the printed ones', () => {
  const words = lineWith('- Presets:').split(' A preset expands')[0] ?? ''
  expect([...new Set(codesIn(words).filter((code) => code !== 'ORBITAL'))]).toEqual([...presets])
})
