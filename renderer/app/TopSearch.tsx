import { useState } from 'react'
import type { DateOrder } from '../../shared/domain/patient-birth-date.ts'
import type { PatientId } from '../../shared/kernel/ids.ts'
import { useQuery } from '../client/use-query.ts'
import { PersonSearch, patientSearchId, type SearchOutcome } from '../parts/PersonSearch.tsx'
import { sentenceFor } from '../refusals/index.ts'
import { useGo } from './go.ts'
import { paths, pathTo } from './paths.ts'
import { carry } from './patient-search/carried.ts'
import { dateReadingOf, hitToPerson, registrationText, unreadableText } from './patient-search/person-hits.ts'
import { usePortraits } from './patient-search/use-portraits.ts'
import { useClinic } from './use-clinic.ts'
import { mayDo, usePerson } from './use-person.ts'

/** The global patient search of the top bar: one call per keystroke, the list before it stays until the answer is there. */
export function TopSearch() {
  const clinic = useClinic()
  const person = usePerson()
  const go = useGo()
  const [text, setText] = useState('')
  const [chosenOrder, setChosenOrder] = useState<DateOrder | null>(null)
  const found = useQuery(
    'patientSearch.find',
    { text, ...(chosenOrder === null ? {} : { dateOrder: chosenOrder }) },
    { isEnabled: text.trim() !== '', keepPrevious: true, dependsOn: ['patient', 'visit'] },
  )
  // People who are easily mixed up are told apart by their faces as well.
  const alike = (found.value?.hits ?? []).filter(({ isLookAlike }) => isLookAlike)
  const portraits = usePortraits(alike.map(({ patientId }) => patientId))
  if (!clinic || !person) return null
  const { value, refusal } = found
  const isStale = value?.text !== text || value.dateOrder !== (chosenOrder ?? clinic.dateOrder)

  function close() {
    setText('')
    setChosenOrder(null)
  }

  function leaveFor(path: string) {
    close()
    document.getElementById(patientSearchId)?.blur()
    go(path)
  }

  function outcome(): SearchOutcome {
    if (text.trim() === '') return { kind: 'idle' }
    if (refusal) return { kind: 'refused', sentence: sentenceFor(refusal) }
    if (!value) return { kind: 'idle' }
    if (value.isTooShort && value.hits.length === 0) return { kind: 'tooShort' }
    return {
      kind: 'found',
      hits: value.hits.map((hit) => ({ ...hitToPerson(hit), photoSrc: portraits.get(hit.patientId) ?? null })),
      total: value.hits.length,
      hasMore: value.hasMore,
      dateReading: dateReadingOf(value, clinic?.dateOrder ?? 'MDY'),
      notice: unreadableText(value.unreadableDates),
    }
  }

  function readOtherWay() {
    const other = value?.dateReading?.other
    if (other) setChosenOrder(other.dateOrder)
  }

  function register() {
    if (value) carry({ registration: value.registration })
    leaveFor(paths.register)
  }

  function checkIn(patientId: PatientId) {
    carry({ checkIn: patientId })
    leaveFor(paths.today)
  }

  return (
    <PersonSearch
      text={text}
      outcome={outcome()}
      isStale={isStale}
      today={clinic.today}
      registerText={mayDo(person, 'demographics.write') && value ? registrationText(value.registration) : null}
      mayCheckIn={mayDo(person, 'schedule.write')}
      // Pasted text may hold line breaks and other controls, which no search has.
      onTextChange={(typed) => setText(typed.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200))}
      onOpen={(patientId) => leaveFor(pathTo.chart(patientId))}
      onCheckIn={checkIn}
      onReadOtherWay={readOtherWay}
      onRegister={register}
      onClose={close}
    />
  )
}
