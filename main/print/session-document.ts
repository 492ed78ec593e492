import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { AddendumBody } from '../../shared/domain/addendum.ts'
import type { Deviation } from '../../shared/domain/deviation.ts'
import type { ProductUse, SessionBody } from '../../shared/domain/session.ts'
import type { PhotoRecord } from '../../shared/domain/session-photo-record.ts'
import type { SignOffBody } from '../../shared/domain/sign-off.ts'
import type { Licence } from '../../shared/domain/staff.ts'
import type { CalendarDate } from '../../shared/kernel/time.ts'
import {
  factsTable,
  gridTable,
  type PrintedSignature,
  type SheetFacts,
  sectionHead,
  sheet,
  signatureBlock,
} from './sheet.ts'
import { clockWords, codeWords, dateWords, depthWords, placeWords, timeWords, viewWords } from './words.ts'

export type PrintedAddendum = {
  readonly body: AddendumBody
  readonly state: string
  readonly signatures: readonly PrintedSignature[]
}

export type SessionPrint = {
  readonly sheet: SheetFacts
  readonly body: SessionBody
  /** First day of the policy that the record names; null where none was approved. */
  readonly policyFrom: CalendarDate | null
  readonly signatures: readonly PrintedSignature[]
  readonly signOff: SignOffBody | null
  readonly addenda: readonly PrintedAddendum[]
  readonly disagreements: readonly PrintedDisagreement[]
}

/** A denied request to correct this record: it goes out with every copy (45 CFR 164.526, clinical reference, section 10). */
export type PrintedDisagreement = {
  readonly requestedBy: string
  readonly requestedOn: CalendarDate
  readonly wish: string
  readonly denialReason: string
  readonly statement: string
  readonly rebuttal: string | null
}

/** Sections of the sheet and the fields of the body that each shows: an addendum stands beside what it amends. */
const sectionOfField: Readonly<Record<string, SectionKey>> = {
  plan: 'people',
  identityCheck: 'people',
  fst: 'people',
  prePhotos: 'people',
  preObservations: 'people',
  skinPrep: 'people',
  stillAgreesToday: 'people',
  practitioner: 'people',
  supervisingPhysician: 'people',
  room: 'people',
  anaesthetic: 'numbing',
  deviceId: 'lots',
  device: 'lots',
  speed: 'lots',
  cartridgeUses: 'lots',
  zoneRows: 'zones',
  addons: 'zones',
  postProducts: 'after',
  immediateReactions: 'after',
  painMax: 'after',
  haemostasisMin: 'after',
  postPhotos: 'after',
  aftercareGiven: 'after',
  endedEarly: 'after',
  endedEarlyReason: 'after',
  notes: 'after',
  nextSessionSuggestedOn: 'after',
  startedAt: 'people',
  endedAt: 'people',
  deviations: 'deviations',
  warnings: 'deviations',
}
const speedWords = { HZ: 'Hz', RPM: 'rpm', LEVEL: '(level)' } as const

type SectionKey = 'people' | 'numbing' | 'lots' | 'zones' | 'after' | 'deviations' | 'whole'

/** The whole session on paper: depth and lot tables, deviations with their dispositions, addenda beside the original. */
export function sessionDocument(print: SessionPrint): TDocumentDefinitions {
  const { body } = print
  const section = (key: SectionKey, heading: string, content: readonly Content[]): Content[] => {
    const addenda = print.addenda.filter((addendum) => sectionOf(addendum) === key)
    const isWide = key === 'lots' || key === 'zones'
    return [sectionHead(heading), ...(isWide ? below(content, addenda) : beside(content, addenda))]
  }
  return sheet(print.sheet, [
    ...section('people', 'Session', [peopleTable(print)]),
    ...section('numbing', 'Numbing', [factsTable(anaestheticFacts(body))]),
    ...section('lots', 'Device and cartridge lots', [lotTable(body)]),
    ...section('zones', 'Zones (depth setting)', [zoneTableOf(body), ...addonLines(body)]),
    ...section('after', 'Afterwards', [factsTable(afterFacts(body))]),
    ...section('deviations', 'Deviations and warnings', deviationLines(body, print.signOff)),
    ...section('whole', 'Physician’s review', reviewLines(print.signOff)),
    ...disagreementLines(print.disagreements),
    ...(print.signatures.length > 0 ? [signatureBlock('Signatures', print.signatures)] : []),
  ])
}

