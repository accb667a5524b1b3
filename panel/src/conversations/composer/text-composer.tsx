import { ActionIcon, Button, Textarea } from '@mantine/core'
import { LayoutTemplate, SendHorizontal, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { client } from '../../api/look.ts'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import { type Conversation, useContactName } from '../talk.ts'
import { useGist } from '../thread/gist.ts'
import { useReplying } from '../thread/replying.tsx'
import { useDraft } from './drafts.ts'
import { deliver } from './outgoing.ts'

const longest = 4096

export function TextComposer({
  conversation,
  pickTemplate,
}: {
  conversation: Conversation
  pickTemplate?: () => void
}) {
  const { conversations } = useWords()
  const [text, write] = useDraft(conversation.id)
  const { message: quoted, replyTo } = useReplying()
  const field = useRef<HTMLTextAreaElement>(null)
  useShortcut('r', conversations.keyReply, () => field.current?.focus())
  useEffect(() => {
    if (quoted) field.current?.focus()
  }, [quoted])
  function submit() {
    const said = text.trim()
    if (!said) return
    const body = { message: said, ...(quoted ? { reply_to: quoted.id } : {}) }
    deliver({ conversationId: conversation.id, text: said, body, afterId: newestIn(conversation) })
    write('')
    replyTo(null)
    document.querySelector('.talk-scroll')?.scrollTo({ top: 0 })
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      if (quoted) replyTo(null)
      else field.current?.blur()
    }
    // A word that is still being composed, in Chinese or with a dead key, ends with Enter, too.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <>
      <Quoted conversation={conversation} />
      <div className="composer-line">
        {pickTemplate && (
          <ActionIcon
            size={40}
            variant="subtle"
            color="gray"
            aria-label={conversations.templates}
            title={conversations.templates}
            onClick={pickTemplate}
          >
            <LayoutTemplate size={20} aria-hidden />
          </ActionIcon>
        )}
        <Textarea
          ref={field}
          flex={1}
          autosize
          minRows={1}
          maxRows={8}
          size="md"
          maxLength={longest}
          aria-label={conversations.write}
          placeholder={conversations.write}
          title={conversations.writeHint}
          value={text}
          onChange={({ currentTarget }) => write(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button
          h={40}
          px="sm"
          aria-label={conversations.send}
          title={conversations.send}
          disabled={text.trim() === ''}
          onClick={submit}
        >
          <SendHorizontal size={18} aria-hidden />
        </Button>
      </div>
    </>
  )
}

/** The newest message that is known here, wherever it was told. */
function newestIn({ id, last_message }: Conversation) {
  const known = client.getQueriesData<{ pages?: { data: { id: number }[] }[] }>({
    queryKey: ['conversations', 'GET /conversations/{id}/messages', { params: { id } }],
  })
  const ids = known.flatMap(([, data]) => data?.pages?.[0]?.data.map((message) => message.id) ?? [])
  return Math.max(last_message?.id ?? 0, ...ids)
}

function Quoted({ conversation }: { conversation: Conversation }) {
  const { conversations } = useWords()
  const { message, replyTo } = useReplying()
  const gistOf = useGist()
  const nameOf = useContactName()
  if (!message) return null
  return (
    <div className="composer-quote">
      <div>
        <strong>
          {conversations.replyingTo(message.direction === 'out' ? conversations.ours : nameOf(conversation))}
        </strong>
        <span>{gistOf(message)}</span>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={conversations.stopReply}
        onClick={() => replyTo(null)}
      >
        <X size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}
