import './ConsentPatientForm.css'
import { useEffect, useState } from 'react'
import type { ConsentId, PatientId } from '../../../shared/kernel/ids.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { PatientFormPage } from '../../parts/PatientWindow.tsx'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { consentPages, type OpenForm } from './consent-pages.ts'
import { LanguageDialog, QuestionDialog, RefuseDialog } from './PatientDialogs.tsx'
import type { Frame } from './page-props.ts'
import { ReadingPage } from './ReadingPage.tsx'
import { SigningPage } from './SigningPage.tsx'
import { useAnswers } from './use-answers.ts'

export type ConsentPatientFormProps = {
  readonly patientId: PatientId
  readonly consentId: ConsentId
  /** Signed: the window asks for its return. */
  readonly onDone: () => void
}

/** The consent in the patient's hands: read section by section, initialled, chosen, agreed to, signed. */
export function ConsentPatientForm({ patientId, consentId, onDone }: ConsentPatientFormProps) {
  const { value, refusal, refetch } = useQuery('consent.form', { patientId, consentId })
  // Kept here: saying no makes a new version of the form, and its pages begin anew.
  const [saidNo, setSaidNo] = useState(false)
  const isSigned = value?.state === 'CLOSED' && value.isSigned
  useEffect(() => {
    if (isSigned) onDone()
  }, [isSigned, onDone])
  if (refusal) return <RefusalText>{sentenceFor(refusal)}</RefusalText>
  if (!value || isSigned) return <div aria-busy="true" />
  if (value.state === 'CLOSED') {
    return (
      <OnePage
        names={value}
        title="This form is not open any more"
        lead="Please hand the screen back to the clinic’s staff."
        next={{ text: 'Look again', onNext: refetch }}
      />
    )
  }
  if (saidNo) {
    return (
      <OnePage
        names={value}
        title="You said no. Nothing was signed."
        lead="Thank you for telling us. Please hand the screen back to the clinic’s staff; you can talk about it with them."
        next={{ text: 'Back to the form', onNext: () => setSaidNo(false) }}
      />
    )
  }
  return (
    <Pages
      key={value.version}
      patientId={patientId}
      consentId={consentId}
      form={value}
      onDone={onDone}
      onSaidNo={() => setSaidNo(true)}
    />
  )
}

type PagesProps = ConsentPatientFormProps & { readonly form: OpenForm; readonly onSaidNo: () => void }

function Pages({ patientId, consentId, form, onDone, onSaidNo }: PagesProps) {
  const { value: answers, change, flush, refusal, reply } = useAnswers({ patientId, consentId }, form)
  const pages = consentPages(reply?.sections ?? form.sections)
  const [at, setAt] = useState(0)
  const [dialog, setDialog] = useState<'QUESTION' | 'REFUSE' | null>(null)
  const [otherLanguage, setOtherLanguage] = useState<string | null>(null)
  const refuseForm = useCommand('consent.refuse')
  const page = pages[Math.min(at, pages.length - 1)]
  if (!page) return null

  function turnTo(index: number) {
    setAt(index)
    // Each turned page is a sign of reading, and brings the clock and the text up to date.
    void flush()
  }

  async function sayNo(reason: string) {
    await flush()
    const said = await refuseForm.run({ patientId, consentId, version: form.version, reason })
    if (said.ok) onSaidNo()
  }

  const names = languageNames(form)
  const frame: Frame = {
    name: form,
    bornOn: form.bornOn,
    page: at + 1,
    pageCount: pages.length,
    language: form.language,
    languages: form.languages,
    onLanguageChange: (code) => setOtherLanguage(names.get(code) ?? code),
    onBack: at === 0 ? null : () => turnTo(at - 1),
    onQuestion: () => setDialog('QUESTION'),
  }
  const saveHint = refusal ? sentenceFor(refusal) : null
  const next = pages[at + 1]
  return (
    <>
      {page.kind === 'AGREE' ? (
        <SigningPage
          frame={frame}
          page={page}
          pages={pages}
          form={form}
          address={{ patientId, consentId }}
          answers={answers}
          now={reply?.now ?? form.now}
          saveHint={saveHint}
          onChange={change}
          onFlush={flush}
          onChangePhotos={() => turnTo(pages.findIndex(({ kind }) => kind === 'PHOTOS'))}
          onRefuse={() => setDialog('REFUSE')}
          onDone={onDone}
        />
      ) : (
        <ReadingPage
          frame={frame}
          page={page}
          answers={answers}
          onChange={change}
          nextText={next ? `Next: ${next.shortName}` : 'Next'}
          saveHint={saveHint}
          onNext={() => turnTo(at + 1)}
        />
      )}
      <QuestionDialog
        isOpen={dialog === 'QUESTION'}
        questions={answers.questions}
        onChange={(questions) => change((before) => ({ ...before, questions }))}
        onClose={() => setDialog(null)}
      />
      <RefuseDialog
        isOpen={dialog === 'REFUSE'}
        refusal={refuseForm.refusal ? sentenceFor(refuseForm.refusal) : null}
        isBusy={refuseForm.isRunning}
        onRefuse={(reason) => void sayNo(reason)}
        onClose={() => setDialog(null)}
      />
      <LanguageDialog name={otherLanguage} onClose={() => setOtherLanguage(null)} />
    </>
  )
}

/** A page with nothing to fill in. */
function OnePage({
  names,
  title,
  lead,
  next,
}: {
  readonly names: Pick<OpenForm, 'familyName' | 'givenName' | 'preferredName' | 'bornOn'>
  readonly title: string
  readonly lead: string
  readonly next: { readonly text: string; readonly onNext: () => void }
}) {
  return (
    <PatientFormPage
      name={names}
      bornOn={names.bornOn}
      page={1}
      pageCount={1}
      title={title}
      lead={lead}
      language="en"
      languages={[]}
      onLanguageChange={() => undefined}
      onBack={null}
      onQuestion={null}
      next={{ ...next, kind: 'next', isDisabled: false }}
    >
      {null}
    </PatientFormPage>
  )
}

function languageNames({ languages }: OpenForm): ReadonlyMap<string, string> {
  return new Map(languages.map(({ code, name }) => [code, name]))
}
