import type { ReactNode } from 'react'
import { procedureOf } from '../../../shared/domain/device.ts'
import type { ProductUse, SessionBody } from '../../../shared/domain/session.ts'
import { type CalendarDate, minutesBetween } from '../../../shared/kernel/time.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { FactList } from '../../parts/FactList.tsx'
import { formatDate, formatDateTime, formatTime } from '../../parts/format.ts'
import { languageName } from '../../parts/language-name.ts'
import { licenceWords } from '../../parts/licence-text.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateLine } from '../../parts/StateTag.tsx'
import { addonWords, procedureWords, zonesInWords } from '../../parts/treatment-words.ts'
import { fieldName, warningSentence } from './field-names.ts'
import { photoFact } from './SessionPhotos.tsx'
import {
  agentWords,
  channelWords,
  endedEarlyWords,
  gradeWords,
  identifierWords,
  observationWords,
  productClassWords,
  reactionWords,
  speedUnitWords,
  supervisionWords,
} from './session-words.ts'

type FactsProps = { readonly body: SessionBody; readonly clinic: Pick<Clinic, 'timeZone'> }

/** First day of the policy that the record names. */
type PolicyFact = { readonly policyFrom: CalendarDate | null }

/** Everything of a submitted session beside its zones. */
export function RecordFacts({ body, policyFrom, clinic }: FactsProps & PolicyFact) {
  return (
    <div className="session-record__facts">
      <VisitCard body={body} policyFrom={policyFrom} clinic={clinic} />
      <ToolsCard body={body} clinic={clinic} />
      <ProductsCard body={body} clinic={clinic} />
      <AfterCard body={body} clinic={clinic} />
      {body.warnings.length > 0 && <WarningsCard body={body} clinic={clinic} />}
    </div>
  )
}

function VisitCard({ body, policyFrom, clinic }: FactsProps & PolicyFact) {
  const { practitioner, supervisingPhysician, supervisionModeActual, identityCheck, preObservations: seen } = body
  const observed = [...seen.seen.map((one) => observationWords[one]), seen.text ?? ''].filter((text) => text !== '')
  return (
    <SectionCard title="Visit">
      <FactList
        labelWidth={130}
        facts={[
          { label: 'Procedure', value: procedureWords[procedureOf(body.device.type)] },
          { label: 'Session', value: `${body.sessionNo}, room ${body.room}, ${body.clinic}` },
          {
            label: 'Needling',
            value: `${formatDateTime(body.startedAt, clinic.timeZone)} to ${formatTime(body.endedAt, clinic.timeZone)}, ${Math.round(minutesBetween(body.startedAt, body.endedAt))} min${body.lateEntry ? ', late entry' : ''}`,
          },
          {
            label: 'Treated by',
            value: `${practitioner.printedName}, ${practitioner.credential}, ${licenceWords(practitioner.licence)}`,
          },
          {
            label: 'Supervision',
            value:
              supervisingPhysician === null
                ? 'A physician treated'
                : `${supervisingPhysician.printedName}, ${supervisionModeActual ? supervisionWords[supervisionModeActual].toLowerCase() : 'not stated'}, ${licenceWords(supervisingPhysician.licence)}`,
          },
          {
            label: 'Clinic policy',
            value: policyFrom === null ? 'None was approved' : `In force since ${formatDate(policyFrom)}`,
          },
          {
            label: 'Start gate',
            value:
              body.gatePassedAt === null
                ? 'Not passed: recorded afterwards'
                : `Passed ${formatTime(body.gatePassedAt, clinic.timeZone)}`,
          },
          {
            label: 'Identity',
            value: identityCheck.identifiers.map((one) => identifierWords[one]).join(', ') || 'Not checked',
          },
          { label: 'Agreed that day', value: body.stillAgreesToday ? 'Yes' : 'No' },
          { label: 'Skin type', value: body.fst },
          { label: 'Skin before', value: observed.join('; ') || 'Nothing noted' },
          { label: 'Photos before', value: photoFact(body.patientId, 'Photos before', body.prePhotos) },
        ]}
      />
    </SectionCard>
  )
}

function ToolsCard({ body, clinic }: FactsProps) {
  const { device, speed } = body
  return (
    <SectionCard title="Device and cartridges">
      <FactList
        labelWidth={130}
        facts={[
          {
            label: 'Device',
            value: (
              <>
                {device.manufacturer} {device.model}, <span className="mono">{device.serial}</span>
              </>
            ),
          },
          {
            label: 'Speed',
            value:
              speed === null ? 'Without a motor' : `${speed} ${device.speed ? speedUnitWords[device.speed.unit] : ''}`,
          },
          ...body.cartridgeUses.map((use) => ({
            label: `Cartridge ${use.label}`,
            value: (
              <>
                Lot <span className="mono">{use.lotRaw}</span>
                {use.serial ? `, serial ${use.serial}` : ''}, exp {formatDate(use.expiresOn)}, seal{' '}
                {use.isSealIntact ? 'intact' : 'broken'}, opened {formatTime(use.openedAt, clinic.timeZone)},{' '}
                {use.isDiscarded ? 'discarded' : 'not discarded'}
                {use.isSharpsDisposed ? ' in the sharps container' : ', not in the sharps container'}
              </>
            ),
          })),
        ]}
      />
    </SectionCard>
  )
}

