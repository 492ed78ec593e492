import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { RefusalText } from '../../parts/RefusalText.tsx'

export type QuestionDialogProps = {
  readonly isOpen: boolean
  /** One per line, as they will stand in the form. */
  readonly questions: string
  readonly onChange: (questions: string) => void
  readonly onClose: () => void
}

/** A patient's question is part of what is signed; staff answer it before. */
export function QuestionDialog({ isOpen, questions, onChange, onClose }: QuestionDialogProps) {
  const [text, setText] = useState('')
  const asked = questions.split('\n').filter((question) => question.trim() !== '')

  function keep() {
    if (text.trim() !== '') onChange([...asked, text.replaceAll(/\s*\n\s*/g, ' ').trim()].join('\n'))
    setText('')
    onClose()
  }

  return (
    <Modal opened={isOpen} onClose={onClose} title="I have a question" size={560}>
      <form
        className="consent-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <p>
          Ask the clinic’s staff at any time. What you write here is kept with the form, and is answered before you
          sign.
        </p>
        {asked.length > 0 && (
          <ul aria-label="Questions so far">
            {asked.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
        )}
        <Textarea
          label="Your question"
          autosize
          minRows={3}
          maxRows={8}
          maxLength={1000}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="consent-dialog__actions">
          {asked.length > 0 && (
            <Button size="lg" onClick={() => onChange(asked.slice(0, -1).join('\n'))}>
              Take back the last one
            </Button>
          )}
          <Button size="lg" variant="filled" type="submit">
            {text.trim() === '' ? 'Back to the form' : 'Keep my question'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export type RefuseDialogProps = {
  readonly isOpen: boolean
  readonly refusal: string | null
  readonly isBusy: boolean
  readonly onRefuse: (reason: string) => void
  readonly onClose: () => void
}

const noReason = 'No reason given'

/** Saying no is as easy as saying yes, and needs no reason. */
export function RefuseDialog({ isOpen, refusal, isBusy, onRefuse, onClose }: RefuseDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Modal opened={isOpen} onClose={onClose} title="You do not want to sign" size={560}>
      <form
        className="consent-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          onRefuse(reason.trim() === '' ? noReason : reason.trim())
        }}
      >
        <p>That is your free choice. Nothing is signed, and you may still sign on another day.</p>
        <Textarea
          label="If you like, say why"
          autosize
          minRows={2}
          maxRows={6}
          maxLength={900}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <RefusalText>{refusal}</RefusalText>
        <div className="consent-dialog__actions">
          <Button size="lg" onClick={onClose}>
            Back to the form
          </Button>
          <Button size="lg" variant="filled" type="submit" disabled={isBusy}>
            Say no
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** A frozen form has one language: the staff show it anew in another. */
export function LanguageDialog({ name, onClose }: { readonly name: string | null; readonly onClose: () => void }) {
  return (
    <Modal opened={name !== null} onClose={onClose} title={`This form in ${name ?? ''}`} size={480}>
      <div className="consent-dialog">
        <p>
          The clinic also has this form in {name}. Please tell the staff: they will show it to you in that language.
        </p>
        <div className="consent-dialog__actions">
          <Button size="lg" variant="filled" onClick={onClose} data-autofocus>
            Back to the form
          </Button>
        </div>
      </div>
    </Modal>
  )
}
