import './first-run.css'
import { Button } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { IdleGuard } from '../../app/IdleGuard.tsx'
import { paths, pathTo } from '../../app/paths.ts'
import { type SetUpPage, setUpPages, showSetUpPage } from '../../app/set-up-progress.ts'
import { proposeSignInName } from '../../app/staff/member-form.ts'
import type { ClinicStatus } from '../../app/use-clinic.ts'
import { usePerson } from '../../app/use-person.ts'
import { useCommand } from '../../client/use-command.ts'
import { useQuery } from '../../client/use-query.ts'
import { keychainGapTexts } from '../../parts/keychain-words.ts'
import { RefusalText } from '../../parts/RefusalText.tsx'
import { WizardFrame } from '../../parts/Wizard.tsx'
import { sentenceFor } from '../../refusals/index.ts'
import { CopyPage, PhysicianPage, PolicyPage, TeamPage } from './LaterPages.tsx'
import { AccountPage, ClinicPage, PassphrasePage } from './OwnerPages.tsx'
import {
  emptySetUpDraft,
  missingOnAccountPage,
  missingOnClinicPage,
  missingOnPassphrasePage,
  toSetUpInput,
} from './set-up-form.ts'
import { type StepKey, setUpSteps } from './set-up-steps.ts'

type SetUpProps = { readonly status: ClinicStatus; readonly page: SetUpPage }

/** The set-up, page by page. The records are made at the end of the first step; from there everything is saved at once. */
export function SetUpScreen({ status, page }: SetUpProps) {
  return status.store.state === 'OPEN' ? (
    <LaterSteps page={page} status={status} />
  ) : (
    <FirstStep page={page} status={status} />
  )
}

const pageTexts: Readonly<Record<SetUpPage, { readonly title: string; readonly sentence: string }>> = {
  clinic: { title: 'Your clinic', sentence: 'These stand on every print and can be changed later.' },
  account: {
    title: 'Your own account',
    sentence: 'You become the practice manager: you add people, prepare the policy and make copies.',
  },
  passphrase: {
    title: 'The passphrase of the clinic',
    sentence: 'It opens the records each time Countersign starts.',
  },
  physician: {
    title: 'The responsible physician',
    sentence: 'The person who examines, orders, and signs every treatment record.',
  },
  policy: { title: 'Who may treat, how deep', sentence: 'The rules that every session is held against.' },
  team: {
    title: 'Your team',
    sentence: 'Everybody signs in as themselves. Add who works here now, others at any time.',
  },
  copy: { title: 'Backup', sentence: 'The first verified copy of the records.' },
}

function FirstStep({ status, page }: SetUpProps) {
  const [draft, setDraft] = useState(() => emptySetUpDraft(status.timeZone))
  const setUp = useCommand('clinic.setUp')
  const signInName = draft.signInName ?? proposeSignInName(draft.printedName)
  const needsPassphrase = status.passphraseRequired
  // A reload forgets what was typed and begins at the beginning.
  const wanted = setUpPages.indexOf(page) > 0 && missingOnClinicPage(draft).length > 0 ? 'clinic' : page
  const isLast = wanted === (needsPassphrase ? 'passphrase' : 'account')
  const missing = {
    clinic: missingOnClinicPage(draft),
    account: missingOnAccountPage(draft, signInName),
    passphrase: missingOnPassphrasePage(draft),
  }[wanted === 'account' || wanted === 'passphrase' ? wanted : 'clinic']
  const isReady = missing.length === 0
  const pageProps = {
    draft,
    today: status.today,
    signInName,
    set: (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part })),
  }

  async function goOn() {
    if (!isReady || setUp.isRunning) return
    if (!isLast) return showSetUpPage(wanted === 'clinic' ? 'account' : 'passphrase')
    const input = toSetUpInput(draft, { signInName, needsPassphrase })
    if (!input) return
    // Before the records exist, so that the frame round this page stays as it is when they do.
    showSetUpPage(draft.alsoPhysician ? 'policy' : 'physician')
    const reply = await setUp.run(input)
    if (!reply.ok) showSetUpPage(page)
  }

  function goBack() {
    if (wanted === 'clinic') showSetUpPage(null)
    else showSetUpPage(wanted === 'account' ? 'clinic' : 'account')
  }

  const shown = setUp.isRunning ? (needsPassphrase ? 'passphrase' : 'account') : wanted
  return (
    <WizardFrame
      title="Set up my clinic"
      steps={setUpSteps(shown, () => false)}
      stepTitle={pageTexts[shown].title}
      stepSentence={pageTexts[shown].sentence}
      onBack={setUp.isRunning ? null : goBack}
      nextText={setUp.isRunning ? 'Making the records' : isLast ? 'Make the records' : 'Next'}
      isNextDisabled={!isReady || setUp.isRunning}
      onNext={() => void goOn()}
      foot={
        <>
          <RefusalText>{setUp.refusal ? sentenceFor(setUp.refusal) : null}</RefusalText>
          {!isReady && <p className="text-12 text-3 set-up-missing">Still needed: {missing.join(', ')}</p>}
        </>
      }
    >
      {shown === 'clinic' && <ClinicPage {...pageProps} />}
      {shown === 'account' && <AccountPage {...pageProps} />}
      {shown === 'passphrase' && (
        <PageStart>
          {status.keychainGap !== null && <p className="text-2">{keychainGapTexts[status.keychainGap]}</p>}
          <PassphrasePage {...pageProps} />
        </PageStart>
      )}
    </WizardFrame>
  )
}

