import { Button, Checkbox, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../../renderer/parts/ConfirmDialog.tsx'
import { DateField } from '../../../renderer/parts/DateField.tsx'
import { FieldDiff } from '../../../renderer/parts/DiffTable.tsx'
import { EmptyState } from '../../../renderer/parts/EmptyState.tsx'
import { ProgressJob } from '../../../renderer/parts/ProgressJob.tsx'
import { ReadinessDots } from '../../../renderer/parts/ReadinessDots.tsx'
import { ReauthDialog } from '../../../renderer/parts/ReauthDialog.tsx'
import { RefusalText } from '../../../renderer/parts/RefusalText.tsx'
import { SectionCard } from '../../../renderer/parts/SectionCard.tsx'
import { SignaturePad } from '../../../renderer/parts/SignaturePad.tsx'
import { SignatureStrip } from '../../../renderer/parts/SignatureStrip.tsx'
import { glyphStates } from '../../../renderer/parts/StateGlyph.tsx'
import { StateTag } from '../../../renderer/parts/StateTag.tsx'
import { FrameScene, today } from './frame-scene.tsx'

export type OpenDialog = 'none' | 'reauth' | 'confirm'

export function ControlsScene({ dialog = 'none' }: { readonly dialog?: OpenDialog }) {
  const [open, setOpen] = useState<OpenDialog>(dialog)
  const [born, setBorn] = useState<string | null>(null)
  const [due, setDue] = useState<string | null>('2026-08-17')
  const [isIntended, setIntended] = useState(false)
  const [signed, setSigned] = useState('nothing drawn')
  return (
    <FrameScene current="clinic" person={{ name: 'Mara Lund', roles: ['manager'] }} isSample>
      <div className="gallery-controls">
        <h1 className="visually-hidden">Controls</h1>
        <SectionCard title="Fields">
          <div className="gallery-stack">
            <DateField label="Born" kind="birth" order="MDY" today={today} value={born} onChange={setBorn} isRequired />
            <DateField label="Next check" kind="any" order="DMY" today={today} value={due} onChange={setDue} />
            <Select label="Outcome" data={['Recovering', 'Resolved', 'Ongoing']} defaultValue="Recovering" />
            <TextInput
              label="Phone"
              placeholder="555 0142"
              error="This number has too few digits. Add the area code."
            />
            <Textarea label="Note" defaultValue="Lighter at both edges, no new patches." />
            <Checkbox label="Add a day-14 check, 15-Aug-2026" defaultChecked />
            <Radio.Group label="Allergies" name="allergies" defaultValue="none">
              <Radio value="none" label="No known allergies" />
              <Radio value="some" label="Has allergies" />
              <Radio value="unasked" label="Not asked" />
            </Radio.Group>
            <RefusalText>The order ended on 31-Jul-2026. Nothing was saved. Ask Dr Okafor for a new order.</RefusalText>
            <div className="gallery-row">
              <Button variant="filled" onClick={() => setOpen('reauth')}>
                Sign the 3 opened
              </Button>
              <Button onClick={() => setOpen('confirm')}>Withdraw the consent</Button>
              <Button variant="subtle">Later</Button>
              <Button variant="light" color="red">
                Red flag
              </Button>
              <Button disabled>Submit</Button>
            </div>
          </div>
        </SectionCard>
        <SectionCard title="States">
          <div className="gallery-row">
            {glyphStates.map((state) => (
              <StateTag key={state} state={state} />
            ))}
          </div>
          <div className="gallery-rule" />
          <ReadinessDots
            readiness={{
              screening: 'done',
              consent: 'missing',
              photos: 'toDo',
              order: 'blocked',
              licence: 'done',
              lot: 'later',
            }}
          />
          <div className="gallery-rule" />
          <FieldDiff label="Cartridge lot" before="MN26-0417C" after="MN26-0611A" />
          <FieldDiff label="Note" before="No photos" after={null} />
          <FieldDiff label="Phone" before={null} after="555 0142" />
          <div className="gallery-rule" />
          <EmptyState
            sentence="No one is booked today."
            hint="Book a patient, or register a new one."
            action={<Button>Add a visit</Button>}
          />
        </SectionCard>
        <div className="gallery-stack">
          <ProgressJob
            title="Import of the patient list"
            unit="row"
            state="running"
            done={412}
            total={1000}
            perSecond={204}
            report={[]}
            onCancel={() => undefined}
          />
          <ProgressJob
            title="Import of 03-Aug-2026"
            unit="row"
            state="done"
            done={1000}
            total={1000}
            perSecond={null}
            report={[
              { label: 'Added', count: 612 },
              { label: 'Held for review', count: 371, why: 'likely the same person as another row' },
              { label: 'Refused', count: 17, why: 'neither name nor birth date' },
            ]}
            onCancel={() => undefined}
          />
          <SignaturePad
            title="Your signature"
            signerText="Lena Brook, aesthetician"
            intentStatement="I mean this to be my signature."
            isIntended={isIntended}
            onIntendedChange={setIntended}
            onChange={(signature) => setSigned(signature === null ? 'nothing drawn' : signature.mark.kind)}
          />
          <p role="status">{signed}</p>
          <SignatureStrip
            printedName="Lena Brook"
            credential="Licensed aesthetician"
            licence="AE-20117"
            forWhom={null}
            meaning="Author."
            sentence="This is what I did and saw."
            attestationVersion="1.3"
            recordVersion={1}
            sha256="9f3c41d7e02b55a1"
            signedText="01-Aug-2026, 17:30 CDT"
          />
        </div>
      </div>
      <ReauthDialog
        isOpen={open === 'reauth'}
        title="Sign 3 records"
        method="PIN"
        confirmText="Sign 3 records"
        refusal={null}
        isBusy={false}
        records={[
          { id: '1', text: 'Rahmani, Leila · session 1 of 4' },
          { id: '2', text: 'Aldous, Frances · session 1 of 4' },
          { id: '3', text: 'Ward, Imogen · session 3 of 3' },
        ]}
        onConfirm={() => setOpen('none')}
        onCancel={() => setOpen('none')}
      >
        Samuel Okafor, MD, reviewed without deviations. Each record is signed on its own.
      </ReauthDialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        title="Withdraw the consent of 30-Mar-2026"
        confirmText="Withdraw the consent"
        tone="red"
        reasonLabel="Who said so, and how"
        onConfirm={() => setOpen('none')}
        onCancel={() => setOpen('none')}
      >
        No session can start until a new consent is signed. The signed form stays in the record.
      </ConfirmDialog>
    </FrameScene>
  )
}
