import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import { identityDocuments, interpreterModes, signerRoles } from '../../../shared/domain/consent/consent.ts'
import { consentProcedures } from '../../../shared/domain/consent/template.ts'
import { addonKinds } from '../../../shared/domain/session.ts'
import { indications } from '../../../shared/domain/zones.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { consentProcedureWords } from '../../parts/consent-procedure-words.ts'
import { DateField } from '../../parts/DateField.tsx'
import { DepthInput } from '../../parts/DepthInput.tsx'
import { formatMmUnit } from '../../parts/format.ts'
import { languageName } from '../../parts/language-name.ts'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { addonWords } from '../../parts/treatment-words.ts'
import { identityWords, indicationWords, interpreterWords, languageOptions, signerWords } from './consent-words.ts'
import type { OpenDraft, Preparation } from './use-preparation.ts'

export type FieldsProps = {
  readonly preparation: Preparation
  readonly onChange: (changes: Partial<Preparation>) => void
  readonly opened: OpenedConsent
  readonly facts: OpenDraft['facts']
}

export function ScopeFields({ preparation, onChange, facts }: FieldsProps) {
  const templates = facts.templates.filter(({ procedure }) => procedure === preparation.procedure)
  const { maxDepthUm } = preparation
  const isOver = maxDepthUm !== null && maxDepthUm > facts.ceilingUm
  return (
    <div className="consent-fields">
      {facts.courses.length > 0 && (
        <Select
          label="For the course"
          placeholder="Choose"
          data={facts.courses.map(({ seriesId, goals, sessionsPlanned }) => ({
            value: seriesId,
            label: `${goals.map((goal) => indicationWords[goal]).join(', ')}, ${sessionsPlanned} sessions`,
          }))}
          value={preparation.seriesId}
          onChange={(value) =>
            onChange({ seriesId: facts.courses.find(({ seriesId }) => seriesId === value)?.seriesId ?? null })
          }
        />
      )}
      <SegmentedChoice
        label="Procedure"
        segments={consentProcedures.map((value) => ({ value, label: consentProcedureWords[value] }))}
        value={preparation.procedure}
        onChange={(procedure) =>
          onChange({
            procedure,
            templateId: facts.templates.find((template) => template.procedure === procedure)?.templateId ?? null,
          })
        }
      />
      <Select
        label="Text"
        placeholder={templates.length === 0 ? 'No approved text' : 'Choose'}
        disabled={templates.length === 0}
        data={templates.map(({ templateId, major, minor, language, procedure }) => ({
          value: templateId,
          label: `${consentProcedureWords[procedure]}, ${languageName(language)}, version ${major}.${minor}`,
        }))}
        value={
          templates.some(({ templateId }) => templateId === preparation.templateId) ? preparation.templateId : null
        }
        onChange={(templateId) => onChange({ templateId })}
      />
      {preparation.procedure === 'ADDON' && (
        <fieldset className="consent-toggles">
          <legend>Add-on</legend>
          <div>
            {addonKinds.map((addon) => (
              <button
                key={addon}
                type="button"
                aria-pressed={preparation.addons.includes(addon)}
                onClick={() =>
                  onChange({
                    addons: preparation.addons.includes(addon)
                      ? preparation.addons.filter((other) => other !== addon)
                      : [...preparation.addons, addon],
                  })
                }
              >
                {addonWords[addon]}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      <fieldset className="consent-toggles">
        <legend>To help with</legend>
        <div>
          {indications.map((indication) => (
            <button
              key={indication}
              type="button"
              aria-pressed={preparation.indications.includes(indication)}
              onClick={() =>
                onChange({
                  indications: preparation.indications.includes(indication)
                    ? preparation.indications.filter((other) => other !== indication)
                    : [...preparation.indications, indication],
                })
              }
            >
              {indicationWords[indication]}
            </button>
          ))}
        </div>
      </fieldset>
      <DepthInput
        label="Not deeper than (mm)"
        depthUm={maxDepthUm}
        onChange={(depthUm) => onChange({ maxDepthUm: depthUm })}
        isOver={isOver}
        sentence={isOver ? `The clinic’s ceiling is ${formatMmUnit(facts.ceilingUm)}` : undefined}
      />
      <div className="consent-numbers">
        <CountInput
          label="Sessions"
          value={preparation.sessions}
          max={24}
          onChange={(sessions) => onChange({ sessions })}
        />
        <CountInput
          label="Months apart"
          value={preparation.intervalMonths}
          max={24}
          onChange={(intervalMonths) => onChange({ intervalMonths })}
        />
        <CountInput
          label="Numbing cream (min)"
          value={preparation.dwellMin}
          max={240}
          onChange={(dwellMin) => onChange({ dwellMin })}
        />
        <CountInput
          label="Needling (min)"
          value={preparation.durationMin}
          max={480}
          onChange={(durationMin) => onChange({ durationMin })}
        />
      </div>
    </div>
  )
}

function CountInput({
  label,
  value,
  max,
  onChange,
}: {
  readonly label: string
  readonly value: number | null
  readonly max: number
  readonly onChange: (value: number | null) => void
}) {
  return (
    <NumberInput
      label={label}
      min={0}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  )
}

export function StaffFields({ preparation, onChange, opened, facts }: FieldsProps) {
  const named = opened.staff.map(({ staffId, printedName, credential }) => ({
    value: staffId as string,
    label: credential === '' ? printedName : `${printedName}, ${credential}`,
  }))
  const treating = named.filter(({ value }) => facts.practitionerIds.some((id) => id === value))
  const physicians = named.filter(({ value }) => facts.physicianIds.some((id) => id === value))
  const idOf = (value: string | null) => opened.staff.find(({ staffId }) => staffId === value)?.staffId ?? null
  return (
    <div className="consent-fields consent-fields--three">
      <Select
        label="Treats"
        placeholder="Choose"
        data={treating}
        value={preparation.practitionerId}
        onChange={(value) => onChange({ practitionerId: idOf(value) })}
      />
      <Select
        label="Responsible physician"
        placeholder="Choose"
        data={physicians}
        value={preparation.supervisingPhysicianId}
        onChange={(value) => onChange({ supervisingPhysicianId: idOf(value) })}
      />
      <Select
        label="Explains it to the patient"
        placeholder="Choose"
        data={treating}
        value={preparation.explainedById}
        onChange={(value) => onChange({ explainedById: idOf(value) })}
      />
    </div>
  )
}

export function LanguageFields({ preparation, onChange, opened, facts }: FieldsProps) {
  const { interpreter, language } = preparation
  const languages = languageOptions(language, opened.patient.language ?? '', interpreter?.language ?? '')
  const set = (changes: Partial<NonNullable<Preparation['interpreter']>>) =>
    interpreter && onChange({ interpreter: { ...interpreter, ...changes } })
  return (
    <div className="consent-fields">
      <Select
        label="Explained in"
        searchable
        data={languages}
        value={language === '' ? null : language}
        onChange={(value) => onChange({ language: value ?? '' })}
      />
      <Checkbox
        label={facts.needsInterpreter ? 'With an interpreter: the patient asks for one' : 'With an interpreter'}
        checked={interpreter !== null}
        onChange={(event) =>
          onChange({
            interpreter: event.currentTarget.checked
              ? { name: '', identifier: '', mode: 'IN_PERSON', language: opened.patient.language ?? language }
              : null,
          })
        }
      />
      {interpreter && (
        <div className="consent-fields consent-fields--three">
          <TextInput
            label="Interpreter’s name"
            maxLength={200}
            value={interpreter.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Identifier (optional)"
            maxLength={200}
            value={interpreter.identifier}
            onChange={(event) => set({ identifier: event.currentTarget.value })}
          />
          <Select
            label="Interprets into"
            searchable
            data={languages}
            value={interpreter.language === '' ? null : interpreter.language}
            onChange={(value) => set({ language: value ?? '' })}
          />
          <SegmentedChoice
            label="How"
            segments={interpreterModes.map((value) => ({ value, label: interpreterWords[value] }))}
            value={interpreter.mode}
            onChange={(mode) => set({ mode })}
          />
        </div>
      )}
    </div>
  )
}

export function SignerFields({ preparation, onChange, opened }: FieldsProps) {
  const { signer } = preparation
  const { guardian } = opened.patient
  const set = (changes: Partial<Preparation['signer']>) => onChange({ signer: { ...signer, ...changes } })
  return (
    <div className="consent-fields">
      <SegmentedChoice
        label="Signer"
        labelPlace="hidden"
        segments={signerRoles.map((value) => ({ value, label: signerWords[value] }))}
        value={signer.role}
        onChange={(role) =>
          set({
            role,
            ...(role === 'GUARDIAN' && signer.name === '' && guardian
              ? { name: guardian.name, relationship: guardian.relationship, proofOfAuthority: guardian.proofSeen ?? '' }
              : {}),
          })
        }
      />
      {signer.role !== 'PATIENT' && (
        <div className="consent-fields consent-fields--three">
          <TextInput
            label="Full name"
            maxLength={200}
            value={signer.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Relationship to the patient"
            placeholder="e.g. mother"
            maxLength={200}
            value={signer.relationship}
            onChange={(event) => set({ relationship: event.currentTarget.value })}
          />
          <TextInput
            label="Proof of authority seen"
            placeholder="e.g. birth certificate"
            maxLength={200}
            value={signer.proofOfAuthority}
            onChange={(event) => set({ proofOfAuthority: event.currentTarget.value })}
          />
        </div>
      )}
      <Select
        className="consent-short"
        label="Proof of identity seen"
        placeholder="Choose"
        data={identityDocuments.map((value) => ({ value, label: identityWords[value] }))}
        value={signer.identityDocument}
        onChange={(value) =>
          set({ identityDocument: identityDocuments.find((document) => document === value) ?? null })
        }
      />
    </div>
  )
}

const noMinorFacts = { physicianId: null, examinedOn: null, chaperoneName: '', chaperoneRelation: '' } as const

export function MinorFields({
  preparation,
  onChange,
  opened,
  facts,
  clinic,
}: FieldsProps & { readonly clinic: Clinic }): ReactNode {
  const minor = preparation.minor ?? noMinorFacts
  const set = (changes: Partial<NonNullable<Preparation['minor']>>) => onChange({ minor: { ...minor, ...changes } })
  const physicians = opened.staff.filter(({ staffId }) => facts.physicianIds.includes(staffId))
  return (
    <div className="consent-fields consent-fields--two">
      <Select
        label="Physician who examined"
        placeholder="Choose"
        data={physicians.map(({ staffId, printedName }) => ({ value: staffId as string, label: printedName }))}
        value={minor.physicianId}
        onChange={(value) => set({ physicianId: physicians.find(({ staffId }) => staffId === value)?.staffId ?? null })}
      />
      <DateField
        label="Examined on"
        kind="any"
        order={clinic.dateOrder}
        today={clinic.today}
        value={minor.examinedOn}
        onChange={(examinedOn) => set({ examinedOn })}
      />
      <TextInput
        label="Chaperone"
        maxLength={200}
        value={minor.chaperoneName}
        onChange={(event) => set({ chaperoneName: event.currentTarget.value })}
      />
      <TextInput
        label="Relation of the chaperone"
        maxLength={200}
        value={minor.chaperoneRelation}
        onChange={(event) => set({ chaperoneRelation: event.currentTarget.value })}
      />
    </div>
  )
}
