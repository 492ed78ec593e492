import { ActionIcon, Button, Switch, Textarea } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { type Column, DataTable } from '../../../renderer/parts/DataTable.tsx'
import { DepthInput, OverLimit } from '../../../renderer/parts/DepthInput.tsx'
import { DepthRuler } from '../../../renderer/parts/DepthRuler.tsx'
import { DepthLegend, DepthSwatch } from '../../../renderer/parts/DepthSwatch.tsx'
import { DirectionToggles, directionsText } from '../../../renderer/parts/DirectionToggles.tsx'
import { FaceMap } from '../../../renderer/parts/FaceMap.tsx'
import { formatMm } from '../../../renderer/parts/format.ts'
import { PatientBanner } from '../../../renderer/parts/PatientBanner.tsx'
import { SectionCard } from '../../../renderer/parts/SectionCard.tsx'
import { SegmentedChoice } from '../../../renderer/parts/SegmentedChoice.tsx'
import { RunningGlyph, StateGlyph } from '../../../renderer/parts/StateGlyph.tsx'
import { StateLine, StateTag } from '../../../renderer/parts/StateTag.tsx'
import { StepTrail } from '../../../renderer/parts/StepTrail.tsx'
import { isSameZone, type ZoneMark, zoneName, zoneSideName } from '../../../renderer/parts/zone-names.ts'
import type { PassDirection } from '../../../shared/domain/session.ts'
import type { ZoneSide } from '../../../shared/domain/zones.ts'
import { FrameScene, today } from './frame-scene.tsx'
import { giulia, sessionMarks } from './people.ts'

export function SessionScene() {
  const [marks, setMarks] = useState(sessionMarks)
  const [selected, setSelected] = useState<ZoneSide>({ zone: 'TEMPLE', side: 'L' })
  const [showsLast, setShowsLast] = useState(true)
  const mark = marks.find((known) => isSameZone(selected, known))
  const limitUm = mark?.zone === 'TEMPLE' ? 500 : 1000

  function setDepth(depthUm: number | null) {
    setMarks(marks.map((known) => (isSameZone(selected, known) ? { ...known, depthUm } : known)))
  }

  return (
    <FrameScene
      current="today"
      person={{ name: 'Lena Brook', roles: ['aesthetician'] }}
      banner={<PatientBanner {...giulia} today={today} photoSrc={null} isLookAlike={false} />}
    >
      <h1 className="visually-hidden">Session</h1>
      <StepTrail
        label="This visit"
        steps={[
          { name: 'Screening', state: 'done' },
          { name: 'Consent', state: 'done' },
          { name: 'Started', state: 'done', detail: '10:18' },
          { name: 'Log', state: 'now', detail: 'zones 15 of 16' },
          { name: 'Submit', state: 'toCome' },
        ]}
        aside={
          <>
            <span className="state-line">
              <RunningGlyph /> 24 min needling
            </span>
            <span>Left to do: chin, reactions, aftercare</span>
          </>
        }
        action={<Button disabled>Submit for sign-off</Button>}
      />
      <div className="gallery-session">
        <SectionCard
          title="Face map"
          size="panel"
          note="depth setting, mm"
          aside={
            <Switch
              label="Last session, 06-Jul-2026"
              checked={showsLast}
              onChange={(event) => setShowsLast(event.currentTarget.checked)}
            />
          }
          footer={
            <>
              <span>
                <strong>Halden P2 pen</strong> max 2.50
              </span>
              <span>
                Lot <span className="mono">MN26-0611A</span> exp 31-Mar-2027, seal intact
              </span>
            </>
          }
        >
          <div className="gallery-map">
            <FaceMap
              marks={marks}
              selected={selected}
              onSelect={setSelected}
              onStepDepth={() => undefined}
              showsLast={showsLast}
            />
          </div>
          <DepthLegend />
        </SectionCard>
        <div className="gallery-editor">
          <SectionCard
            title={zoneSideName(selected)}
            size="panel"
            note={
              <>
                <span className="mono">
                  {selected.zone} · {selected.side}
                </span>{' '}
                {mark?.isOver && <StateTag state="overLimit">Over the limit</StateTag>}
              </>
            }
            aside={
              <>
                Zone 4 of 16
                <ActionIcon aria-label="Previous zone">
                  <IconChevronLeft size={16} />
                </ActionIcon>
                <ActionIcon aria-label="Next zone">
                  <IconChevronRight size={16} />
                </ActionIcon>
              </>
            }
          >
            <Editor depthUm={mark?.depthUm ?? null} limitUm={limitUm} onDepthChange={setDepth} />
          </SectionCard>
          <div className="gallery-table">
            <ZoneTable marks={marks} selected={selected} onSelect={setSelected} />
          </div>
        </div>
      </div>
    </FrameScene>
  )
}

type EditorProps = {
  readonly depthUm: number | null
  readonly limitUm: number
  readonly onDepthChange: (depthUm: number | null) => void
}

