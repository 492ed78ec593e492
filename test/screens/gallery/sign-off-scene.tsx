import { Button } from '@mantine/core'
import { IconSignature } from '@tabler/icons-react'
import { useState } from 'react'
import { DiffTable } from '../../../renderer/parts/DiffTable.tsx'
import { FaceMap } from '../../../renderer/parts/FaceMap.tsx'
import { FactRow } from '../../../renderer/parts/FactList.tsx'
import { KeyHint } from '../../../renderer/parts/KeyHint.tsx'
import { PatientBanner } from '../../../renderer/parts/PatientBanner.tsx'
import { PinField } from '../../../renderer/parts/PinField.tsx'
import { SectionCard } from '../../../renderer/parts/SectionCard.tsx'
import { SegmentedChoice } from '../../../renderer/parts/SegmentedChoice.tsx'
import { SignatureStrip } from '../../../renderer/parts/SignatureStrip.tsx'
import { StateTag } from '../../../renderer/parts/StateTag.tsx'
import { FrameScene, today } from './frame-scene.tsx'
import { reviewMarks, rosalind } from './people.ts'

export function SignOffScene() {
  const [pin, setPin] = useState('1234')
  const [next, setNext] = useState('MODIFY')
  const [disposition, setDisposition] = useState('COUNSELLED')
  return (
    <FrameScene
      current="signOff"
      person={{ name: 'Dr Samuel Okafor', roles: ['physician', 'manager'] }}
      banner={
        <PatientBanner {...rosalind} today={today} photoSrc={null} isLookAlike action={<Button>Open chart</Button>} />
      }
    >
      <div className="gallery-review">
        <div className="gallery-line">
          <h1 className="title-16">Session 2 of 4, 01-Aug-2026</h1>
          <StateTag state="deviation">1 deviation</StateTag>
          <span className="text-2">Lena Brook, supervised on site</span>
          <span className="text-2" style={{ marginLeft: 'auto', fontSize: 12 }}>
            Version 1, submitted 01-Aug-2026 17:30, 41 h ago
          </span>
        </div>
        <div className="gallery-review-columns">
          <SectionCard
            title="What changed"
            note="against the order of 18-Jun-2026 and session 1"
            aside={
              <>
                26 fields as before <KeyHint keys="D" />
              </>
            }
          >
            <DiffTable
              label="What changed"
              beforeHeading="Ordered or last time"
              afterHeading="This session"
              rows={[
                {
                  id: '1',
                  field: 'Cheek, front, left',
                  before: '1.00 mm, 2 passes',
                  after: '1.50 mm, 1 pass',
                  note: '0.50 over order',
                  tone: 'overLimit',
                },
                {
                  id: '2',
                  field: 'Cheek, front, right',
                  before: '0.75 mm, 2 passes',
                  after: '1.00 mm, 2 passes',
                  note: 'within order',
                  tone: 'plain',
                },
                {
                  id: '3',
                  field: 'Chin',
                  before: 'not treated',
                  after: '1.00 mm, 2 passes',
                  note: 'within order',
                  tone: 'plain',
                },
                {
                  id: '4',
                  field: 'Endpoint, right cheek',
                  before: 'Erythema',
                  after: 'Pinpoint after pass 2',
                  note: null,
                  tone: 'plain',
                },
                {
                  id: '5',
                  field: 'Cartridge lot',
                  before: <span className="mono">MN26-0417C</span>,
                  after: <span className="mono">MN26-0611A</span>,
                  note: 'in date, not recalled',
                  tone: 'plain',
                },
                { id: '6', field: 'Pain, most', before: '3 of 10', after: '5 of 10', note: null, tone: 'plain' },
                { id: '7', field: 'Needling time', before: '26 min', after: '31 min', note: null, tone: 'plain' },
              ]}
            />
          </SectionCard>
          <SectionCard title="Face map">
            <div style={{ height: 210 }}>
              <FaceMap
                marks={reviewMarks}
                size="mini"
                selected={{ zone: 'CHEEK_ANT', side: 'L' }}
                label="Under review"
              />
            </div>
          </SectionCard>
        </div>
        <SectionCard title="Deviation 1: deeper than ordered" aside="Patient told: yes, 01-Aug-2026 16:52">
          <p className="text-2">
            “Boxcar scar at the lower cheek did not reach endpoint at 1.00. Raised to 1.50 for one pass, then saw the
            order limit and stopped. Skin even, no oozing.” L. Brook
          </p>
          <div style={{ marginTop: 10 }}>
            <SegmentedChoice
              label="Your disposition"
              labelPlace="beside"
              segments={['ACCEPTED', 'COUNSELLED', 'INCIDENT', 'REPORTED'].map((value) => ({
                value,
                label: value.charAt(0) + value.slice(1).toLowerCase(),
              }))}
              value={disposition}
              onChange={setDisposition}
            />
          </div>
        </SectionCard>
        <SectionCard title="At a glance">
          <FactRow
            facts={[
              { label: 'Numbing', value: 'Lidocaine 4 %, 30 min, removed' },
              { label: 'Reactions', value: 'Redness grade 1, expected' },
              { label: 'Photos', value: 'Kept elsewhere' },
              { label: 'Aftercare', value: 'v2.1 by print, said back' },
            ]}
          />
        </SectionCard>
        <SegmentedChoice
          label="Next session"
          labelPlace="beside"
          segments={['PROCEED', 'MODIFY', 'HOLD', 'STOP'].map((value) => ({
            value,
            label: value.charAt(0) + value.slice(1).toLowerCase(),
          }))}
          value={next}
          onChange={setNext}
        />
        <SignatureStrip
          printedName="Samuel Okafor, MD"
          credential="Dermatology"
          licence="MD-0148810"
          forWhom="for Lena Brook"
          meaning="Reviewed with deviations."
          sentence="I reviewed this record and its deviation."
          attestationVersion="1.3"
          recordVersion={1}
          sha256="9f3c41d7e02b55a1"
          action={
            <>
              <PinField value={pin} onChange={setPin} />
              <Button
                variant="filled"
                leftSection={<IconSignature size={16} aria-hidden="true" />}
                rightSection={<KeyHint keys="A" tone="onAccent" />}
              >
                Sign and next
              </Button>
            </>
          }
        />
      </div>
    </FrameScene>
  )
}
