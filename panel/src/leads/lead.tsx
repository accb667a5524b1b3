import { SegmentedControl, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect, useParams } from 'wouter'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { Asked } from '../parts/asked.tsx'
import { Screen } from '../parts/screen.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { Moving } from '../pipelines/moving/moving.tsx'
import { useWords } from '../words/words.ts'
import { Conversation } from './conversation.tsx'
import { Duplicates } from './duplicates.tsx'
import { LeadFields } from './fields/lead-fields.tsx'
import './lead.css'
import type { ShownLead } from './lead-cache.ts'
import { useLeadLooks } from './lead-looks.ts'
import { LeadMenu } from './lead-menu.tsx'
import { LeadSequences } from './lead-sequences.tsx'
import { LeadTasks } from './lead-tasks.tsx'
import { OutcomeButtons } from './outcome-buttons.tsx'
import { StageBar } from './stage-bar.tsx'
import { Timeline } from './timeline/timeline.tsx'

/** Everything about one person. */
export default function Lead() {
  const { leads } = useWords()
  const id = Number(useParams().lead)
  const asked = useQuery(
    look('GET /leads/{id}', { params: { id }, query: { include: 'owner,conversation' } }),
  )
  const isWhole = useLeadLooks(id)
  const lead = asked.data?.lead
  // Who was merged is to be found where they are now.
  if (lead && lead.id !== id) return <Redirect to={`/leads/${lead.id}`} replace />
  return (
    <Moving>
      <Screen title={lead?.name ?? leads.title} beside={lead && <Beside lead={lead} />}>
        <Asked of={asked}>
          {(answer) => (isWhole ? <Shown key={id} lead={answer.lead} /> : <Waiting />)}
        </Asked>
      </Screen>
    </Moving>
  )
}

function Beside({ lead }: { lead: ShownLead }) {
  return (
    <>
      <OutcomeButtons lead={lead} />
      <LeadMenu lead={lead} />
    </>
  )
}

function Shown({ lead }: { lead: ShownLead }) {
  const isPhone = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false })
  return (
    <>
      <StageBar lead={lead} />
      <Duplicates lead={lead} />
      {isPhone ? <OnPhone lead={lead} /> : <OnDesktop lead={lead} />}
    </>
  )
}

function OnDesktop({ lead }: { lead: ShownLead }) {
  return (
    <div className="lead-columns">
      <LeadFields lead={lead} />
      <Talk lead={lead} />
      <div className="lead-side">
        <LeadTasks lead={lead} />
        <LeadSequences lead={lead} />
      </div>
    </div>
  )
}

/** The conversation and the history share the middle. */
function Talk({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const mayTalk = useCan('whatsapp:read')
  const hasTalked = mayTalk && Boolean(lead.conversation)
  const [tab, setTab] = useState<string | null>(hasTalked ? 'conversation' : 'history')
  return (
    <Tabs className="lead-box" value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List>
        {mayTalk && <Tabs.Tab value="conversation">{leads.conversation}</Tabs.Tab>}
        <Tabs.Tab value="history">{leads.history}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="conversation" pt="sm">
        <Conversation lead={lead} />
      </Tabs.Panel>
      <Tabs.Panel value="history" pt="sm">
        <Timeline lead={lead} />
      </Tabs.Panel>
    </Tabs>
  )
}

function OnPhone({ lead }: { lead: ShownLead }) {
  const { leads } = useWords()
  const mayTalk = useCan('whatsapp:read')
  const [page, setPage] = useState('summary')
  const pages = ['summary', ...(mayTalk ? ['conversation'] : []), 'history'] as const
  return (
    <>
      <SegmentedControl
        fullWidth
        mb="sm"
        value={page}
        onChange={setPage}
        data={pages.map((value) => ({
          value,
          label: leads[value as 'summary' | 'conversation' | 'history'],
        }))}
      />
      {page === 'summary' && (
        <div className="lead-side">
          <LeadTasks lead={lead} />
          <LeadFields lead={lead} />
          <LeadSequences lead={lead} />
        </div>
      )}
      {page === 'conversation' && <Conversation lead={lead} />}
      {page === 'history' && <Timeline lead={lead} />}
    </>
  )
}
