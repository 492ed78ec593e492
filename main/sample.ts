import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { standardViews } from '../shared/domain/photo.ts'
import type { VisitService } from '../shared/domain/visit.ts'
import type { PatientId, SessionId } from '../shared/kernel/ids.ts'
import { addMinutes, dateInZone, type Instant } from '../shared/kernel/time.ts'
import type { Host } from './hosts/host.ts'
import { bookTheWeek } from './sample/bookings.ts'
import { writeConsentTexts } from './sample/consent-text.ts'
import { book, came, seeTo, workFollowUps } from './sample/days.ts'
import { anyProof, SampleHouse } from './sample/house.ts'
import { completeCourse, rateBaseline, reviewOutcome } from './sample/outcome.ts'
import { clinicOfSample, type PersonKey, peopleOfSample, type SamplePerson, type StaffKey } from './sample/people.ts'
import { looks, takePhotos } from './sample/photos.ts'
import { writePresets } from './sample/presets.ts'
import { writeQuestionnaire } from './sample/questionnaire.ts'
import { addRfDevice, publishRfText, rfCheeks } from './sample/rf.ts'
import { planTimeAway, trainTheTeam } from './sample/staff.ts'
import { fillStock, recallSerum, type SampleStock } from './sample/stock.ts'
import {
  type Course,
  cheeksAndChin,
  countersign,
  finishSession,
  foreheadLightly,
  type Place,
  planCourse,
  register,
  screen,
  startSession,
  upperFace,
  zoneRow,
} from './sample/treat.ts'

/** Long enough for an outcome review six months after a last session. */
const beganDaysAgo = 240

/**
 * Fills `folder` with the sample clinic: invented people in every state that a screen can show, made by the ordinary
 * commands on a clock that runs through the last eight months. Throws when a command is refused; the folder then has no
 * `complete` mark and is built anew next time.
 */
export async function buildSample(folder: string, host: Host): Promise<void> {
  const present = host.now()
  const house = await SampleHouse.open(folder, host, beganDaysAgo)
  try {
    await approveRules(house)
    await writePresets(house)
    const stock = await fillStock(house)
    await trainTheTeam(house)
    const ids = new Map<string, PatientId>()
    for (const person of peopleOfSample) {
      house.pass(6)
      ids.set(person.given, await register(house, person as SamplePerson))
    }
    const id = (given: PersonKey): PatientId => {
      const patientId = ids.get(given)
      if (!patientId) throw new Error(`sample: ${given} is not registered`)
      return patientId
    }
    const courses = await tellThePast(house, stock, id)
    await tellToday(house, stock, { id, courses, present })
    await recallSerum(house)
    await planTimeAway(house)
    await writeConsentTexts(house)
    await writeQuestionnaire(house)
  } finally {
    await house.close()
  }
  writeFileSync(join(folder, 'complete'), '')
}

type IdOf = (given: PersonKey) => PatientId

/**
 * Aestheticians may needle to 1.50 mm with a physician on site; what stays at 0.50 mm or less needs no countersignature.
 * Radiofrequency is the physicians'. The consent text is approved.
 */
async function approveRules(house: SampleHouse): Promise<void> {
  const okafor = await house.as('okafor')
  const { policies } = await okafor('policy.list', {})
  const policyId = policies.find(({ standing }) => standing === 'DRAFT')?.policyId
  if (!policyId) throw new Error('sample: set-up left no policy draft')
  const { draftVersion, body } = await okafor('policy.open', { policyId })
  const { approvedBy: _nobody, ...rest } = body
  const saved = await okafor('policy.saveDraft', {
    policyId,
    draftVersion,
    body: {
      ...rest,
      signOffRequiredFor: 'ABOVE_DEPTH',
      signOffAboveUm: 500,
      permittedRoles: rest.permittedRoles.map((row) =>
        row.role === 'aesthetician' ? { ...row, mayNeedle: true, maxDepthUm: 1500 } : { ...row, rfAllowed: true },
      ),
    },
  })
  await okafor('policy.approve', { policyId, draftVersion: saved.draftVersion, reauth: anyProof })
  const { templates } = await okafor('consent.templates', {})
  for (const { templateId, major, minor } of templates)
    await okafor('consent.approveTemplate', { templateId, major, minor, reauth: anyProof })
}

