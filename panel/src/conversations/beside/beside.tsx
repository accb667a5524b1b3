import { Asked } from '../../parts/asked.tsx'
import { late } from '../../parts/late.tsx'
import { type Instance, useConversation } from '../talk.ts'
import { LeadBeside } from './lead-beside.tsx'
import { NoLead } from './no-lead.tsx'

const SandboxPhone = late(() => import('../sandbox/sandbox-phone.tsx'))

export type BesideName = 'lead' | 'phone' | 'nothing'
type Wanted = { name: BesideName; conversationId: number | null; sandbox: Instance | undefined }

/** Beside a conversation: who it is, or the phone that plays the customer. */
export function Beside({ name, conversationId, sandbox }: Wanted) {
  if (name === 'phone' && sandbox)
    return (
      <aside className="inbox-beside">
        <SandboxPhone instance={sandbox} conversationId={conversationId} />
      </aside>
    )
  if (name === 'lead' && conversationId !== null)
    return (
      <aside className="inbox-beside">
        <Who conversationId={conversationId} />
      </aside>
    )
  return null
}

function Who({ conversationId }: { conversationId: number }) {
  const asked = useConversation(conversationId)
  return (
    <Asked of={asked}>
      {({ conversation }) =>
        conversation.lead_id === null ? (
          <NoLead key={conversation.id} conversation={conversation} />
        ) : (
          <LeadBeside key={conversation.lead_id} leadId={conversation.lead_id} conversation={conversation} />
        )
      }
    </Asked>
  )
}
