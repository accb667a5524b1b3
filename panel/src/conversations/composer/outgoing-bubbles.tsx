import { Button, Text } from '@mantine/core'
import { Clock } from 'lucide-react'
import { inWords } from '../../api/failure.ts'
import { useWords } from '../../words/words.ts'
import type { Message } from '../talk.ts'
import { RichText } from '../thread/rich-text.tsx'
import { putBack } from './drafts.ts'
import { deliverAgain, discard, isUnanswered, type Outgoing, useOutgoing } from './outgoing.ts'

/** What is on its way, below what is there. */
export function OutgoingBubbles({
  conversationId,
  newestFirst,
}: {
  conversationId: number
  newestFirst: Message[]
}) {
  const outgoing = useOutgoing(conversationId)
  return outgoing
    .filter((each) => !isUnanswered(each) || !newestFirst.some((message) => isIt(message, each)))
    .map((each) => <OutgoingBubble key={each.once} outgoing={each} />)
}

const isIt = ({ id, direction, text }: Message, outgoing: Outgoing) =>
  direction === 'out' && id > outgoing.afterId && text === outgoing.text

function OutgoingBubble({ outgoing }: { outgoing: Outgoing }) {
  const { conversations } = useWords()
  return (
    <li className="bubble" data-side="out" data-state={outgoing.failure ? 'failed' : 'queued'}>
      <div className="bubble-line">
        <div className="bubble-body">
          <RichText text={outgoing.text} />
          <span className="bubble-foot">
            {!outgoing.failure && <Clock size={14} role="img" aria-label={conversations.sending} />}
          </span>
        </div>
      </div>
      {outgoing.failure !== null && <Refused outgoing={outgoing} />}
    </li>
  )
}

function Refused({ outgoing }: { outgoing: Outgoing }) {
  const words = useWords()
  const { conversations } = words
  function edit() {
    putBack(outgoing.conversationId, outgoing.text)
    discard(outgoing)
  }
  return (
    <div className="bubble-trouble" role="alert">
      <Text size="xs" component="span">
        {conversations.notSent} {inWords(outgoing.failure, words)}
      </Text>
      <Button size="compact-xs" variant="subtle" color="red" onClick={() => deliverAgain(outgoing)}>
        {conversations.resend}
      </Button>
      {outgoing.body.message !== undefined && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={edit}>
          {conversations.editAgain}
        </Button>
      )}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => discard(outgoing)}>
        {conversations.discard}
      </Button>
    </div>
  )
}
