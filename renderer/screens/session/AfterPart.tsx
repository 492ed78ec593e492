import { Button, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import {
  aftercareChannels,
  endedEarlyReasons,
  grades,
  immediateReactionCodes,
  type SessionDraft,
} from '../../../shared/domain/session.ts'
import { isRedFlagReaction } from '../../../shared/domain/session-check.ts'
import { dateInZone } from '../../../shared/kernel/time.ts'
import { AlertCard } from '../../parts/AlertCard.tsx'
import { DateField } from '../../parts/DateField.tsx'
import { SectionCard } from '../../parts/SectionCard.tsx'
import { SegmentedChoice } from '../../parts/SegmentedChoice.tsx'
import { useSessionWork } from './desk-context.ts'
import { Field, LineField, NumberField, ProseField, Sheet, TimeField, YesNoField } from './Fields.tsx'
import { hardSentence } from './field-names.ts'
import { PhotoFields } from './SessionPhotos.tsx'
import { channelWords, endedEarlyWords, gradeWords, reactionWords } from './session-words.ts'
import { instantAt } from './wall-time.ts'

/** How it ended: times, reactions, what the patient took home. */
export function AfterPart() {
  return (
    <Sheet>
      <TimesCard />
      <ReactionsCard />
      <CareCard />
      <RestCard />
    </Sheet>
  )
}

function TimesCard() {
  const { draft, set, clinic, check } = useSessionWork()
  const { startedAt, endedAt } = draft
  const day = startedAt ? dateInZone(startedAt, clinic.timeZone) : clinic.today
  const errorAt = (path: string) => {
    const found = check.hard.find((problem) => problem.path === path && problem.code !== 'WARNING_REASON_MISSING')
    return found ? hardSentence(found.code, found.facts) : null
  }

  function setDay(next: string | null) {
    if (next === null) return
    const minutes = (at: string) => {
      const midnight = instantAt(dateInZone(at, clinic.timeZone), 0, clinic.timeZone)
      return Math.round((Date.parse(at) - Date.parse(midnight)) / 60_000)
    }
    set({
      startedAt: instantAt(next, startedAt ? minutes(startedAt) : 0, clinic.timeZone),
      ...(endedAt ? { endedAt: instantAt(next, minutes(endedAt), clinic.timeZone) } : {}),
    })
  }

  const shared = { now: clinic.now, timeZone: clinic.timeZone, day }
  return (
    <SectionCard title="Times">
      <div className="session-fields">
        {draft.recordOnly === true && (
          <DateField
            label="Day of the treatment"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={startedAt ? day : null}
            onChange={setDay}
          />
        )}
        <div className="session-row">
          <Field path="startedAt">
            <TimeField
              label="Needling started"
              value={startedAt}
              onChange={(next) => set({ startedAt: next })}
              near={startedAt ?? null}
              error={errorAt('startedAt')}
              {...shared}
            />
          </Field>
          <Field path="endedAt">
            <TimeField
              label="Needling ended"
              value={endedAt}
              onChange={(next) => set({ endedAt: next })}
              near={startedAt ?? null}
              error={errorAt('endedAt')}
              {...shared}
            />
          </Field>
        </div>
        <Field path="endedEarly">
          <YesNoField
            label="Ended early"
            value={draft.endedEarly}
            onChange={(endedEarly) => set({ endedEarly, ...(endedEarly ? {} : { endedEarlyReason: null }) })}
          />
        </Field>
        {draft.endedEarly === true && (
          <Field path="endedEarlyReason">
            <Select
              label="Why it ended early"
              placeholder="Choose"
              data={endedEarlyReasons.map((value) => ({ value, label: endedEarlyWords[value] }))}
              value={draft.endedEarlyReason ?? null}
              onChange={(value) => {
                const endedEarlyReason = endedEarlyReasons.find((known) => known === value)
                if (endedEarlyReason) set({ endedEarlyReason })
              }}
            />
          </Field>
        )}
      </div>
    </SectionCard>
  )
}

type Reaction = NonNullable<NonNullable<NonNullable<SessionDraft['immediateReactions']>['reactions']>[number]>

const painLevels = Array.from({ length: 11 }, (_, level) => ({ value: String(level), label: String(level) }))

function ReactionsCard() {
  const { draft, change, set, check, clinic } = useSessionWork()
  const { immediateReactions } = draft
  const reactions = immediateReactions?.reactions ?? []

  function setReactions(update: (before: readonly Reaction[]) => readonly Reaction[]) {
    change((before) => ({
      ...before,
      immediateReactions: {
        ...before.immediateReactions,
        reactions: update(before.immediateReactions?.reactions ?? []),
      },
    }))
  }

  return (
    <SectionCard title="Reactions and pain">
      <div className="session-fields">
        <Field path="painMax">
          <SegmentedChoice
            label="Worst pain, 0 none to 10 worst"
            size="compact"
            segments={painLevels}
            value={typeof draft.painMax === 'number' ? String(draft.painMax) : null}
            onChange={(level) => set({ painMax: Number(level) })}
          />
        </Field>
        <Field path="immediateReactions.kind">
          <YesNoField
            label="Was any reaction seen"
            value={immediateReactions?.kind ? immediateReactions.kind === 'SEEN' : null}
            onChange={(isSeen) =>
              change((before) => ({
                ...before,
                immediateReactions: {
                  ...before.immediateReactions,
                  kind: isSeen ? 'SEEN' : 'NONE',
                  reactions: before.immediateReactions?.reactions?.length ? before.immediateReactions.reactions : [{}],
                },
              }))
            }
          />
        </Field>
        {immediateReactions?.kind === 'SEEN' && (
          <Field path="immediateReactions.reactions">
            {reactions.map((reaction, index) => (
              <ReactionRow
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own and keep their order
                key={index}
                reaction={reaction}
                index={index}
                count={reactions.length}
                setReactions={setReactions}
              />
            ))}
            <Button
              size="xs"
              mt={8}
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              onClick={() => setReactions((before) => [...before, {}])}
            >
              Another reaction
            </Button>
          </Field>
        )}
        {check.redFlags.length > 0 && (
          <AlertCard
            state="redFlag"
            tone="red"
            title="The physician must know at once"
            sentence={`Call the physician now${clinic.urgentPhone ? ` (${clinic.urgentPhone})` : ''}; for breathing trouble or collapse call ${clinic.emergencyPhone}. The record goes to the top of the queue.`}
          />
        )}
        <Field path="haemostasisMin">
          <NumberField
            label="Minutes until bleeding stopped"
            value={draft.haemostasisMin}
            onChange={(haemostasisMin) => set({ haemostasisMin })}
          />
        </Field>
      </div>
    </SectionCard>
  )
}

function ReactionRow({
  reaction,
  index,
  count,
  setReactions,
}: {
  readonly reaction: Reaction
  readonly index: number
  readonly count: number
  readonly setReactions: (update: (before: readonly Reaction[]) => readonly Reaction[]) => void
}) {
  const setReaction = (part: Partial<Reaction>) =>
    setReactions((before) => before.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const isFlag = reaction.code && isRedFlagReaction({ code: reaction.code, grade: reaction.grade ?? 0 })
  return (
    <div className="session-row">
      <Field path={`immediateReactions.reactions[${index}].code`}>
        <Select
          label={index === 0 ? 'Reaction' : `Reaction ${index + 1}`}
          placeholder="Choose"
          searchable
          w={190}
          data={immediateReactionCodes.map((value) => ({ value, label: reactionWords[value] }))}
          value={reaction.code ?? null}
          onChange={(value) => {
            const code = immediateReactionCodes.find((known) => known === value)
            if (code) setReaction({ code, zones: reaction.zones ?? [] })
          }}
        />
      </Field>
      <Field path={`immediateReactions.reactions[${index}].grade`}>
        <Select
          label="Grade"
          placeholder="Choose"
          w={150}
          error={isFlag ? 'red flag' : null}
          data={grades.map((value) => ({ value: String(value), label: gradeWords[value] }))}
          value={reaction.grade ? String(reaction.grade) : null}
          onChange={(value) => {
            const grade = grades.find((known) => String(known) === value)
            if (grade) setReaction({ grade })
          }}
        />
      </Field>
      {count > 1 && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => setReactions((before) => before.filter((_one, at) => at !== index))}
        >
          Remove reaction {index + 1}
        </Button>
      )}
    </div>
  )
}