function ProductsCard({ body, clinic }: FactsProps) {
  const { anaesthetic, postProducts } = body
  return (
    <SectionCard title="Numbing and products">
      <FactList
        labelWidth={130}
        facts={[
          { label: 'Skin preparation', value: <Product use={body.skinPrep} /> },
          ...(anaesthetic.kind === 'NONE'
            ? [{ label: 'Numbing', value: 'None' }]
            : [
                {
                  label: 'Numbing',
                  value: (
                    <Product use={anaesthetic}>
                      {', '}
                      {anaesthetic.agents.map(({ agent, percent }) => `${agentWords[agent]} ${percent} %`).join(', ')}
                      {anaesthetic.grams === null ? '' : `, ${anaesthetic.grams} g`}
                    </Product>
                  ),
                },
                {
                  label: 'On the skin',
                  value: `${formatTime(anaesthetic.onAt, clinic.timeZone)} to ${anaesthetic.offAt ? formatTime(anaesthetic.offAt, clinic.timeZone) : 'not noted'}${anaesthetic.isOccluded ? ', covered' : ''}${anaesthetic.isRemoved ? ', taken off' : ', not fully taken off'}; ${zonesInWords(anaesthetic.area.map((place) => ({ ...place, site: null })))}`,
                },
              ]),
          ...body.addons.map((addon) => ({ label: addonWords[addon.kind], value: <Product use={addon} /> })),
          ...(postProducts.kind === 'NONE'
            ? [{ label: 'Products', value: 'None applied' }]
            : postProducts.products.map((product) => ({
                label: product.moment === 'DURING' ? 'During' : 'After',
                value: <Product use={product}>, {productClassWords[product.productClass].toLowerCase()}</Product>,
              }))),
        ]}
      />
    </SectionCard>
  )
}

function Product({ use, children }: { readonly use: ProductUse; readonly children?: ReactNode }) {
  return (
    <>
      {use.name}, {use.lotRaw ? <span className="mono">{use.lotRaw}</span> : 'no lot'}
      {children}
    </>
  )
}

function AfterCard({ body }: FactsProps) {
  const { immediateReactions, aftercareGiven } = body
  return (
    <SectionCard title="Afterwards">
      <FactList
        labelWidth={130}
        facts={[
          { label: 'Worst pain', value: `${body.painMax} of 10` },
          {
            label: 'Reactions',
            value:
              immediateReactions.kind === 'NONE'
                ? 'None'
                : immediateReactions.reactions
                    .map(({ code, grade }) => `${reactionWords[code]}, grade ${gradeWords[grade]}`)
                    .join('; '),
          },
          {
            label: 'Bleeding',
            value: body.haemostasisMin === null ? 'Not noted' : `stopped after ${body.haemostasisMin} min`,
          },
          {
            label: 'Ended early',
            value: body.endedEarlyReason ? `Yes: ${endedEarlyWords[body.endedEarlyReason].toLowerCase()}` : 'No',
          },
          {
            label: 'Aftercare',
            value: `Sheet ${aftercareGiven.templateVersion}, ${channelWords[aftercareGiven.channel].toLowerCase()}, ${languageName(aftercareGiven.language)}, ${aftercareGiven.hasTaughtBack ? 'said back' : 'not said back'}`,
          },
          { label: 'Photos after', value: photoFact(body.patientId, 'Photos after', body.postPhotos) },
          {
            label: 'Next session',
            value: body.nextSessionSuggestedOn ? formatDate(body.nextSessionSuggestedOn) : 'None suggested',
          },
          { label: 'Needlestick', value: body.needlestickInjury ? 'Yes, see the sharps injury log' : 'No' },
          { label: 'Notes', value: body.notes ? <span className="session-prose">{body.notes}</span> : 'None' },
        ]}
      />
    </SectionCard>
  )
}

function WarningsCard({ body }: FactsProps) {
  return (
    <SectionCard title="Unusual, and in order">
      <ul className="session-warnings">
        {body.warnings.map(({ code, path, reason }) => (
          <li key={`${code} ${path}`}>
            <StateLine state="warning">{warningSentence(code, {})}</StateLine>
            <span className="text-3">{fieldName(path, body)}</span>
            {reason && <span>{reason}</span>}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
