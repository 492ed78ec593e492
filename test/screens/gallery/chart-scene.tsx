import { Button } from '@mantine/core'
import { IconPlus, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { AlertCard, AlertRow } from '../../../renderer/parts/AlertCard.tsx'
import { DepthSwatch } from '../../../renderer/parts/DepthSwatch.tsx'
import { FaceMap } from '../../../renderer/parts/FaceMap.tsx'
import { FactList } from '../../../renderer/parts/FactList.tsx'
import { FilterPills } from '../../../renderer/parts/FilterPills.tsx'
import { KeyHint } from '../../../renderer/parts/KeyHint.tsx'
import { PatientBanner } from '../../../renderer/parts/PatientBanner.tsx'
import { PlanProgress } from '../../../renderer/parts/PlanProgress.tsx'
import { SectionCard } from '../../../renderer/parts/SectionCard.tsx'
import { SignedMark } from '../../../renderer/parts/SignedMark.tsx'
import { StateTag } from '../../../renderer/parts/StateTag.tsx'
import { type TimelineEntry, type TimelineKind, TimelineList } from '../../../renderer/parts/TimelineList.tsx'
import { FrameScene, today } from './frame-scene.tsx'
import { aisha, lastSessionMarks } from './people.ts'

export function ChartScene() {
  const [filter, setFilter] = useState('all')
  return (
    <FrameScene
      current="patients"
      person={{ name: 'Dr Samuel Okafor', roles: ['physician'] }}
      banner={
        <PatientBanner
          {...aisha}
          today={today}
          photoSrc={null}
          isLookAlike={false}
          action={
            <Button leftSection={<IconPrinter size={15} aria-hidden="true" />} rightSection={<KeyHint keys="P" />}>
              Print
            </Button>
          }
        />
      }
    >
      <div className="gallery-chart">
        <h1 className="visually-hidden">Chart</h1>
        <AlertRow>
          <AlertCard
            state="allergy"
            tone="red"
            title="Allergy: latex, hives"
            sentence="Nitrile gloves. Latex products are blocked."
          />
          <AlertCard
            state="openComplication"
            tone="amber"
            title="Open: PIH grade 1, day 91, improving"
            sentence="Chin blocked until lifted. Next check 31-Oct-2026."
            action={<Button>Open</Button>}
          />
          <AlertCard
            state="retake"
            tone="amber"
            title="Consent of 30-Mar-2026 must be re-taken"
            sentence="New finding: PIH with skin type V"
            action={<Button>Consent</Button>}
          />
        </AlertRow>
        <div className="gallery-chart-columns">
          <div className="gallery-stack">
            <SectionCard
              title="Session 2 of 4"
              size="panel"
              note={<StateTag state="onHold" />}
              aside="Acne scars, cheeks and chin"
            >
              <PlanProgress
                sessions={[
                  { number: 1, state: 'done', on: '2026-04-02' },
                  { number: 2, state: 'done', on: '2026-05-04' },
                  { number: 3, state: 'held', on: null },
                  { number: 4, state: 'toCome', on: null },
                ]}
              />
              <div className="gallery-rule" />
              <FactList
                facts={[
                  { label: 'Next due', value: '04-Jun-2026, held by Dr Okafor 14-May-2026' },
                  { label: 'What lifts it', value: 'Physician ends the hold, then new consent' },
                  { label: 'Outcome review', value: '04-Nov-2026, if the course ends here' },
                  { label: 'Order', value: 'Dr Okafor, to 30-Mar-2027, 2 sessions left' },
                  { label: 'Scar grade', value: 'Goodman and Baron 3 at baseline' },
                ]}
              />
            </SectionCard>
            <SectionCard title="Last session" aside="04-May-2026">
              <div className="gallery-last">
                <div style={{ width: 140, height: 190 }}>
                  <FaceMap marks={lastSessionMarks} size="mini" label="Last session" />
                </div>
                <ul>
                  <li>
                    Chin M <DepthSwatch depthUm={1000} />
                  </li>
                  <li>
                    Cheek, front R L <DepthSwatch depthUm={750} />
                  </li>
                  <li>
                    Jawline R L <DepthSwatch depthUm={500} />
                  </li>
                </ul>
              </div>
            </SectionCard>
          </div>
          <SectionCard
            title="Timeline"
            size="panel"
            isFlush
            note={
              <FilterPills
                label="Show"
                value={filter}
                onChange={setFilter}
                pills={[
                  { value: 'all', label: 'All', count: 24 },
                  { value: 'sessions', label: 'Sessions', count: 2 },
                  { value: 'complications', label: 'Complications', count: 6 },
                  { value: 'consents', label: 'Consents', count: 1 },
                  { value: 'photos', label: 'Photos', count: 7 },
                  { value: 'signOffs', label: 'Sign-offs', count: 5 },
                ]}
              />
            }
            aside={
              <Button leftSection={<IconPlus size={15} aria-hidden="true" />} rightSection={<KeyHint keys="N" />}>
                New
              </Button>
            }
            footer={<span className="text-2">11 more: photo sets, sign-offs, messages</span>}
          >
            <TimelineList entries={entries} currentId="0" />
          </SectionCard>
        </div>
      </div>
    </FrameScene>
  )
}

const entries: readonly TimelineEntry[] = [
  entry(
    'complication',
    '2026-08-03',
    '10:12',
    'Follow-up day 91: PIH grade 1, was 2',
    'Fading at both edges. 5 photos, same light as 14-May',
    'Dr Okafor',
    'draft',
  ),
  entry(
    'complication',
    '2026-06-29',
    '16:05',
    'Follow-up day 56: PIH grade 2',
    'No new patches. Mineral SPF 30 daily, said back',
    'L. Brook',
  ),
  entry(
    'notStarted',
    '2026-06-05',
    '08:00',
    'Session 3 not started: course on hold',
    'Booking kept as record, patient told by phone',
    'N. Haddad',
  ),
  entry('complication', '2026-06-01', '09:40', 'Follow-up day 28: PIH grade 2', '5 photos', 'L. Brook'),
  entry('complication', '2026-05-18', '15:20', 'Follow-up day 14: PIH grade 2', '5 photos', 'Dr Okafor'),
  entry(
    'complication',
    '2026-05-14',
    '11:40',
    'Complication opened: PIH grade 2, chin, both sides',
    'By phone, onset day 8. Dr Okafor told 11:46, acknowledged 11:58',
    'N. Haddad',
    'monitoring',
  ),
  entry('call', '2026-05-07', null, 'Day-3 check: redness gone, no concerns', null, 'N. Haddad'),
  entry(
    'session',
    '2026-05-04',
    '14:50',
    'Session 2 of 4: chin 1.00 mm, cheeks 0.75 mm, jawline 0.50 mm',
    '28 min, 2 passes, no deviation',
    'L. Brook',
    'Signed 06-May-2026 08:12',
  ),
  entry('screening', '2026-05-04', null, 'Screening today: nothing changed', null, 'A. Bello'),
  entry(
    'addendum',
    '2026-04-18',
    '12:02',
    'Addendum to session 1: serum lot added',
    'Late entry. The original stays beside it',
    'L. Brook',
    'Signed 20-Apr-2026 09:31',
  ),
  entry(
    'consent',
    '2026-03-30',
    '10:25',
    'Consent 1.0 signed',
    'Photos: own record yes, teaching no, advertising no',
    'A. Bello',
    'Signed on clinic screen',
  ),
  entry(
    'order',
    '2026-03-30',
    '09:50',
    'Initial examination and treatment order',
    'Skin type V. Cheeks and chin to 1.00 mm, jawline to 0.75 mm',
    'Dr Okafor',
    'Signed 30-Mar-2026 10:05',
  ),
]

function entry(
  kind: TimelineKind,
  on: string,
  time: string | null,
  title: string,
  detail: string | null,
  who: string,
  state = '',
): TimelineEntry {
  const shown =
    state === 'draft' ? (
      <StateTag state="draft">Draft, saved 10:42</StateTag>
    ) : state === 'monitoring' ? (
      <StateTag state="openComplication">Monitoring</StateTag>
    ) : (
      state !== '' && <SignedMark text={state} />
    )
  const id = state === 'draft' ? '0' : `${on}${title}`
  return { id, kind, on, time, title, detail, who, state: shown, href: '#', isPast: on < '2026-05-04' }
}
