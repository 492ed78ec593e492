import { Button } from '@mantine/core'
import { useState } from 'react'
import type { OpenedConsent } from '../../../shared/contract/consent.ts'
import { consentPreparationGaps, isMinorOn } from '../../../shared/domain/consent/prepare-consent.ts'
import type { Clinic } from '../../app/use-clinic.ts'
import { useCommand } from '../../client/use-command.ts'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { StateGlyph } from '../../parts/StateGlyph.tsx'
import { consentGapWords } from '../../refusals/consent.ts'
import { sentenceFor } from '../../refusals/index.ts'
import { ConsentZones } from './ConsentZones.tsx'
import {
  type FieldsProps,
  LanguageFields,
  MinorFields,
  ScopeFields,
  SignerFields,
  StaffFields,
} from './PreparationFields.tsx'
import { type OpenDraft, usePreparation } from './use-preparation.ts'

export type PrepareConsentProps = {
  readonly opened: OpenedConsent
  readonly draft: OpenDraft
  readonly clinic: Clinic
  readonly onDiscarded: () => void
}

/** What the form will say, and beside it what is still missing before it can be shown. */
export function PrepareConsent({ opened, draft, clinic, onDiscarded }: PrepareConsentProps) {
  const { patientId, consentId } = opened
  const { value: preparation, change, flush, saving, refusal, reply } = usePreparation(opened, draft)
  const present = useCommand('consent.present')
  const discard = useCommand('consent.discard')
  const [isDiscarding, setDiscarding] = useState(false)
  const gaps = consentPreparationGaps(preparation, draft.facts)
  const fields: FieldsProps = {
    preparation,
    onChange: (changes) => change((before) => ({ ...before, ...changes })),
    opened,
    facts: draft.facts,
  }
  const offLabelItems = reply?.offLabelItems ?? draft.offLabelItems

  async function freeze() {
    const saved = await flush()
    if (saved) await present.run({ patientId, consentId, version: saved.version })
  }

  return (
    <div className="consent-columns">
      <div className="consent-column">
        <SectionCard title="What is agreed to">
          <ScopeFields {...fields} />
        </SectionCard>
        <SectionCard title="Areas" note="L and R are the patient’s own left and right">
          <ConsentZones
            zones={preparation.zones}
            onChange={(zones) => fields.onChange({ zones: [...zones] })}
            depthUm={preparation.maxDepthUm}
            isOrbitalEnabled={draft.facts.isOrbitalEnabled}
          />
        </SectionCard>
        <SectionCard title="Who treats and who answers">
          <StaffFields {...fields} />
        </SectionCard>
        <SectionCard title="Language">
          <LanguageFields {...fields} />
        </SectionCard>
        <SectionCard title="Who signs">
          <SignerFields {...fields} />
        </SectionCard>
        {isMinorOn(draft.facts) && (
          <SectionCard title="For a minor" note="examined by a physician, with a chaperone">
            <MinorFields {...fields} clinic={clinic} />
          </SectionCard>
        )}
      </div>
      <aside className="consent-column consent-column--aside">
        <SectionCard
          title="Before it can be shown"
          aside={saving === 'saved' ? 'Saved' : saving === 'saving' ? 'Saving' : 'Not saved yet'}
          footer={
            <>
              <Button onClick={() => setDiscarding(true)}>Give up</Button>
              <Button variant="filled" disabled={gaps.length > 0 || present.isRunning} onClick={() => void freeze()}>
                Fill and freeze the form
              </Button>
            </>
          }
        >
          <GapList gaps={gaps.map((gap) => consentGapWords[gap])} />
          <RefusalText>
            {present.refusal ? sentenceFor(present.refusal) : refusal ? sentenceFor(refusal) : null}
          </RefusalText>
        </SectionCard>
        <SectionCard title="Outside the authorised use" note="as the form will name it">
          {offLabelItems.length === 0 ? (
            <p className="text-2">Nothing. The section is left out of the form.</p>
          ) : (
            <ul className="consent-bullets">
              {offLabelItems.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          )}
        </SectionCard>
      </aside>
      <ConfirmDialog
        isOpen={isDiscarding}
        title="Give up this form"
        confirmText="Give up the form"
        {...(opened.record ? { reasonLabel: 'Reason' } : {})}
        refusal={discard.refusal ? sentenceFor(discard.refusal) : null}
        isBusy={discard.isRunning}
        onCancel={() => setDiscarding(false)}
        onConfirm={(reason) => {
          void discard.run({ patientId, consentId, reason }).then((gone) => gone.ok && onDiscarded())
        }}
      >
        {opened.record
          ? 'It was shown to the patient before, so it is kept and marked void.'
          : 'Nobody has seen it yet: it is removed.'}
      </ConfirmDialog>
    </div>
  )
}

function GapList({ gaps }: { readonly gaps: readonly string[] }) {
  if (gaps.length === 0) {
    return (
      <p className="consent-ready">
        <StateGlyph state="done" label={null} /> Nothing is missing. Freezing fixes every word; the patient then reads
        and signs exactly this text.
      </p>
    )
  }
  return (
    <ul className="consent-gaps" aria-label="Still missing">
      {gaps.map((gap) => (
        <li key={gap}>
          <StateGlyph state="missing" label={null} />
          {gap}
        </li>
      ))}
    </ul>
  )
}
