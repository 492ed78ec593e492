import { PatientChoice, PatientChoices } from '../../parts/PatientChoice.tsx'
import { PatientFormPage } from '../../parts/PatientWindow.tsx'
import { type ConsentPage, photoChoices } from './consent-pages.ts'
import { type Change, type Frame, initialsOf } from './page-props.ts'
import { Initials, ReadSections, sectionNotes } from './ReadSections.tsx'
import type { Answers } from './use-answers.ts'

type ReadingPageProps = {
  readonly frame: Frame
  readonly page: ConsentPage
  readonly answers: Answers
  readonly onChange: Change
  readonly nextText: string
  readonly saveHint: string | null
  readonly onNext: () => void
}

/** Sections to read; with initials beside them where the form asks for some, and with the photo choices on their page. */
export function ReadingPage({ frame, page, answers, onChange, nextText, saveHint, onNext }: ReadingPageProps) {
  const asked = page.sections.filter((section) => section.initialRequired)
  const missing = asked.filter(({ key }) => initialsOf(answers, key).trim() === '')
  const notes = sectionNotes(page.sections)
  const [first] = page.sections
  const photos = page.kind === 'PHOTOS' && first ? photoChoices(first) : null
  const aside = (asked.length > 0 || notes.length > 0) && (
    <div className="consent-aside">
      {notes.length > 0 && (
        <div className="consent-note">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
      )}
      {asked.map(({ key, heading }) => (
        <Initials
          key={key}
          heading={heading}
          value={initialsOf(answers, key)}
          onChange={(initials) =>
            onChange((before) => ({
              ...before,
              initials: [
                ...before.initials.filter(({ section }) => section !== key),
                ...(initials === '' ? [] : [{ section: key, initials }]),
              ],
            }))
          }
        />
      ))}
    </div>
  )
  return (
    <PatientFormPage
      {...frame}
      title={first?.heading ?? ''}
      {...(aside && { aside })}
      next={{ text: nextText, kind: 'next', isDisabled: missing.length > 0, onNext }}
      hint={saveHint ?? (missing.length > 0 ? 'Initial this page to go on' : null)}
    >
      {photos ? (
        <PhotoChoices photos={photos} answers={answers} onChange={onChange} />
      ) : (
        <ReadSections sections={page.sections} />
      )}
    </PatientFormPage>
  )
}

const photoKeys = ['ownRecord', 'staffTeaching', 'marketing'] as const

type PhotoChoicesProps = {
  readonly photos: ReturnType<typeof photoChoices>
  readonly answers: Answers
  readonly onChange: Change
}

/** Three separate choices, none ticked beforehand, none a condition of treatment (clinical reference, section 6). */
function PhotoChoices({ photos, answers, onChange }: PhotoChoicesProps) {
  return (
    <>
      <PatientChoices label="Photographs">
        {photoKeys.map((key, index) => (
          <PatientChoice
            key={key}
            title={photos.choices[index] ?? ''}
            isChosen={answers.photoPermissions[key]}
            onChange={(isChosen) =>
              onChange((before) => ({
                ...before,
                photoPermissions: { ...before.photoPermissions, [key]: isChosen },
              }))
            }
          />
        ))}
      </PatientChoices>
      <div className="consent-agreement">
        <p>{photos.note}</p>
      </div>
    </>
  )
}