/** Courses that began weeks ago: signed sessions, a complication that is followed, a record sent back. */
async function tellThePast(house: SampleHouse, stock: SampleStock, id: IdOf): Promise<ReadonlyMap<PatientId, Course>> {
  const courses = new Map<PatientId, Course>()
  const reviewed = await finishedCourse(house, stock, id('Lindiwe'), -212)
  await finishedCourse(house, stock, id('Odette'), -183)
  await radiofrequency(house, stock, id('Jakob'))
  await signedBefore(house, stock, id('Aisha'), { day: -91, hour: '14:00', look: looks.Aisha })
  await complain(house, id('Aisha'))
  house.at(-30, '08:20')
  await reviewOutcome(house, reviewed)
  for (const [given, day, atTime] of earlierTalks) await came(house, day, { ...talk, patientId: id(given), atTime })
  for (const [given, day, hour] of [
    ['Giulia', -35, '09:00'],
    ['Maja', -33, '11:00'],
    ['Belén', -32, '10:00'],
    ['Astrid', -31, '15:00'],
    ['Leila', -30, '13:00'],
    ['Haruka', -29, '09:00'],
  ] as const)
    courses.set(
      id(given),
      await signedBefore(house, stock, id(given), {
        day,
        hour,
        practitioner: day % 2 === 0 ? 'miguel' : 'lena',
        ...(given === 'Giulia' ? { look: looks.Giulia } : {}),
      }),
    )
  return courses
}

const talk = { service: 'CONSULTATION', practitioner: 'okafor', room: '4' } as const
const earlierTalks = [
  ['Joan', -64, '09:30'],
  ['Nathaniel', -49, '11:00'],
  ['Ana', -21, '10:30'],
  ['Tomas', -20, '15:00'],
  ['Joanna', -13, '16:15'],
] as const

async function signedBefore(
  house: SampleHouse,
  stock: SampleStock,
  patientId: PatientId,
  { day, hour, practitioner = 'lena', look }: { day: number; hour: string; practitioner?: StaffKey; look?: Look },
): Promise<Course> {
  await came(house, day - 1, { ...talk, patientId, atTime: '10:00' })
  await screen(house, patientId)
  const course = await planCourse(house, patientId, {
    places: cheeksAndChin,
    indication: 'ACNE_SCAR',
    practitioner,
    photos: look ? 'TAKEN' : 'KEPT_ELSEWHERE',
  })
  const sessionId = await treated(house, stock, course, { day, hour, practitioner, ...(look ? { look } : {}) })
  house.at(day + 1, '08:12')
  await countersign(house, course, sessionId)
  for (const later of [1, 3, 4, 14]) {
    house.at(day + later, '16:30')
    await workFollowUps(house, patientId)
  }
  return course
}

/** A physician's own session with radiofrequency, under the clinic's own text. */
async function radiofrequency(house: SampleHouse, stock: SampleStock, patientId: PatientId): Promise<void> {
  const day = -120
  house.at(day - 2, '09:00')
  const rfText = await publishRfText(house)
  const rfStock = { ...stock, deviceId: await addRfDevice(house) }
  await came(house, day - 1, { ...talk, patientId, atTime: '10:00' })
  await screen(house, patientId)
  const course = await planCourse(house, patientId, {
    places: rfCheeks,
    indication: 'ACNE_SCAR',
    practitioner: 'okafor',
    rfText,
  })
  await treated(house, rfStock, course, { day, hour: '15:00', practitioner: 'okafor' })
  for (const later of [1, 3, 4, 14]) {
    house.at(day + later, '16:30')
    await workFollowUps(house, patientId)
  }
}

/** A short course with its baseline, from the first talk to the last check. */
async function finishedCourse(
  house: SampleHouse,
  stock: SampleStock,
  patientId: PatientId,
  day: number,
): Promise<Course> {
  await came(house, day - 1, { ...talk, patientId, atTime: '10:00' })
  await screen(house, patientId)
  const course = await planCourse(house, patientId, { places: cheeksAndChin, indication: 'ACNE_SCAR', sessions: 1 })
  await rateBaseline(house, course)
  const sessionId = await treated(house, stock, course, { day, hour: '14:00', practitioner: 'lena' })
  house.at(day + 1, '08:12')
  await countersign(house, course, sessionId)
  for (const later of [1, 3, 4, 14]) {
    house.at(day + later, '16:30')
    await workFollowUps(house, patientId)
  }
  await completeCourse(house, course)
  return course
}