const laterPages = ['physician', 'policy', 'team', 'copy'] as const
type LaterPage = (typeof laterPages)[number]

function LaterSteps({ status, page }: SetUpProps) {
  const router = useRouter()
  const person = usePerson()
  const { value: staff } = useQuery('staff.list', {})
  const { value: backup } = useQuery('backup.state', {})
  const current: LaterPage = laterPages.find((later) => later === page) ?? 'physician'
  const at = laterPages.indexOf(current)
  const next = laterPages[at + 1] ?? null
  const before = laterPages[at - 1] ?? null
  const members = staff?.members ?? []
  const hasPhysician = members.some((member) => member.roles.includes('physician'))
  const isDone = (key: StepKey): boolean => {
    switch (key) {
      case 'clinic':
        return true
      case 'physician':
        return hasPhysician
      case 'policy':
        return status.store.state === 'OPEN' && !status.store.policyMissing
      case 'team':
        return members.some((member) => member.roles.includes('aesthetician') || member.roles.includes('frontDesk'))
      case 'backup':
        return backup !== undefined && backup.standing !== 'NEVER'
    }
  }

  /** Goes there first: the screens come into sight only at their own address, never on the way to it. */
  async function end(path: string) {
    router.history.replace(path)
    await router.load()
    showSetUpPage(null)
  }

  return (
    <>
      <IdleGuard />
      <WizardFrame
        title="Set up my clinic"
        steps={setUpSteps(current, isDone)}
        stepTitle={pageTexts[current].title}
        stepSentence={pageTexts[current].sentence}
        onBack={before === null ? null : () => showSetUpPage(before)}
        nextText={next === null ? 'Go to Today' : 'Next'}
        onNext={() => (next === null ? void end(paths.today) : showSetUpPage(next))}
        foot={
          <>
            {next !== null && (
              <Button size="md" variant="subtle" onClick={() => void end(paths.clinic)}>
                Stop here, go on later
              </Button>
            )}
            {current === 'policy' && person && (
              <Button size="md" variant="subtle" onClick={() => void end(pathTo.clinicPart('policy'))}>
                Open the draft now
              </Button>
            )}
          </>
        }
      >
        <PageStart key={current}>
          {current === 'physician' && <PhysicianPage />}
          {current === 'policy' && <PolicyPage />}
          {current === 'team' && <TeamPage />}
          {current === 'copy' && <CopyPage />}
        </PageStart>
      </WizardFrame>
    </>
  )
}

/** A new page is read from its start, by keyboard and by ear. */
function PageStart({ children }: { readonly children: ReactNode }) {
  const start = useRef<HTMLDivElement>(null)
  useEffect(() => start.current?.focus({ preventScroll: true }), [])
  return (
    <div ref={start} tabIndex={-1} className="set-up-page">
      {children}
    </div>
  )
}