function sectionOf({ body }: PrintedAddendum): SectionKey {
  const field = body.amends.fieldPath?.split('/')[1]
  return field === undefined ? 'whole' : (sectionOfField[field] ?? 'whole')
}

function beside(content: readonly Content[], addenda: readonly PrintedAddendum[]): Content[] {
  if (addenda.length === 0) return [...content]
  return [
    {
      columns: [
        { width: '*', stack: [{ text: 'As signed', style: 'head' }, ...content] },
        { width: 190, stack: addenda.map(addendumBox) },
      ],
      columnGap: 10,
    },
  ]
}

/** Under a table that needs the whole width of the page. */
function below(content: readonly Content[], addenda: readonly PrintedAddendum[]): Content[] {
  if (addenda.length === 0) return [...content]
  return [
    { text: 'As signed', style: 'head' },
    ...content,
    ...addenda.map((addendum): Content => ({ margin: [0, 6, 0, 0], stack: [addendumBox(addendum)] })),
  ]
}

function addendumBox({ body, state, signatures }: PrintedAddendum): Content {
  const written = signatures[0]
  const offset = written?.utcOffsetMin ?? 0
  return {
    margin: [0, 0, 0, 6],
    // Longer ones may need more than a page has left.
    unbreakable: body.text.length < 1500,
    table: {
      widths: ['*'],
      body: [
        [
          {
            fillColor: '#E9EDF9',
            margin: [4, 3, 4, 3],
            fontSize: 9,
            stack: [
              { text: `Addendum${body.isLateEntry ? ', late entry' : ''}`, bold: true },
              ...(body.correction
                ? [
                    { text: `Was: ${body.correction.was}` },
                    { text: `Should be: ${body.correction.shouldBe}`, bold: true },
                  ]
                : []),
              { text: body.text },
              { text: `Reason: ${body.reason}` },
              { text: `${body.author.printedName}, ${body.author.credential}, ${timeWords(body.writtenAt, offset)}` },
              ...(state === 'SIGNED'
                ? signatures.map((signature) => ({
                    text: `Signed ${signature.name}, ${signature.credential}: ${signature.meaning}, ${timeWords(signature.signedAt, signature.utcOffsetMin)}`,
                  }))
                : [{ text: 'Not countersigned yet', bold: true }]),
            ],
          },
        ],
      ],
    },
    layout: 'noBorders',
  }
}

function peopleTable({ body, policyFrom }: SessionPrint): Content {
  const { utcOffsetMin: offset } = body
  const supervision = body.supervisingPhysician
    ? `${body.supervisingPhysician.printedName}, ${body.supervisingPhysician.credential} (${codeWords(body.supervisionModeActual ?? 'NONE')}), ${licenceWords(body.supervisingPhysician.licence)}`
    : 'None needed: a physician treated'
  return factsTable([
    [
      'Treated by',
      `${body.practitioner.printedName}, ${body.practitioner.credential}, ${licenceWords(body.practitioner.licence)}`,
    ],
    ['Clinic policy', policyFrom === null ? 'None approved' : `In force since ${dateWords(policyFrom)}`],
    ['Supervising physician', supervision],
    ['Session number', String(body.sessionNo)],
    ['Needling', `${timeWords(body.startedAt, offset)} to ${clockWords(body.endedAt, offset)}`],
    ['Place', `${body.clinic}, room ${body.room}`],
    [
      'Entry',
      `${body.recordOnly ? 'Record only, no start gate' : 'Start gate passed'}${body.lateEntry ? ', late entry' : ''}`,
    ],
    ['Identity checked with', body.identityCheck.identifiers.map(codeWords).join(', ')],
    ['Skin type (Fitzpatrick)', body.fst],
    ['Patient agreed today', body.stillAgreesToday ? 'Yes' : 'No'],
    ['Skin preparation', productWords(body.skinPrep)],
    [
      'Seen before',
      [...body.preObservations.seen.map(codeWords), body.preObservations.text ?? '']
        .filter((text) => text !== '')
        .join(', ') || 'Nothing noted',
    ],
    ['Photographs before', photoWords(body.prePhotos)],
  ])
}