/** The whole visit: in the list, at the door, treated, home. */
async function treated(
  house: SampleHouse,
  stock: SampleStock,
  course: Course,
  {
    day,
    hour,
    practitioner,
    log = {},
    look,
  }: {
    readonly day: number
    readonly hour: string
    readonly practitioner: StaffKey
    readonly log?: Parameters<typeof finishSession>[3]['log'] & object
    /** Where the photos of the first session are taken here. */
    readonly look?: Look
  },
): Promise<SessionId> {
  house.at(day, hour)
  const room = practitioner === 'miguel' ? '2' : '1'
  await came(house, day, { patientId: course.patientId, atTime: hour, service: 'SESSION', practitioner, room })
  const sessionId = await startSession(house, course, { stock, practitioner })
  if (!look) {
    await finishSession(house, course, sessionId, { stock, practitioner, log })
    return sessionId
  }
  const { patientId } = course
  const before = await takePhotos(
    house,
    practitioner,
    { patientId, occasion: 'BASELINE' },
    { ...look, views: standardViews },
  )
  const prePhotos = { kind: 'TAKEN' as const, photos: before.map((photoId) => ({ photoId })) }
  // The server reads view and hash from the store; the record gets them from there.
  await finishSession(house, course, sessionId, { stock, practitioner, log: { ...log, prePhotos } })
  return sessionId
}

type Look = (typeof looks)[keyof typeof looks]

/** The chin, and the face from the front. */
const darker = { ...looks.Aisha, redness: 0.9, marks: 0.95, views: ['FRONT', 'DETAIL'] as const }

async function complain(house: SampleHouse, patientId: PatientId): Promise<void> {
  house.at(-81, '11:40')
  const noor = await house.as('noor')
  const okafor = await house.as('okafor')
  const { sessions } = await okafor('session.list', { patientId })
  const reported = await noor('complication.report', {
    patientId,
    sessionIds: sessions.slice(0, 1).map(({ sessionId }) => sessionId),
    zones: [{ zone: 'CHIN', side: 'M', site: null }],
    description: 'Darker patches on both sides of the chin, noticed two days ago.',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'The patient' },
    onsetOn: house.day(-83),
    signs: [],
    code: null,
    grade: null,
    actionTaken: '',
    notices: [{ physicianId: house.id('okafor'), how: 'PHONE' }],
  })
  house.pass(18)
  const { complicationId } = reported
  const physician = await house.as('okafor')
  const acknowledged = await physician('complication.acknowledge', {
    patientId,
    complicationId,
    version: reported.version,
  })
  const reviewed = await physician('complication.advance', {
    patientId,
    complicationId,
    version: acknowledged.version,
    to: 'UNDER_REVIEW',
  })
  const findings = {
    code: 'PIH' as const,
    zones: [{ zone: 'CHIN' as const, side: 'M' as const, site: null }],
    onsetOn: house.day(-83),
    signs: [],
    causality: 'PROBABLE' as const,
    resolvedOn: null,
    actionTaken: 'Mineral SPF 30 daily, no actives.',
    isPermanentChange: false,
    neededIntervention: false,
    hasSterilityDoubt: false,
    stableOn: null,
    treatmentOrderedBy: null,
    sessionIds: [],
    seriesDecision: 'HOLD' as const,
    notices: [],
  }
  const first = await takePhotos(house, 'okafor', { patientId, occasion: 'COMPLICATION', complicationId }, darker)
  const assessed = await physician('complication.assess', {
    ...findings,
    photoIds: [...first],
    patientId,
    complicationId,
    version: reviewed.version,
    grade: 2,
    gradeNote: 'Ten percent of the treated area, distressing.',
    outcome: 'ONGOING',
  })
  const watched = await physician('complication.advance', {
    patientId,
    complicationId,
    version: assessed.version,
    to: 'MONITORING',
  })
  for (const day of [-77, -67, -53]) {
    house.at(day, '16:00')
    await workFollowUps(house, patientId)
  }
  house.at(-35, '16:05')
  await workFollowUps(house, patientId)
  const later = await house.as('okafor')
  const fading = { ...darker, redness: 0.4, marks: 0.5 }
  const second = await takePhotos(house, 'okafor', { patientId, occasion: 'COMPLICATION', complicationId }, fading)
  await later('complication.assess', {
    ...findings,
    photoIds: [...first, ...second],
    patientId,
    complicationId,
    version: watched.version,
    grade: 1,
    gradeNote: 'Fading at both edges.',
    outcome: 'RECOVERING',
  })
}

