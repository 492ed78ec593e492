import { useState } from 'react'
import { BodyMap } from '../../../renderer/parts/BodyMap.tsx'
import { FaceMap } from '../../../renderer/parts/FaceMap.tsx'
import { SectionCard } from '../../../renderer/parts/SectionCard.tsx'
import type { ZoneSide } from '../../../shared/domain/zones.ts'
import { everyZone, lastSessionMarks, reviewMarks } from './people.ts'

export function MapsScene() {
  const [face, setFace] = useState<ZoneSide>({ zone: 'CHEEK_ANT', side: 'L' })
  const [body, setBody] = useState<ZoneSide>({ zone: 'THIGH_ANT', side: 'R' })
  return (
    <main className="gallery-maps">
      <h1 className="visually-hidden">Maps</h1>
      <SectionCard title="Every zone, its last depth and a deviation here and there">
        <div style={{ height: 700 }}>
          <FaceMap marks={everyZone} selected={face} onSelect={setFace} showsLast isOrbitalEnabled />
        </div>
      </SectionCard>
      <SectionCard title="Body">
        <div style={{ height: 700 }}>
          <BodyMap marks={everyZone} selected={body} onSelect={setBody} />
        </div>
      </SectionCard>
      <div className="gallery-stack">
        <SectionCard title="Last session">
          <div style={{ height: 190, width: 140 }}>
            <FaceMap marks={lastSessionMarks} size="mini" label="Last session" />
          </div>
        </SectionCard>
        <SectionCard title="Under review">
          <div style={{ height: 210, width: 170 }}>
            <FaceMap marks={reviewMarks} size="mini" selected={{ zone: 'CHEEK_ANT', side: 'L' }} label="Under review" />
          </div>
        </SectionCard>
        <SectionCard title="Untreated body">
          <div style={{ height: 200, width: 170 }}>
            <BodyMap marks={[]} size="mini" />
          </div>
        </SectionCard>
      </div>
    </main>
  )
}