function CareCard() {
  const { draft, set, clinic } = useSessionWork()
  const { aftercareGiven } = draft
  const setCare = (part: Partial<NonNullable<typeof aftercareGiven>>) =>
    set({ aftercareGiven: { ...aftercareGiven, ...part } })
  return (
    <SectionCard title="Aftercare and photos">
      <div className="session-fields">
        <div className="session-grid">
          <Field path="aftercareGiven.templateVersion">
            <LineField
              label="Aftercare sheet, version"
              value={aftercareGiven?.templateVersion}
              maxLength={60}
              placeholder="1.0"
              onChange={(templateVersion) => setCare({ templateVersion })}
            />
          </Field>
          <Field path="aftercareGiven.language">
            <LineField
              label="Language"
              value={aftercareGiven?.language}
              maxLength={35}
              placeholder="en"
              onChange={(language) => setCare({ language })}
            />
          </Field>
        </div>
        <div className="session-row">
          <Field path="aftercareGiven.channel">
            <SegmentedChoice
              label="How it was given"
              segments={aftercareChannels.map((value) => ({ value, label: channelWords[value] }))}
              value={aftercareGiven?.channel ?? null}
              onChange={(channel) => setCare({ channel })}
            />
          </Field>
          <Field path="aftercareGiven.hasTaughtBack">
            <YesNoField
              label="Patient said it back"
              value={aftercareGiven?.hasTaughtBack}
              onChange={(hasTaughtBack) => setCare({ hasTaughtBack })}
            />
          </Field>
        </div>
        <Field path="nextSessionSuggestedOn">
          <DateField
            label="Next session suggested"
            kind="any"
            order={clinic.dateOrder}
            today={clinic.today}
            value={draft.nextSessionSuggestedOn ?? null}
            onChange={(nextSessionSuggestedOn) => set({ nextSessionSuggestedOn })}
          />
        </Field>
        <Field path="postPhotos">
          <PhotoFields label="Photos after" moment="postPhotos" />
        </Field>
      </div>
    </SectionCard>
  )
}

function RestCard() {
  const { draft, set } = useSessionWork()
  return (
    <SectionCard title="Staff and notes">
      <div className="session-fields">
        <Field path="needlestickInjury">
          <YesNoField
            label="Needlestick injury of staff"
            value={draft.needlestickInjury}
            onChange={(needlestickInjury) => set({ needlestickInjury })}
          />
        </Field>
        {draft.needlestickInjury === true && (
          <p className="text-2">
            Enter it in the clinic’s sharps injury log as well. Who was hurt does not stand in the patient’s chart.
          </p>
        )}
        <Field path="notes">
          <ProseField label="Notes" value={draft.notes} maxLength={10_000} onChange={(notes) => set({ notes })} />
        </Field>
      </div>
    </SectionCard>
  )
}