function anaestheticFacts(body: SessionBody): (readonly [string, string])[] {
  const { anaesthetic, utcOffsetMin: offset } = body
  if (anaesthetic.kind === 'NONE') return [['Anaesthetic', 'None']]
  return [
    ['Product', productWords(anaesthetic)],
    [
      'Agents',
      anaesthetic.agents.map(({ agent, percent }) => `${codeWords(agent)} ${percent} %`).join(', ') || 'Not stated',
    ],
    ['Amount', anaesthetic.grams === null ? 'Not stated' : `${anaesthetic.grams} g`],
    ['On', clockWords(anaesthetic.onAt, offset)],
    [
      'Off',
      `${anaesthetic.offAt === null ? 'Not noted' : clockWords(anaesthetic.offAt, offset)}, ${anaesthetic.isRemoved ? 'removed' : 'NOT removed'}`,
    ],
    ['Covered', anaesthetic.isOccluded ? 'Under film' : 'Left open'],
  ]
}

function lotTable(body: SessionBody): Content {
  const { device, speed } = body
  return {
    stack: [
      {
        text: `${device.manufacturer} ${device.model}, serial ${device.serial}, greatest depth ${depthWords(device.maxDepthUm)}${speed === null ? '' : `, speed ${speed}${device.speed ? ` ${speedWords[device.speed.unit]}` : ''}`}`,
        margin: [0, 0, 0, 4],
      },
      gridTable(
        ['Cartridge', 'Lot', 'Expires', 'Length', 'Seal', 'Opened', 'Discarded'],
        body.cartridgeUses.map((use) => [
          use.label,
          use.lotRaw,
          dateWords(use.expiresOn),
          use.maxLengthUm === null ? 'Not stated' : depthWords(use.maxLengthUm),
          use.isSealIntact ? 'intact' : 'BROKEN',
          clockWords(use.openedAt, body.utcOffsetMin),
          use.isDiscarded ? (use.isSharpsDisposed ? 'sharps box' : 'yes') : 'NO',
        ]),
        ['auto', '*', 'auto', 'auto', 'auto', 'auto', 'auto'],
      ),
    ],
  }
}

function zoneTableOf(body: SessionBody): Content {
  return gridTable(
    ['Zone', 'For', 'Depth', 'Technique', 'Passes: directions, endpoint', 'Stopped at', 'Cart.'],
    body.zoneRows.map((row) => [
      placeWords(row),
      codeWords(row.indication),
      depthWords(row.depthUm),
      codeWords(row.technique),
      row.passes
        .map((pass) => `${pass.no}: ${pass.directions.join(' ')}, ${codeWords(pass.endpointAfter).toLowerCase()}`)
        .join('\n'),
      codeWords(row.stopReason),
      row.cartridge,
    ]),
    ['*', 66, 44, 46, 110, 54, 'auto'],
  )
}

function addonLines(body: SessionBody): Content[] {
  return body.addons.map((addon) => ({ text: `Add-on ${codeWords(addon.kind)}: ${productWords(addon)}` }))
}

function afterFacts(body: SessionBody): (readonly [string, string])[] {
  const { postProducts, immediateReactions, aftercareGiven } = body
  return [
    [
      'Products',
      postProducts.kind === 'NONE'
        ? 'None applied'
        : postProducts.products
            .map((product) => `${productWords(product)} (${codeWords(product.productClass)})`)
            .join('\n'),
    ],
    [
      'Reactions',
      immediateReactions.kind === 'NONE'
        ? 'None seen'
        : immediateReactions.reactions
            .map((reaction) => `${codeWords(reaction.code)}, grade ${reaction.grade}`)
            .join('\n'),
    ],
    ['Pain, most', `${body.painMax} of 10`],
    ['Bleeding stopped after', body.haemostasisMin === null ? 'Not noted' : `${body.haemostasisMin} min`],
    ['Photographs after', body.postPhotos ? photoWords(body.postPhotos) : 'Not noted'],
    [
      'Aftercare',
      `Leaflet ${aftercareGiven.templateVersion} (${aftercareGiven.language}), ${codeWords(aftercareGiven.channel).toLowerCase()}; ${aftercareGiven.hasTaughtBack ? 'patient said it back' : 'not said back'}`,
    ],
    ['Ended early', body.endedEarly ? codeWords(body.endedEarlyReason ?? 'OTHER') : 'No'],
    ['Next session suggested', body.nextSessionSuggestedOn ? dateWords(body.nextSessionSuggestedOn) : 'Not stated'],
    ['Notes', body.notes ?? 'None'],
  ]
}