/** The days up to now: what waits for the physician, and today's list. */
async function tellToday(
  house: SampleHouse,
  stock: SampleStock,
  { id, courses, present }: { id: IdOf; courses: ReadonlyMap<PatientId, Course>; present: string },
): Promise<void> {
  const again = (given: PersonKey): Course => {
    const course = courses.get(id(given))
    if (!course) throw new Error(`sample: ${given} has no course`)
    return course
  }
  // Clean second sessions of the day before yesterday and yesterday.
  for (const [given, day, hour, practitioner] of [
    ['Belén', -2, '09:00', 'miguel'],
    ['Leila', -2, '11:00', 'miguel'],
    ['Maja', -1, '10:00', 'lena'],
    ['Astrid', -1, '13:00', 'lena'],
  ] as const)
    await treated(house, stock, again(given), { day, hour, practitioner })

  await firstSession(house, stock, id('Rosalind'), {
    day: -2,
    hour: '15:30',
    log: (course) => ({
      zoneRows: course.places.map((place) =>
        place.zone === 'CHEEK_ANT' && place.side === 'L'
          ? {
              ...zoneRow(place, course.indication),
              depthUm: 1500,
              passes: [{ no: 1, directions: ['V', 'H'], endpointAfter: 'PINPOINT' }],
            }
          : zoneRow(place, course.indication),
      ),
      deviations: [
        {
          code: 'DEPTH_OVER_LIMIT',
          origin: 'AUTO',
          zone: 'CHEEK_ANT',
          side: 'L',
          site: null,
          ref: 'c1',
          reason:
            'Boxcar scar did not reach endpoint at 1.00. Raised to 1.50 for one pass, then saw the order limit and stopped.',
          patientTold: true,
        },
      ],
    }),
  })
  await firstSession(house, stock, id('Pilar'), {
    day: -1,
    hour: '15:30',
    log: () => ({
      haemostasisMin: 12,
      warnings: [
        {
          code: 'HAEMOSTASIS_LONG',
          path: 'haemostasisMin',
          reason: 'Slow to settle at the chin, dry after twelve minutes.',
        },
      ],
    }),
  })
  await firstSession(house, stock, id('Nathaniel'), {
    day: -3,
    hour: '10:00',
    places: foreheadLightly,
    log: () => ({}),
  })
  await sentBack(house, stock, id('Ivo'))
  await redFlag(house, stock, id('Ruth'))

  // Of those treated in the last days most were reached; the rest is today's work.
  house.at(-1, '17:30')
  for (const given of ['Aisha', 'Ivo', 'Belén', 'Rosalind', 'Giulia', 'Haruka'] as const)
    await workFollowUps(house, id(given))

  house.set(addMinutes(present, -150))
  await listToday(house, id)
  await bookTheWeek(house, id, courses)
  await screen(house, id('Tomas'), {
    change: {
      'SQ-10': {
        kind: 'CHOICE',
        chosen: { option: 'PAST', inputs: [{ name: 'ON', kind: 'DATE', date: house.day(-92) }] },
      },
    },
  })
  await screen(house, id('Ana'))
  await planCourse(house, id('Ana'), { places: upperFace, indication: 'RHYTIDES_FINE', consent: false })
  house.set(laterToday(house, present, -34))
  for (const [given, to] of [
    ['Ciarán', 'DONE'],
    ['Nathaniel', 'DONE'],
    ['Giulia', 'IN_ROOM'],
    ['Haruka', 'HERE'],
    ['Ana', 'HERE'],
  ] as const)
    await seeTo(house, 0, id(given), to)
  house.set(laterToday(house, present, -28))
  const sessionId = await startSession(house, again('Giulia'), { stock, practitioner: 'lena' })
  // One view of the set is still to be taken.
  await takePhotos(
    house,
    'lena',
    { patientId: id('Giulia'), occasion: 'BEFORE_SESSION', sessionId },
    { ...looks.Giulia, marks: 0.6, redness: 0.3, views: ['FRONT', 'L45', 'L90', 'R45'] },
  )
  house.set(present)
}

/** So many minutes before now, unless that was yesterday. */
function laterToday(house: SampleHouse, present: Instant, minutes: number): Instant {
  const earlier = addMinutes(present, minutes)
  return dateInZone(earlier, clinicOfSample.timeZone) === house.day(0) ? earlier : present
}

