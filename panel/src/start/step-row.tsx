import { Button, Text } from '@mantine/core'
import { CircleCheck, CircleDashed } from 'lucide-react'
import { Link } from 'wouter'
import { useCan } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { BeginWhatsApp } from './begin-whatsapp.tsx'
import { ChooseKind } from './choose-kind.tsx'
import { Invite } from './invite.tsx'
import { MakeKey } from './make-key.tsx'
import type { Step } from './steps.ts'

export function StepRow({ step, isDone }: { step: Step; isDone: boolean }) {
  const { start } = useWords()
  const { title, help } = start.steps[step]
  const Icon = isDone ? CircleCheck : CircleDashed
  return (
    <li className="settings-row">
      <span className="settings-row-icon">
        <Icon
          size={22}
          {...(isDone
            ? {
                role: 'img',
                'aria-label': start.done,
                color: 'var(--mantine-primary-color-light-color)',
              }
            : { 'aria-hidden': true })}
        />
      </span>
      <div className="settings-row-main">
        <Text fw={500}>{title}</Text>
        <Text size="sm" c="dimmed">
          {help}
        </Text>
      </div>
      <Action step={step} isDone={isDone} />
    </li>
  )
}

const places = { company: '/settings/company', lead: '/' }

/** What somebody does for this step, right here where that is possible. */
function Action({ step, isDone }: { step: Step; isDone: boolean }) {
  const { start } = useWords()
  const mayTalk = useCan('whatsapp:write')
  const mayManage = useCan('users:write')
  const isAdmin = useCan('admin')
  const mayShape = useCan('pipelines:write')
  if (step === 'colleague') return mayManage && <Invite isDone={isDone} />
  if (step === 'key') return isAdmin && <MakeKey isDone={isDone} />
  // An account begins with a pipeline, which is hardly ever theirs yet.
  if (step === 'pipeline')
    return (
      mayShape && (
        <>
          <ChooseKind />
          <Button variant="default" component={Link} href="/settings/pipelines">
            {start.go.pipeline}
          </Button>
        </>
      )
    )
  if (step === 'whatsapp') return mayTalk && <BeginWhatsApp isDone={isDone} />
  if (isDone) return null
  return (
    <Button variant="light" component={Link} href={places[step]}>
      {start.go[step]}
    </Button>
  )
}
