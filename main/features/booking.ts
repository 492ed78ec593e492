import {
  insertAbsence,
  replaceWorkingSpans,
  saveBookingSettings,
  selectAbsences,
  selectBookingSettings,
  selectCalendarRules,
  selectComing,
  selectPhones,
  selectWorkingSpans,
  takeBackAbsence,
} from '../../db/queries/booking.ts'
import { selectBookingChecks } from '../../db/queries/booking-check.ts'
import { endWaiting, insertWaiting, selectWaiting, selectWaitingEntry } from '../../db/queries/booking-waiting.ts'
import { selectPatient, selectPatientSummaries } from '../../db/queries/patient.ts'
import { selectFormsOnFile, selectScreeningFacts } from '../../db/queries/screening.ts'
import { isCourseOf, selectSeries, selectSeriesOf } from '../../db/queries/series.ts'
import { selectSessionsDone } from '../../db/queries/sessions-done.ts'
import { noteReminder, selectDays, selectRooms, selectVisit } from '../../db/queries/visit.ts'
import { policyByDay, selectDayRows } from '../../db/queries/visit-rows.ts'
import type { contract } from '../../shared/contract/index.ts'
import { rolesWith } from '../../shared/contract/permissions.ts'
import {
  hasOverlap,
  proposeSeries,
  reminderDue,
  usualLengthMin,
  type Weekday,
  type WorkingSpan,
  weekdayOf,
} from '../../shared/domain/booking.ts'
import { shippedPolicy } from '../../shared/domain/policy.ts'
import { eligibleOn, sourceOf } from '../../shared/domain/screening/screening-facts.ts'
import { allowsSession, nextDueOn } from '../../shared/domain/series.ts'
import { isTreatment } from '../../shared/domain/visit.ts'
import type { AbsenceId, SeriesId, WaitingId } from '../../shared/kernel/ids.ts'
import { accept, refuse } from '../../shared/kernel/result.ts'
import { addDays, addMinutes, dateInZone } from '../../shared/kernel/time.ts'
import type { Handlers, QueryContext } from '../app/context.ts'
import { bookDates, planOfSeries } from './booking/series-dates.ts'
import { absenceToWire, checkToWire, problemToWire, treatingStaff } from './booking/wire.ts'

type BookingContract = typeof contract.booking