async function firstSession(
  house: SampleHouse,
  stock: SampleStock,
  patientId: PatientId,
  {
    day,
    hour,
    places = cheeksAndChin,
    log,
  }: {
    day: number
    hour: string
    places?: readonly Place[]
    log: (course: Course) => Parameters<typeof finishSession>[3]['log'] & object
  },
): Promise<void> {
  await came(house, day - 5, { ...talk, patientId, atTime: '10:00' })
  await screen(house, patientId)
  const indication = places === cheeksAndChin ? 'ACNE_SCAR' : 'TONE'
  const course = await planCourse(house, patientId, { places, indication })
  await treated(house, stock, course, { day, hour, practitioner: 'lena', log: log(course) })
}

async function sentBack(house: SampleHouse, stock: SampleStock, patientId: PatientId): Promise<void> {
  await firstSession(house, stock, patientId, { day: -3, hour: '12:00', log: () => ({}) })
  house.at(-2, '08:30')
  const okafor = await house.as('okafor')
  const { sessions } = await okafor('session.list', { patientId })
  const [waiting] = sessions
  if (!waiting) throw new Error('sample: nothing was submitted')
  const { record } = await okafor('session.open', { patientId, sessionId: waiting.sessionId })
  if (!record) throw new Error('sample: nothing was submitted')
  await okafor('signOff.return', {
    patientId,
    sessionId: waiting.sessionId,
    seenVersionId: record.versionId,
    reason: 'Please complete two fields.',
    pointers: [
      { path: '/aftercareGiven', text: 'Which sheet did the patient take home?' },
      { path: '/haemostasisMin', text: 'Please note when it was dry.' },
    ],
    dueOn: house.day(1),
    takeoverReason: null,
  })
}

async function redFlag(house: SampleHouse, stock: SampleStock, patientId: PatientId): Promise<void> {
  await firstSession(house, stock, patientId, { day: -4, hour: '09:30', log: () => ({}) })
  house.at(-1, '08:55')
  const noor = await house.as('noor')
  const okafor = await house.as('okafor')
  const { sessions } = await okafor('session.list', { patientId })
  await noor('complication.report', {
    patientId,
    sessionIds: sessions.slice(0, 1).map(({ sessionId }) => sessionId),
    zones: [{ zone: 'CHIN', side: 'M', site: null }],
    description: 'Grouped blisters beside the chin since this morning, burning.',
    channel: 'PHONE',
    reportedBy: { kind: 'PATIENT', name: 'The patient' },
    onsetOn: house.day(-1),
    signs: ['VESICLES'],
    code: null,
    grade: null,
    actionTaken: 'Told not to touch or cover it; physician called.',
    notices: [{ physicianId: house.id('okafor'), how: 'PHONE' }],
  })
}

async function listToday(house: SampleHouse, id: IdOf): Promise<void> {
  const rows: readonly (readonly [PersonKey, string, VisitService, StaffKey, string])[] = [
    ['Ciarán', '08:15', 'CONSULTATION', 'brandt', '3'],
    ['Nathaniel', '08:45', 'FOLLOW_UP_CHECK', 'okafor', '4'],
    ['Giulia', '10:00', 'SESSION', 'lena', '1'],
    ['Haruka', '10:45', 'SESSION', 'miguel', '2'],
    ['Ana', '11:15', 'SESSION', 'lena', '1'],
    ['Joanna', '11:15', 'CONSULTATION', 'okafor', '4'],
    ['Ruth', '12:15', 'FOLLOW_UP_CHECK', 'okafor', '4'],
    ['Tomas', '12:30', 'SESSION', 'miguel', '2'],
    ['Odette', '13:15', 'CONSULTATION', 'brandt', '3'],
    ['Aisha', '13:30', 'SESSION', 'lena', '1'],
    ['Eva', '13:45', 'CONSULTATION', 'brandt', '3'],
    ['Jakob', '14:00', 'CONSULTATION', 'okafor', '4'],
    ['Marguerite', '14:30', 'CONSULTATION', 'okafor', '4'],
    ['Lindiwe', '15:00', 'CONSULTATION', 'brandt', '3'],
  ]
  for (const [given, atTime, service, practitioner, room] of rows)
    await book(house, 0, { patientId: id(given), atTime, service, practitioner, room })
}
