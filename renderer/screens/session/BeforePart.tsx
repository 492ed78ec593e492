import { Select } from '@mantine/core'
import { supervisionModes } from '../../../shared/domain/policy.ts'
import { identifiers, preObservations } from '../../../shared/domain/session.ts'
import { fitzpatrickTypes } from '../../../shared/domain/zones.ts'
import { formatMm } from '../../parts/format.ts'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { skinTypeWords } from '../../parts/treatment-words.ts'
import { CartridgesCard } from './CartridgesCard.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field, LineField, NumberField, ProseField, Sheet, TickList, YesNoField } from './Fields.tsx'
import { PhotoFields } from './SessionPhotos.tsx'
import { identifierWords, observationWords, speedUnitWords, supervisionWords } from './session-words.ts'

/** What is settled before the first pass: who, with whom, with what. */
export function BeforePart() {
  return (
    <Sheet>
      <PatientCard />
      <PeopleCard />
      <DeviceCard />
      <CartridgesCard />
      <SkinCard />
    </Sheet>
  )
}

function PatientCard() {
  const { draft, set, desk } = useSessionWork()
  const { identityCheck } = draft
  return (
    <SectionCard title="The patient">
      <div className="session-fields">
        <Field path="identityCheck">
          <TickList
            label="Asked and matching the chart, at least two"
            options={identifiers.map((value) => [value, identifierWords[value]] as const)}
            chosen={identityCheck?.identifiers ?? []}
            onChange={(chosen) =>
              set({ identityCheck: { photoMatches: null, ...identityCheck, identifiers: [...chosen] } })
            }
          />
        </Field>
        <Field path="stillAgreesToday">
          <YesNoField
            label="Still agrees today"
            value={draft.stillAgreesToday}
            onChange={(stillAgreesToday) => set({ stillAgreesToday })}
          />
        </Field>
        <Field path="fst">
          <Select
            label="Skin type"
            placeholder="Choose what you see"
            description={desk.fst === null ? 'Not recorded on the chart' : `On the chart: ${desk.fst}`}
            data={fitzpatrickTypes.map((value) => ({ value, label: skinTypeWords[value] }))}
            value={draft.fst ?? null}
            onChange={(value) => {
              const fst = fitzpatrickTypes.find((known) => known === value)
              if (fst) set({ fst })
            }}
          />
        </Field>
      </div>
    </SectionCard>
  )
}

function PeopleCard() {
  const { draft, set, desk } = useSessionWork()
  const isPhysician = desk.practitioner.treatingRole === 'physician'
  return (
    <SectionCard title="Who and where">
      <div className="session-fields">
        <p className="text-2">
          Treats: <strong>{desk.practitioner.printedName}</strong>, {desk.practitioner.credential}
        </p>
        {!isPhysician && (
          <>
            <Field path="supervisingPhysicianId">
              <Select
                label="Supervising physician"
                placeholder="Choose"
                searchable
                nothingFoundMessage="No physician of this name"
                data={desk.physicians.map(({ staffId, printedName }) => ({ value: staffId, label: printedName }))}
                value={draft.supervisingPhysicianId ?? null}
                onChange={(value) => {
                  const physician = desk.physicians.find(({ staffId }) => staffId === value)
                  if (physician) set({ supervisingPhysicianId: physician.staffId })
                }}
              />
            </Field>
            <Field path="supervisionModeActual">
              <SegmentedChoice
                label="Supervision, as confirmed now"
                segments={supervisionModes.map((value) => ({ value, label: supervisionWords[value] }))}
                value={draft.supervisionModeActual ?? null}
                onChange={(supervisionModeActual) => set({ supervisionModeActual })}
              />
            </Field>
          </>
        )}
        <Field path="room">
          <LineField
            label="Room"
            value={draft.room}
            maxLength={60}
            placeholder="2"
            onChange={(room) => set({ room })}
          />
        </Field>
      </div>
    </SectionCard>
  )
}

function DeviceCard() {
  const { draft, set, desk, check } = useSessionWork()
  const device = desk.devices.find(({ deviceId }) => deviceId === draft.deviceId) ?? null
  const range = device?.speed ?? null
  const isOutside = check.hard.some(({ code, path }) => code === 'SPEED_OUTSIDE_DEVICE_RANGE' && path === 'speed')
  return (
    <SectionCard title="Device">
      <div className="session-fields">
        <Field path="deviceId">
          <Select
            label="Device"
            placeholder={desk.devices.length === 0 ? 'No device is in the register' : 'Choose'}
            searchable
            nothingFoundMessage="No device of this name"
            data={desk.devices.map((one) => ({
              value: one.deviceId,
              label: `${one.manufacturer} ${one.model} · ${one.serial}${one.status === 'ACTIVE' ? '' : ` (${one.status.toLowerCase()})`}`,
            }))}
            value={draft.deviceId ?? null}
            onChange={(value) => {
              const chosen = desk.devices.find(({ deviceId }) => deviceId === value)
              if (chosen) set({ deviceId: chosen.deviceId })
            }}
          />
        </Field>
        {device !== null && (
          <p className="text-2">
            Up to {formatMm(device.maxDepthUm)} mm, in steps of {formatMm(device.depthStepUm)}
          </p>
        )}
        {range !== null && (
          <Field path="speed">
            <NumberField
              label={`Speed, ${speedUnitWords[range.unit]} (${range.from} to ${range.to})`}
              value={draft.speed}
              error={isOutside ? `The device runs from ${range.from} to ${range.to}.` : null}
              onChange={(speed) => set({ speed })}
            />
          </Field>
        )}
      </div>
    </SectionCard>
  )
}

function SkinCard() {
  const { draft, set } = useSessionWork()
  const { preObservations: seen } = draft
  return (
    <SectionCard title="The skin before">
      <div className="session-fields">
        <Field path="preObservations">
          <TickList
            label="Seen"
            options={preObservations.map((value) => [value, observationWords[value]] as const)}
            chosen={seen?.seen ?? []}
            onChange={(chosen) => set({ preObservations: { text: null, ...seen, seen: [...chosen] } })}
          />
        </Field>
        <ProseField
          label="In words"
          value={seen?.text}
          onChange={(text) => set({ preObservations: { seen: [], ...seen, text } })}
        />
        <Field path="prePhotos">
          <PhotoFields label="Photos before" moment="prePhotos" />
        </Field>
      </div>
    </SectionCard>
  )
}