export const bookingHandlers = {
  calendar: async (context, { from, days }) => {
    const { reader, today, now, offsetMin } = context
    const until = addDays(from, days - 1)
    const hasCare = rolesWith('alerts.read').some((role) => context.hasRole(role))
    const visits = await selectDayRows(reader, { from, until, practitionerId: null, today, hasCare })
    const absences = await selectAbsences(reader, { from, until })
    const spans = (await selectWorkingSpans(reader)).filter((span) => span.staffId === null)
    const { staff, nameOf } = await treatingStaff(reader)
    return accept({
      today,
      nowTime: addMinutes(now, offsetMin).slice(11, 16),
      days: Array.from({ length: days }, (_, index) => {
        const on = addDays(from, index)
        const open = spans.filter((span) => span.weekday === weekdayOf(on))
        const isAway = absences.some((one) => one.staffId === null && one.fromOn <= on && on <= one.untilOn)
        return {
          on,
          isClosed: isAway || (spans.length > 0 && open.length === 0),
          open: open.map(({ fromTime, untilTime }) => ({ fromTime, untilTime })),
        }
      }),
      visits,
      absences: absences.map((absence) => absenceToWire(absence, nameOf)),
      practitioners: staff,
      rooms: [...(await selectRooms(reader))],
      usualMin: await usualLengths(context),
      waiting: (await selectWaiting(reader)).length,
    })
  },

  patient: async ({ reader, today }, { patientId }) => {
    const summary = (await selectPatientSummaries(reader, [patientId])).get(patientId)
    if (!summary) return refuse('NOT_FOUND')
    const coming = await selectComing(reader, patientId, today)
    const { performedBySeries } = await selectSessionsDone(reader, patientId)
    const courses = (await selectSeriesOf(reader, patientId)).map(({ id, body }) => {
      const performedOn = performedBySeries.get(id as SeriesId) ?? []
      return {
        seriesId: id as SeriesId,
        status: body.status,
        mayBook: allowsSession(body.status),
        sessionsPlanned: body.sessionsPlanned,
        sessionsDone: performedOn.length,
        sessionsBooked: coming.filter((visit) => visit.series_id === id && isTreatment(visit.service)).length,
        intervalMonths: body.intervalMonths,
        nextDueOn: nextDueOn(performedOn.at(-1) ?? null, body.intervalMonths),
      }
    })
    const { family, given, preferred, isLookAlike, bornOn, bornText, chartNumber } = summary
    return accept({
      patientId,
      familyName: family,
      givenName: given,
      preferredName: preferred,
      isLookAlike,
      bornOn,
      bornText,
      chartNumber,
      courses,
      coming: coming.map((visit) => ({
        visitId: visit.id,
        onDate: visit.on_date,
        atTime: visit.at_time,
        service: visit.service,
      })),
    })
  },

  check: async ({ reader, today }, { patientId, visitId, lengthMin, ...plan }) => {
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    if (visitId !== null && !(await selectVisit(reader, patientId, visitId))) return refuse('NOT_FOUND')
    if (!(await isCourseOf(reader, patientId, plan.seriesId))) return refuse('NOT_FOUND')
    const plans = [planOfSeries({ ...plan, lengthMin })]
    const [check] = await selectBookingChecks(reader, { patientId, plans, today, visitId })
    if (!check) throw new Error('a plan was not judged')
    return accept(checkToWire(check))
  },

  clock: async (context, { patientId, on, seriesId }) => {
    const { reader } = context
    if (!(await selectPatient(reader, patientId))) return refuse('NOT_FOUND')
    const series = seriesId === null ? null : await selectSeries(reader, patientId, seriesId)
    if (seriesId !== null && series === null) return refuse('NOT_FOUND')
    const forms = await selectFormsOnFile(reader, patientId)
    context.audit({ action: 'booking.clock', subject: 'patient', subjectId: patientId, patientId })
    if (forms.full === null && forms.short === null) return accept({ eligibleOn: null, findings: [] })
    const facts = await selectScreeningFacts(reader, {
      patientId,
      today: on,
      plannedZones: (series?.body.zones ?? []).map(({ zone, side }) => ({ zone, side })),
      deviceType: null,
      seriesId,
      policy: await policyByDay(reader)(on),
    })
    return accept({
      eligibleOn: eligibleOn(facts.open),
      findings: facts.open.map(({ finding, lifts }) => ({
        questionId: finding.questionId,
        rule: finding.rule,
        outcome: finding.outcome,
        eligibleOn: finding.eligibleOn,
        lifts: [...lifts],
        answeredOn: sourceOf(finding.questionId, forms)?.body.takenOn ?? null,
      })),
    })
  },

  previewSeries: async ({ reader, today }, { patientId, seriesId, firstOn, count, ...slot }) => {
    const series = await selectSeries(reader, patientId, seriesId)
    if (!series) return refuse('NOT_FOUND')
    if (!allowsSession(series.body.status)) return refuse('BOOKING_COURSE_NOT_OPEN')
    const plan = planOfSeries({ ...slot, onDate: firstOn, service: 'SESSION', serviceNote: null, seriesId })
    const { intervalMonths } = series.body
    // Far enough for every date to move on once.
    const until = addDays(firstOn, (intervalMonths * 31 + 14) * count)
    const rules = await selectCalendarRules(reader, { from: firstOn, until })
    const proposed = proposeSeries({ ...plan, patientId, firstOn, count, intervalMonths }, rules)
    const plans = proposed.map(({ onDate }) => ({ ...plan, onDate }))
    const checks = await selectBookingChecks(reader, { patientId, plans, today, rules })
    return accept({
      dates: proposed.flatMap(({ dueOn, onDate, passedOver }, index) => {
        const check = checks[index]
        return check ? [{ dueOn, onDate, passedOver: passedOver.map(problemToWire), judged: checkToWire(check) }] : []
      }),
    })
  },

  bookSeries: async (context, input) => {
    const visitIds = await bookDates(context, input)
    if (!visitIds.ok) return visitIds
    context.touch('visit', 'today', 'chart', 'patientSearch', 'booking')
    return accept({ visitIds: [...visitIds.value] })
  },

  waiting: async ({ reader }) => {
    const entries = await selectWaiting(reader)
    const { nameOf } = await treatingStaff(reader)
    const ids = [...new Set(entries.map(({ patientId }) => patientId))]
    const people = await selectPatientSummaries(reader, ids)
    const phones = await selectPhones(reader, ids)
    return accept({
      entries: entries.flatMap((entry) => {
        const person = people.get(entry.patientId)
        if (!person) return []
        const { family: familyName, given: givenName, preferred: preferredName, isLookAlike } = person
        return {
          ...entry,
          familyName,
          givenName,
          preferredName,
          isLookAlike,
          practitionerName: nameOf(entry.practitionerId),
          phone: phones.get(entry.patientId) ?? null,
        }
      }),
    })
  },

  wait: async (context, { patientId, ...wish }) => {
    const { trx, now, caller } = context
    const patient = await selectPatient(trx, patientId)
    if (!patient) return refuse('NOT_FOUND')
    if (patient.body.status.state === 'ARCHIVED') return refuse('VISIT_PATIENT_ARCHIVED')
    if (wish.untilOn !== null && wish.untilOn < wish.fromOn) return refuse('WAITING_DAYS_REVERSED')
    if (wish.seriesId !== null && !(await selectSeries(trx, patientId, wish.seriesId))) return refuse('NOT_FOUND')
    if (wish.practitionerId !== null) {
      const { isTreating } = await treatingStaff(trx)
      if (!isTreating(wish.practitionerId)) return refuse('VISIT_PRACTITIONER_NOT_TREATING')
    }
    const waitingId = context.newId<WaitingId>()
    const note = wish.note?.trim() || null
    await insertWaiting(trx, { ...wish, note, waitingId, patientId, at: now, by: caller.staffId })
    context.audit({ action: 'booking.wait', subject: 'waiting', subjectId: waitingId, patientId })
    context.touch('booking')
    return accept({ waitingId })
  },

  leave: async (context, { patientId, waitingId, version }) => {
    const { trx, now } = context
    const entry = await selectWaitingEntry(trx, patientId, waitingId)
    if (!entry) return refuse('NOT_FOUND')
    if (!(await endWaiting(trx, { waitingId, version, visitId: null, at: now }))) return refuse('CONFLICT')
    context.audit({ action: 'booking.leave', subject: 'waiting', subjectId: waitingId, patientId })
    context.touch('booking')
    return accept({})
  },

  reminders: async ({ reader, today, timeZone, services }) => {
    const settings = await selectBookingSettings(reader)
    const furthest = Math.max(0, ...settings.reminderDays)
    const days = { from: addDays(today, 1), until: addDays(today, Math.max(1, furthest)), practitionerId: null }
    const expected = (await selectDays(reader, days)).filter(({ visit }) => visit.status === 'EXPECTED')
    const phones = await selectPhones(
      reader,
      expected.map(({ visit }) => visit.patientId),
    )
    const { clinicName, urgentPhone } = services.storeLife.open.facts
    return accept({
      clinicName,
      clinicPhone: urgentPhone,
      reminders: expected.flatMap(({ visit, patient }) => {
        const remindedOn = visit.remindedAt === null ? null : dateInZone(visit.remindedAt, timeZone)
        const daysAhead = reminderDue({ onDate: visit.onDate, remindedOn }, today, settings)
        if (daysAhead === null) return []
        return {
          patientId: patient.patientId,
          familyName: patient.family,
          givenName: patient.given,
          preferredName: patient.preferred,
          isLookAlike: patient.isLookAlike,
          visitId: visit.visitId,
          version: visit.version,
          onDate: visit.onDate,
          atTime: visit.atTime,
          daysAhead,
          phone: phones.get(patient.patientId) ?? null,
          remindedAt: visit.remindedAt,
        }
      }),
    })
  },

  remind: async (context, { patientId, visitId, version, how }) => {
    const { trx, now, caller } = context
    const visit = await selectVisit(trx, patientId, visitId)
    if (!visit) return refuse('NOT_FOUND')
    if (visit.status !== 'EXPECTED') return refuse('VISIT_OVER')
    if (!(await noteReminder(trx, { visitId, version, at: now, by: caller.staffId }))) return refuse('CONFLICT')
    context.audit({ action: 'booking.remind', subject: 'visit', subjectId: visitId, patientId, reason: how })
    context.touch('visit', 'booking')
    return accept({ version: version + 1 })
  },

  hours: async ({ reader, today }) => {
    const { staff, nameOf } = await treatingStaff(reader)
    const { version, ...settings } = await selectBookingSettings(reader)
    const absences = await selectAbsences(reader, { from: today, until: '9999-12-31' })
    return accept({
      spans: [...(await selectWorkingSpans(reader))],
      absences: absences.map((absence) => absenceToWire(absence, nameOf)),
      practitioners: staff,
      settings: { ...settings, reminderDays: [...settings.reminderDays] },
      settingsVersion: version,
    })
  },

  setHours: async (context, { staffId, spans }) => {
    const { trx, newId } = context
    if (staffId !== null && !(await treatingStaff(trx)).isTreating(staffId))
      return refuse('VISIT_PRACTITIONER_NOT_TREATING')
    if (spans.some((span) => span.untilTime <= span.fromTime)) return refuse('HOURS_REVERSED')
    const week = spans.map((span): Omit<WorkingSpan, 'staffId'> => ({ ...span, weekday: span.weekday as Weekday }))
    if (hasOverlap(week)) return refuse('HOURS_OVERLAP')
    await replaceWorkingSpans(trx, { staffId, spans: week, newId })
    context.audit({ action: 'booking.setHours', subject: 'clinic', subjectId: staffId })
    context.touch('booking', 'visit')
    return accept({})
  },

  setSettings: async (context, { version, ...settings }) => {
    const { trx, now, caller } = context
    const reminderDays = [...new Set(settings.reminderDays)].sort((one, other) => other - one)
    const saving = { version, settings: { ...settings, reminderDays }, at: now, by: caller.staffId }
    if (!(await saveBookingSettings(trx, saving))) return refuse('CONFLICT')
    context.audit({ action: 'booking.setSettings', subject: 'clinic' })
    context.touch('booking')
    return accept({})
  },

  addAbsence: async (context, { staffId, fromOn, untilOn, reason }) => {
    const { trx, now, caller } = context
    if (untilOn < fromOn) return refuse('ABSENCE_REVERSED')
    if (staffId !== null && !(await treatingStaff(trx)).isTreating(staffId))
      return refuse('VISIT_PRACTITIONER_NOT_TREATING')
    const absenceId = context.newId<AbsenceId>()
    await insertAbsence(trx, { absenceId, staffId, fromOn, untilOn, reason, at: now, by: caller.staffId })
    context.audit({ action: 'booking.addAbsence', subject: 'absence', subjectId: absenceId, reason })
    context.touch('booking', 'visit')
    const { taken } = await selectCalendarRules(trx, { from: fromOn, until: untilOn })
    const bookingsInIt = taken.filter((slot) => staffId === null || slot.practitionerId === staffId).length
    return accept({ absenceId, bookingsInIt })
  },

  takeBackAbsence: async (context, { absenceId }) => {
    const { trx, now, caller } = context
    if (!(await takeBackAbsence(trx, { absenceId, at: now, by: caller.staffId }))) return refuse('NOT_FOUND')
    context.audit({ action: 'booking.takeBackAbsence', subject: 'absence', subjectId: absenceId })
    context.touch('booking', 'visit')
    return accept({})
  },
} satisfies Handlers<BookingContract>

async function usualLengths({ reader, today }: QueryContext) {
  const { bookingMin } = ((await policyByDay(reader)(today)) ?? shippedPolicy(today)).settings
  const lengths = { bookingMin, talkMin: (await selectBookingSettings(reader)).talkMin }
  return { treatment: usualLengthMin('SESSION', lengths), talk: usualLengthMin('CONSULTATION', lengths) }
}
