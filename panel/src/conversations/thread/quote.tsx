import { useWords } from '../../words/words.ts'
import { type Conversation, type Message, useContactName } from '../talk.ts'
import { useGist } from './gist.ts'

type Wanted = { message: Message | null; contact: Pick<Conversation, 'lead' | 'contact'> }

/** What a message answers to; a click goes there. */
export function Quote({ message, contact }: Wanted) {
  const { conversations } = useWords()
  const nameOf = useContactName()
  const gistOf = useGist()
  if (!message) return <div className="bubble-quote">{conversations.earlier}</div>
  const show = () => document.getElementById(`message-${message.id}`)?.scrollIntoView({ block: 'center' })
  return (
    <button type="button" className="bubble-quote" onClick={show}>
      <strong>{message.direction === 'out' ? conversations.ours : nameOf(contact)}</strong>
      <span>{gistOf(message)}</span>
    </button>
  )
}
