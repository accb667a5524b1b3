import { useSyncExternalStore } from 'react'
import { send } from '../../api/call.ts'
import { ApiFailure } from '../../api/failure.ts'
import { refresh } from '../../api/look.ts'
import { type Message, showMessage } from '../talk.ts'

type Body = { message?: string; template_id?: number; variables?: Record<string, string>; reply_to?: number }
/** What was handed over and is not yet among the messages; `failure` when it was refused. */
export type Outgoing = {
  conversationId: number
  /** Repeated under the same word, it is sent once. */
  once: string
  text: string
  body: Body
  /** The newest message when it was written: what appears after it with this text is this one. */
  afterId: number
  failure: unknown
}

const none: Outgoing[] = []
const waiting = new Map<number, Outgoing[]>()
const listeners = new Set<() => void>()

export const useOutgoing = (conversationId: number) =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting.get(conversationId) ?? none,
  )

function keep(conversationId: number, change: (all: Outgoing[]) => Outgoing[]) {
  waiting.set(conversationId, change(waiting.get(conversationId) ?? none))
  for (const listener of listeners) listener()
}

const without = (once: string) => (all: Outgoing[]) => all.filter((each) => each.once !== once)

export const discard = ({ conversationId, once }: Outgoing) => keep(conversationId, without(once))

type Draft = { conversationId: number; text: string; body: Body; afterId: number }

/** Shown at once, sent in the background; a refusal stays beside it until somebody decides. */
export const deliver = (draft: Draft) => dispatch({ ...draft, once: crypto.randomUUID(), failure: null })

/** Without an answer it may have gone out all the same. */
export const isUnanswered = ({ failure }: Outgoing) =>
  failure === null || (failure instanceof ApiFailure && failure.status === 0)

/** Unanswered, it is asked again under the same word; after a refusal it is a new try. */
export const deliverAgain = (outgoing: Outgoing) => {
  discard(outgoing)
  const once = isUnanswered(outgoing) ? outgoing.once : crypto.randomUUID()
  return dispatch({ ...outgoing, once, failure: null })
}

/** A message that failed, once more as a new one. */
export const resend = ({ conversation_id, id, text, template_id, content }: Message) =>
  deliver({
    conversationId: conversation_id,
    text: text ?? '',
    body:
      template_id === null
        ? { message: text ?? '' }
        : { template_id, variables: content.variables as Record<string, string> },
    afterId: id,
  })

async function dispatch(outgoing: Outgoing) {
  const { conversationId, once, body } = outgoing
  keep(conversationId, (all) => [...all, outgoing])
  try {
    const { message } = await send('POST /conversations/{id}/messages', {
      params: { id: conversationId },
      body,
      once,
    })
    showMessage(message)
    keep(conversationId, without(once))
    refresh('conversations', 'leads')
  } catch (failure) {
    // What the provider refused is kept as a message, with the reason.
    const isKept = failure instanceof ApiFailure && failure.status === 502
    if (isKept) {
      await refresh('conversations')
      keep(conversationId, without(once))
    } else
      keep(conversationId, (all) => all.map((each) => (each.once === once ? { ...each, failure } : each)))
  }
}