function deviationLines(body: SessionBody, signOff: SignOffBody | null): Content[] {
  if (body.deviations.length === 0 && body.warnings.length === 0) return [{ text: 'None' }]
  return [
    ...body.deviations.map((deviation) => deviationLine(deviation, signOff)),
    ...body.warnings.map(
      (warning): Content => ({
        text: `Warning: ${codeWords(warning.code)}${warning.reason ? `. Reason: ${warning.reason}` : ''}`,
      }),
    ),
  ]
}

function deviationLine(deviation: Deviation, signOff: SignOffBody | null): Content {
  const place =
    deviation.zone && deviation.side
      ? `, ${placeWords({ zone: deviation.zone, side: deviation.side, site: deviation.site })}`
      : ''
  const told = deviation.patientTold === null ? 'not stated' : deviation.patientTold ? 'yes' : 'no'
  const disposition = signOff?.dispositions.find((entry) => entry.deviationId === deviation.deviationId)
  return {
    margin: [0, 0, 0, 4],
    stack: [
      { text: `${codeWords(deviation.code)}${place}`, bold: true },
      { text: `Reason: ${deviation.reason}. Patient told: ${told}.` },
      ...(disposition
        ? [
            {
              text: `Physician: ${codeWords(disposition.disposition)}${disposition.note === '' ? '' : `. ${disposition.note}`}`,
            },
          ]
        : []),
    ],
  }
}

function disagreementLines(disagreements: readonly PrintedDisagreement[]): Content[] {
  if (disagreements.length === 0) return []
  return [
    sectionHead('Requests to correct this record that were denied'),
    ...disagreements.map(
      ({ requestedBy, requestedOn, wish, denialReason, statement, rebuttal }): Content =>
        factsTable(
          [
            ['Asked', `${requestedBy}, ${dateWords(requestedOn)}: ${wish}`],
            ['Denied because', denialReason],
            ['The patient disagrees', statement],
            ...(rebuttal === null ? [] : [['The clinic answers', rebuttal] as const]),
          ],
          1,
        ),
    ),
  ]
}

function reviewLines(signOff: SignOffBody | null): Content[] {
  if (!signOff) return [{ text: 'Not reviewed yet' }]
  return [
    factsTable([
      [
        'Reviewed by',
        `${signOff.signer.printedName}, ${signOff.signer.credential}, ${licenceWords(signOff.signer.licence)}`,
      ],
      [
        'Supervision confirmed',
        signOff.supervision
          ? `${codeWords(signOff.supervision.mode)}${signOff.supervision.confirmed ? '' : ' (not confirmed)'}`
          : 'None needed',
      ],
      ['Patient seen by physician', signOff.patientSeen ? 'Yes' : 'No'],
      ['Next session', codeWords(signOff.decision)],
      ...(signOff.takeoverReason ? ([['Signed in place of the supervisor', signOff.takeoverReason]] as const) : []),
      ...(signOff.comment === '' ? [] : ([['Comment', signOff.comment]] as const)),
    ]),
  ]
}

/** As the record keeps it; a later renewal changes nothing here. */
function licenceWords(licence: Licence | null): string {
  if (licence === null) return 'no licence on file'
  return `licence ${licence.number} ${licence.state}, ${codeWords(licence.level).toLowerCase()}, until ${dateWords(licence.expiresOn)}`
}

function productWords(product: ProductUse): string {
  return `${product.name}, lot ${product.lotRaw ?? 'not stated'}`
}

function photoWords(photos: PhotoRecord): string {
  if (photos.kind !== 'TAKEN') return `${codeWords(photos.kind)}: ${photos.reason}`
  // Pictures leave the chart by themselves, each by its own permission; paper says which ones they are.
  return photos.photos.map(({ view, sha256 }) => `${viewWords[view]} (hash ${sha256.slice(0, 12)})`).join('; ')
}
