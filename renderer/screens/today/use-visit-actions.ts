import { useState } from 'react'
import type { DayVisit } from '../../../shared/contract/visit.ts'
import type { VisitCancelReason } from '../../../shared/domain/visit.ts'
import type { Refusal } from '../../../shared/kernel/result.ts'
import { useCommand } from '../../client/use-command.ts'

export type VisitDialog = { readonly kind: 'identity' | 'room' | 'cancel'; readonly visit: DayVisit }

/** What the desk does with one line of the list. Where a question comes first, `dialog` is open. */
export function useVisitActions() {
  const checkIn = useCommand('visit.checkIn')
  const move = useCommand('visit.move')
  const cancel = useCommand('visit.cancel')
  const [dialog, setDialog] = useState<VisitDialog | null>(null)

  function whose({ patientId, visitId, version }: DayVisit) {
    return { patientId, visitId, version }
  }

  async function runCheckIn(visit: DayVisit, chartNumber: string | null) {
    const identity = chartNumber === null ? null : { chartNumber }
    const reply = await checkIn.run({ ...whose(visit), identity })
    if (reply.ok) setDialog(null)
    else if (reply.refusal.code === 'IDENTITY_CHECK_NEEDED') setDialog({ kind: 'identity', visit })
  }

  async function runMove(visit: DayVisit, to: 'EXPECTED' | 'HERE' | 'IN_ROOM' | 'DONE', room: string | null = null) {
    const reply = await move.run({ ...whose(visit), to, room })
    if (reply.ok) setDialog(null)
  }

  async function runCancel(visit: DayVisit, reason: VisitCancelReason) {
    const reply = await cancel.run({ ...whose(visit), reason })
    if (reply.ok) setDialog(null)
  }

  const refusal: Refusal | null = checkIn.refusal ?? move.refusal ?? cancel.refusal
  return {
    /** A look-alike is asked for the chart number first. */
    checkIn: (visit: DayVisit) =>
      visit.isLookAlike ? setDialog({ kind: 'identity', visit }) : void runCheckIn(visit, null),
    confirmIdentity: (visit: DayVisit, chartNumber: string) => void runCheckIn(visit, chartNumber),
    toRoom: (visit: DayVisit) =>
      visit.room === null ? setDialog({ kind: 'room', visit }) : void runMove(visit, 'IN_ROOM', visit.room),
    confirmRoom: (visit: DayVisit, room: string) => void runMove(visit, 'IN_ROOM', room),
    move: (visit: DayVisit, to: 'EXPECTED' | 'HERE' | 'DONE') => void runMove(visit, to),
    askCancel: (visit: DayVisit) => setDialog({ kind: 'cancel', visit }),
    cancel: (visit: DayVisit, reason: VisitCancelReason) => void runCancel(visit, reason),
    dialog,
    close() {
      setDialog(null)
      for (const command of [checkIn, move, cancel]) command.reset()
    },
    isRunning: checkIn.isRunning || move.isRunning || cancel.isRunning,
    // Inside a dialog the refusal stands there.
    refusal,
  }
}

export type VisitActions = ReturnType<typeof useVisitActions>
