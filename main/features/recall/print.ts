import { daysInWords, fillLetter } from '../../../shared/domain/recall-letter.ts'
import { addMinutes } from '../../../shared/kernel/time.ts'
import type { QueryContext } from '../../app/context.ts'
import { givePdf } from '../../app/pdf.ts'
import type { AffectedPatient } from '../../app/trace.ts'
import type { RecallFrame, RecallLetter, RecallPrint, RecallReport } from '../../print/recall-document.ts'
import { codeWords, dateWords, nameWords, timeWords } from '../../print/words.ts'
import type { RecallSheet } from './view.ts'

type Task = RecallSheet['tasks'][number]

/** One letter per task, in one file. */
export async function lettersPdf(context: QueryContext, recall: RecallSheet, tasks: readonly Task[]) {
  const { facts } = context.services.storeLife.open
  const letters = tasks.map(({ patient }): RecallLetter => {
    const { guardian, address } = patient.contact
    const name = spokenName(patient)
    const filled = fillLetter(recall.letter, {
      patient_name: guardian?.name ?? name,
      clinic_name: facts.clinicName,
      subject: recall.subject,
      session_dates: visitDays(patient),
      urgent_phone: facts.urgentPhone,
    })
    return {
      address: [...(guardian ? [guardian.name, `for ${name}`] : [name]), ...address],
      day: dateWords(context.today),
      paragraphs: paragraphsOf(filled),
    }
  })
  const frame = frameOf(context, 'Letter')
  return givePaper(context, 'recall-letters.pdf', { kind: 'RECALL_LETTERS', frame, letters })
}

/** The report of the recall as it stands; final once it is closed. */
export async function reportPdf(context: QueryContext, recall: RecallSheet) {
  const frame = frameOf(context, `Recall report: ${recall.title}`)
  return givePaper(context, 'recall-report.pdf', { kind: 'RECALL_REPORT', frame, report: reportOf(context, recall) })
}

function reportOf(context: QueryContext, recall: RecallSheet): RecallReport {
  const { offsetMin } = context
  const { criteria, tasks, stock, untold } = recall
  const told = tasks.map(({ patient }) => patient)
  const sessions = [...told, ...untold].flatMap((patient) => patient.sessions)
  const counted = (state: Task['state']) => String(tasks.filter((task) => task.state === state).length)
  const complications = told.flatMap((patient) => patient.complications ?? [])
  return {
    facts: [
      ['What', recall.subject],
      ['Notice', [codeWords(recall.source), recall.notice].filter(Boolean).join(', ')],
      [
        'Window',
        `${criteria.from ? dateWords(criteria.from) : 'open'} to ${criteria.to ? dateWords(criteria.to) : 'open'}`,
      ],
      ['Opened', `${timeWords(recall.openedAt, offsetMin)} by ${recall.openedByName}`],
      ['Closed', recall.closedAt ? `${timeWords(recall.closedAt, offsetMin)} by ${recall.closedByName}` : 'still open'],
      ['Closing note', recall.closingNote ?? 'none yet'],
    ],
    outcome: [
      ['Sessions the records name', String(sessions.filter(({ finding }) => finding === 'TRACED').length)],
      ['Sessions not ruled out', String(sessions.filter(({ finding }) => finding === 'NOT_RULED_OUT').length)],
      ['People to tell', String(tasks.length)],
      [
        'Complications on these sessions',
        told.some((patient) => patient.complications === null) ? 'in the charts' : String(complications.length),
      ],
      ['Reached', counted('REACHED')],
      ['Declined', counted('DECLINED')],
      ['Not to be found', counted('UNREACHABLE')],
      ['Still to do', String(recall.openTasks)],
    ],
    stock: stock.map(({ article, number, statusBefore, status, piecesThen }) => [
      article,
      number,
      codeWords(statusBefore),
      codeWords(status),
      piecesThen === null ? 'not counted' : String(piecesThen),
    ]),
    people: tasks.map(({ patient, state, steps }) => [
      nameWords(patient.names),
      patient.chartNumber,
      patient.finding === 'TRACED' ? 'named in the record' : 'not ruled out',
      visitDays(patient),
      codeWords(state),
      steps
        .map(
          (step) =>
            `${timeWords(step.at, offsetMin).slice(0, 17)} ${codeWords(step.to)}${step.channel ? ` by ${codeWords(step.channel).toLowerCase()}` : ''}, ${step.byName}${step.note ? `: ${step.note}` : ''}`,
        )
        .join('\n'),
    ]),
    untold: untold.map((patient) => [
      nameWords(patient.names),
      patient.chartNumber,
      [...new Set(patient.sessions.map(({ reason }) => codeWords(reason)))].join(', '),
      visitDays(patient),
    ]),
    letter: paragraphsOf(recall.letter),
  }
}

function frameOf(context: QueryContext, title: string): RecallFrame {
  const { facts } = context.services.storeLife.open
  return {
    clinicName: facts.clinicName,
    isSample: facts.isSample,
    title,
    printedAt: context.now,
    printedBy: context.caller.printedName,
    utcOffsetMin: context.offsetMin,
  }
}

/** The day before the name: letters of one recall go out on several days. */
function givePaper(context: QueryContext, name: string, paper: RecallPrint) {
  const day = addMinutes(context.now, context.offsetMin).slice(0, 10)
  return givePdf(context, `${day}-${name}`, paper)
}

function visitDays({ sessions }: Pick<AffectedPatient, 'sessions'>): string {
  const days = sessions.flatMap(({ performedOn }) => (performedOn === null ? [] : [performedOn]))
  return daysInWords(days, dateWords) || 'a day not entered yet'
}

function spokenName({ names: { given, family, preferred } }: AffectedPatient): string {
  return [preferred ?? given, family].filter(Boolean).join(' ')
}

function paragraphsOf(text: string): readonly string[] {
  return text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
}
