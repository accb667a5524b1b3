import { ActionIcon } from '@mantine/core'
import { ArrowLeft, UserRound } from 'lucide-react'
import { Link, useSearchParams } from 'wouter'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'
import { AlertsMenu } from './alerts/alerts-menu.tsx'
import { Beside } from './beside/beside.tsx'
import { NoNumber } from './beside/no-number.tsx'
import { ConversationList } from './list/conversation-list.tsx'
import { PhoneToggle } from './sandbox/phone-toggle.tsx'
import { type Instance, useContactName, useConversation } from './talk.ts'
import { Assign } from './thread/assign.tsx'
import { LeaveUnread } from './thread/header.tsx'
import { Thread } from './thread/thread.tsx'

type Wanted = { id: number | null; numbers: Instance[] | undefined }

/** One page at a time: the list, the conversation, the lead or the test phone. */
export function InboxOnPhone({ id, numbers }: Wanted) {
  const { conversations } = useWords()
  const [search, setSearch] = useSearchParams()
  const page = search.get('beside')
  const sandbox = numbers?.find(({ provider }) => provider === 'sandbox')
  const goTo = (name: 'lead' | 'phone') =>
    setSearch((before) => {
      before.set('beside', name)
      return before
    })
  if (page === 'phone' || (page === 'lead' && id !== null))
    return <BesidePage id={id} name={page} sandbox={sandbox} />
  if (id !== null) return <ThreadPage id={id} showLead={() => goTo('lead')} />
  return (
    <Screen
      title={conversations.title}
      isFull
      beside={
        <>
          <AlertsMenu />
          {sandbox && <PhoneToggle isShown={false} toggle={() => goTo('phone')} />}
        </>
      }
    >
      {numbers?.length === 0 ? <NoNumber /> : <ConversationList selected={null} hasNumber />}
    </Screen>
  )
}

function ThreadPage({ id, showLead }: { id: number; showLead: () => void }) {
  const { conversations } = useWords()
  const nameOf = useContactName()
  const asked = useConversation(id)
  const conversation = asked.data?.conversation
  const name = conversation ? nameOf(conversation) : conversations.title
  return (
    <Screen
      title={name}
      isFull
      heading={<Back href={`/inbox${location.search}`} label={conversations.back} name={name} />}
      beside={
        conversation && (
          <>
            <ActionIcon
              size={40}
              variant="subtle"
              color="gray"
              aria-label={conversations.showLead}
              onClick={showLead}
            >
              <UserRound size={20} aria-hidden />
            </ActionIcon>
            <LeaveUnread conversation={conversation} />
          </>
        )
      }
    >
      <div className="inbox-thread">
        <Thread conversationId={id} />
      </div>
    </Screen>
  )
}

function BesidePage({
  id,
  name,
  sandbox,
}: {
  id: number | null
  name: 'lead' | 'phone'
  sandbox: Instance | undefined
}) {
  const { conversations } = useWords()
  const conversation = useConversation(id).data?.conversation
  const back = id === null ? conversations.back : conversations.backToThread
  const heading = name === 'lead' ? conversations.lead : conversations.phone
  return (
    <Screen
      title={heading}
      isFull
      heading={<Back href={id === null ? '/inbox' : `/inbox/${id}`} label={back} name={heading} />}
      beside={name === 'lead' && conversation && <Assign conversation={conversation} />}
    >
      <Beside name={name} conversationId={id} sandbox={sandbox} />
    </Screen>
  )
}

function Back({ href, label, name }: { href: string; label: string; name: string }) {
  return (
    <span className="inbox-back">
      <ActionIcon component={Link} href={href} size={40} variant="subtle" color="gray" aria-label={label}>
        <ArrowLeft size={20} aria-hidden />
      </ActionIcon>
      <span title={name}>{name}</span>
    </span>
  )
}
