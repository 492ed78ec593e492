import { IconFlask2 } from '@tabler/icons-react'
import { FaceMap } from '../../parts/FaceMap.tsx'
import type { ZoneMark } from '../../parts/zone-names.ts'

const people = [
  { name: 'Lindgren, Maja', born: '12-Feb-1992', state: 'Ready', tone: undefined },
  { name: 'Kowalczyk, Ana', born: '19-Jul-1994', state: 'Consent to sign', tone: 'amber' },
  { name: 'Kowalczyk, Eva', born: '19-Jul-1994', state: 'Look-alike', tone: 'amber' },
  { name: 'Ferreira, Tomas', born: '25-Oct-2003', state: 'Needs clearance', tone: 'red' },
  { name: 'Bello, Aisha', born: '17-Nov-1996', state: 'Follow-up day 90', tone: undefined },
  { name: 'Petrov, Ivo', born: '11-May-1990', state: 'To sign off', tone: undefined },
  { name: 'Adeyemi, Ruth', born: '06-Jan-1981', state: 'Red flag, today', tone: 'red' },
] as const

const plain = { wasUm: null, isOver: false, deviation: null } as const
const marks: readonly ZoneMark[] = [
  { zone: 'FOREHEAD', side: 'M', depthUm: 500, ...plain },
  { zone: 'GLABELLA', side: 'M', depthUm: 250, ...plain },
  { zone: 'TEMPLE', side: 'R', depthUm: 500, ...plain },
  { zone: 'TEMPLE', side: 'L', depthUm: 500, ...plain },
  { zone: 'NOSE_LOWER', side: 'M', depthUm: 500, ...plain },
  { zone: 'CHEEK_LAT', side: 'R', depthUm: 750, ...plain },
  { zone: 'CHEEK_LAT', side: 'L', depthUm: 750, ...plain },
  { zone: 'CHEEK_ANT', side: 'R', depthUm: 1000, ...plain },
  { zone: 'CHEEK_ANT', side: 'L', depthUm: 1000, ...plain },
  { zone: 'CHIN', side: 'M', depthUm: 1000, ...plain },
]

/** A picture of the sample clinic; its people are invented, and nothing of it can be reached. */
export function SampleGlimpse() {
  return (
    <div className="sample-glimpse" aria-hidden="true" inert>
      <div className="sample-glimpse__strip">
        <IconFlask2 size={15} stroke={1.7} />
        <strong>Sample clinic</strong>
        <span>invented people, not for treatment</span>
      </div>
      <div className="sample-glimpse__body">
        <div className="sample-glimpse__list">
          <p>Today, 30 patients</p>
          <ul>
            {people.map((person) => (
              <li key={person.name}>
                <strong>{person.name}</strong>
                <span>{person.born}</span>
                <span data-tone={person.tone}>{person.state}</span>
              </li>
            ))}
          </ul>
        </div>
        <div className="sample-glimpse__face">
          <FaceMap size="mini" marks={marks} />
        </div>
      </div>
    </div>
  )
}