function Editor({ depthUm, limitUm, onDepthChange }: EditorProps) {
  const [directions, setDirections] = useState<readonly PassDirection[]>(['V', 'H'])
  const [endpoint, setEndpoint] = useState<string>('ERYTHEMA')
  const [told, setTold] = useState<string>('yes')
  const overUm = depthUm === null ? 0 : depthUm - limitUm
  return (
    <div className="gallery-editor-columns">
      <div className="gallery-stack">
        <DepthInput
          label="Depth setting, mm"
          depthUm={depthUm}
          onChange={onDepthChange}
          isOver={overUm > 0}
          sentence={
            overUm > 0 && <OverLimit overUm={overUm} limitText={`limit ${formatMm(limitUm)} mm – treatment order`} />
          }
        />
        <DirectionToggles label="Pass 1 · directions" value={directions} onChange={setDirections} />
        <SegmentedChoice
          label="After pass 1"
          segments={[
            { value: 'NONE', label: 'None' },
            { value: 'ERYTHEMA', label: 'Erythema' },
            { value: 'PINPOINT', label: 'Pinpoint' },
            { value: 'FRANK_BLEEDING', label: 'Frank bleeding' },
          ]}
          value={endpoint}
          onChange={setEndpoint}
        />
        <div className="gallery-row">
          <Button leftSection={<IconPlus size={15} aria-hidden="true" />}>Pass 2</Button>
          <span className="text-2" style={{ alignSelf: 'center', fontSize: 12 }}>
            1 of 3 passes · gliding · stopped at endpoint
          </span>
        </div>
      </div>
      <div className="gallery-stack">
        <DepthRuler
          depthUm={depthUm}
          limits={[
            { depthUm: limitUm, name: 'treatment order' },
            { depthUm: 1000, name: 'consent' },
            { depthUm: 1000, name: 'soft max' },
            { depthUm: 1500, name: 'policy, on site' },
            { depthUm: 2500, name: 'device' },
          ]}
          usual={{ fromUm: 250, toUm: 750 }}
          maxUm={2500}
        />
        {overUm > 0 && (
          <div className="gallery-deviation">
            <p>
              <StateGlyph state="overLimit" label={null} size={15} />
              <strong>Deviation 1: deeper than ordered</strong>
              <span className="text-2">Dr Okafor is told on submit</span>
            </p>
            <Textarea
              aria-label="Reason"
              defaultValue="Dial left at the forehead setting. Noticed after pass 1; no second pass, skin even."
              autosize
            />
            <SegmentedChoice
              label="Patient told"
              labelPlace="beside"
              size="compact"
              segments={[
                { value: 'yes', label: 'Yes, 10:36' },
                { value: 'no', label: 'No' },
              ]}
              value={told}
              onChange={setTold}
            />
          </div>
        )}
      </div>
    </div>
  )
}

const columns: readonly Column<ZoneMark>[] = [
  { key: 'zone', header: 'Zone', width: 'auto', isRowName: true, cell: (mark) => zoneName(mark.zone) },
  { key: 'side', header: 'Side', width: '44px', cell: (mark) => mark.side },
  {
    key: 'depth',
    header: 'Depth mm',
    width: '72px',
    align: 'end',
    cell: (mark) => mark.depthUm !== null && <DepthSwatch depthUm={mark.depthUm} isOver={mark.isOver} />,
  },
  {
    key: 'limit',
    header: 'Limit mm · source',
    width: '150px',
    cell: (mark) => <span className="text-2">{mark.zone === 'TEMPLE' ? '0.50' : '1.00'} treatment order</span>,
  },
  { key: 'was', header: '06-Jul', width: '60px', cell: (mark) => mark.wasUm !== null && formatMm(mark.wasUm) },
  { key: 'passes', header: 'Passes', width: '50px', cell: () => '2' },
  {
    key: 'directions',
    header: 'Directions per pass',
    width: '122px',
    cell: () => directionsText([{ directions: ['V', 'H'] }, { directions: ['OR', 'OL'] }]),
  },
  { key: 'endpoint', header: 'Endpoint', width: '84px', cell: () => 'Erythema' },
  { key: 'technique', header: 'Technique', width: '76px', cell: () => 'Glide' },
  {
    key: 'note',
    header: <span className="visually-hidden">Deviation</span>,
    width: '80px',
    align: 'end',
    cell: (mark) => mark.deviation !== null && <StateLine state="overLimit">{mark.deviation}</StateLine>,
  },
]

type ZoneTableProps = {
  readonly marks: readonly ZoneMark[]
  readonly selected: ZoneSide
  readonly onSelect: (place: ZoneSide) => void
}

function ZoneTable({ marks, selected, onSelect }: ZoneTableProps) {
  return (
    <DataTable
      label="Zones of this session"
      look="plain"
      columns={columns}
      rows={marks}
      rowKey={(mark) => `${mark.zone} ${mark.side}`}
      selectedKey={`${selected.zone} ${selected.side}`}
      onSelect={(mark) => onSelect({ zone: mark.zone, side: mark.side })}
    />
  )
}
