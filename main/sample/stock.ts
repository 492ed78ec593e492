import { firstLetter } from '../../shared/domain/recall-letter.ts'
import type { CartridgeLotId, DeviceId, ProductLotId } from '../../shared/kernel/ids.ts'
import type { SampleHouse } from './house.ts'

export type SampleStock = {
  readonly deviceId: DeviceId
  readonly cartridgeLotId: CartridgeLotId
  readonly cartridgeLot: string
  readonly cartridgeExpiresOn: string
  readonly numbingId: ProductLotId
  readonly serumId: ProductLotId
  readonly antisepticId: ProductLotId
}

/** Two pens, three lots of cartridges (one set aside), and what stands on the trolley. */
export async function fillStock(house: SampleHouse): Promise<SampleStock> {
  const lena = await house.as('lena')
  const pen = (model: string, serial: string) => ({
    manufacturer: 'Halden',
    model,
    type: 'PEN' as const,
    udiDi: null,
    serial,
    clearanceNumber: 'K000000',
    maxDepthUm: 2500,
    depthStepUm: 50,
    speed: { unit: 'HZ' as const, from: 50, to: 150 },
    labelledIndications: 'Facial acne scars',
    labelledMinAgeYears: 22,
    labelledFst: [],
    calibrationDueOn: house.day(120),
  })
  const { deviceId } = await lena('stock.addDevice', { facts: pen('P2 pen', 'H-77120') })
  await lena('stock.addDevice', { facts: pen('P2 pen', 'H-77121') })
  const lot = (lotRaw: string, expiresOn: string) => ({
    manufacturer: 'Halden',
    model: 'Tip 12',
    udiDi: null,
    lotRaw,
    expiresOn,
    needleCount: 12,
    needleGauge: 33,
    maxLengthUm: 2500,
    sterileMethod: 'Ethylene oxide',
    receivedQuantity: 40,
    receivedOn: house.day(-100),
    supplier: 'Halden',
  })
  const cartridgeExpiresOn = house.day(240)
  const { cartridgeLotId } = await lena('stock.addCartridgeLot', { facts: lot('MN26-0611A', cartridgeExpiresOn) })
  await lena('stock.addCartridgeLot', { facts: lot('MN26-0417C', house.day(20)) })
  const aside = await lena('stock.addCartridgeLot', { facts: lot('MN25-1109B', house.day(90)) })
  await lena('stock.setCartridgeLotStatus', {
    cartridgeLotId: aside.cartridgeLotId,
    version: 1,
    status: 'QUARANTINED',
    reason: 'Two seals found open in the box',
  })
  const product = (facts: object) => ({
    productClass: 'NEUTRAL' as const,
    ingredientsOfConcern: [],
    agents: [],
    expiresOn: house.day(200),
    openedOn: null,
    ...facts,
  })
  const add = async (facts: object): Promise<ProductLotId> => {
    const { productLotId } = await lena('stock.addProductLot', { facts: product(facts) as never })
    return productLotId
  }
  return {
    deviceId,
    cartridgeLotId,
    cartridgeLot: 'MN26-0611A',
    cartridgeExpiresOn,
    numbingId: await add({
      kind: 'ANAESTHETIC',
      name: 'Lidocaine cream 4 %',
      lotRaw: 'LC-77',
      agents: [{ agent: 'LIDOCAINE', percent: 4 }],
    }),
    serumId: await add({ kind: 'SERUM', name: 'HA serum', lotRaw: 'HA-901', productClass: 'RESTORATIVE' }),
    antisepticId: await add({ kind: 'ANTISEPTIC', name: 'Chlorhexidine 2 %', lotRaw: 'AS-118' }),
  }
}

/** A serum whose maker wrote: one patient is told already, the others wait. */
export async function recallSerum(house: SampleHouse): Promise<void> {
  const okafor = await house.as('okafor')
  const { recallId } = await okafor('recall.open', {
    criteria: { kind: 'LOT', lot: 'HA-901', from: null, to: null },
    title: 'Cloudy serum',
    source: 'MANUFACTURER',
    notice: 'Letter of last week',
    letter: firstLetter,
    stockStatus: 'RECALLED',
    tellsNotRuledOut: true,
  })
  const { tasks } = await okafor('recall.view', { recallId })
  const [first, second] = tasks
  const note = (task: (typeof tasks)[number]) => ({ recallId, recallTaskId: task.recallTaskId, version: task.version })
  if (first) await okafor('recall.setTask', { ...note(first), to: 'REACHED', channel: 'PHONE', note: 'No complaints' })
  if (second) await okafor('recall.setTask', { ...note(second), to: 'SENT', channel: 'POST', note: '' })
}
