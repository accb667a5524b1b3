import { Anchor, Group, Text } from '@mantine/core'
import { CircleDashed } from 'lucide-react'
import { Link } from 'wouter'
import type { SequenceStep } from '../../../api/types.ts'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'
import { draftOf, lengthOf, type StepType } from '../draft.ts'
import { stepIcons } from '../step-icons.ts'
import { useStepWords } from '../step-words.ts'
import type { Place, RunTold, StepTold } from './places.ts'
import { useTold } from './told.ts'

/** One step of a run: what came of it and when, or what it will be. */
export function StoryStep({ place, run }: { place: Place; run: RunTold }) {
  const { sequences } = useWords().settings
  const { moment } = useFormat()
  const summary = useSummary(run)
  const { number, told, step, stand } = place
  const type = (step?.type ?? told?.type) as StepType | undefined
  const Icon = (type && stepIcons[type]) ?? CircleDashed
  const name = type && sequences.types[type]
  const at = told ? told.at : stand === 'now' ? run.next_at : null
  return (
    <li
      data-stand={stand}
      data-outcome={told?.message?.state === 'failed' ? 'failed' : told?.outcome}
      aria-current={stand === 'now' ? 'step' : undefined}
    >
      <span className="story-mark">
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <div className="story-step">
        <Group justify="space-between" gap="xs" style={{ rowGap: 0 }}>
          <Text fw={500}>{[number && `${number}.`, name].filter(Boolean).join(' ')}</Text>
          {at && (
            <Text size="xs" c="dimmed" component="time" dateTime={at}>
              {moment(at)}
            </Text>
          )}
        </Group>
        <WhatCame place={place} run={run} />
        {told?.message ? (
          <Sent message={told.message} />
        ) : (
          step && (
            <Text size="sm" c="dimmed" lineClamp={3} className="story-text">
              {summary(step)}
            </Text>
          )
        )}
      </div>
    </li>
  )
}

function WhatCame({ place: { told, step, stand }, run }: { place: Place; run: RunTold }) {
  const { runs, sequences } = useWords().settings
  const tell = useTold(run)
  const { length } = useStepWords()
  const { delay = {} } = step ?? {}
  const others = {
    done: '',
    now: runs.now,
    ahead: lengthOf(delay) > 0 ? sequences.after(length(delay)) : sequences.atOnce(false),
    passed: runs.passedBy,
    never: runs.neverCame,
  }
  return (
    <Text size="sm" c={told || stand === 'now' ? undefined : 'dimmed'}>
      {told ? tell(told) : others[stand]}
    </Text>
  )
}

/** What its steps say, in a few words. */
function useSummary({ version_steps }: RunTold) {
  const { summary } = useStepWords()
  const named = (step: SequenceStep) => draftOf({ ...step, id: step.id ?? '' })
  return (step: SequenceStep) => summary(named(step), version_steps.map(named))
}

/** The message as the lead has it, and the way to the conversation. */
function Sent({ message: { conversation_id, text } }: { message: NonNullable<StepTold['message']> }) {
  const { runs } = useWords().settings
  return (
    <>
      <p className="story-bubble">{text}</p>
      <Anchor component={Link} href={`/inbox/${conversation_id}`} size="xs">
        {runs.openTalk}
      </Anchor>
    </>
  )
}
