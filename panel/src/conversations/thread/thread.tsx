import { Asked } from '../../parts/asked.tsx'
import { Composer } from '../composer/composer.tsx'
import { type Conversation, useConversation } from '../talk.ts'
import { Messages } from './messages.tsx'
import { ReplyProvider } from './replying.tsx'
import './thread.css'

/** What was said, and where one answers: as high as what it stands in. */
export function Thread({ conversationId }: { conversationId: number }) {
  const asked = useConversation(conversationId)
  return <Asked of={asked}>{({ conversation }) => <Talk key={conversationId} of={conversation} />}</Asked>
}

function Talk({ of: conversation }: { of: Conversation }) {
  return (
    <ReplyProvider>
      <div className="talk">
        <Messages conversation={conversation} />
        <Composer conversation={conversation} />
      </div>
    </ReplyProvider>
  )
}
