import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../api/call.ts'
import { client, keyOf, look, lookOn } from '../api/look.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'

type Listed = AnswerOf<'GET /conversations'>
type Pages = { pages: AnswerOf<'GET /conversations/{id}/messages'>[]; pageParams: string[] }
export type Conversation = Listed['data'][number]
export type Message = AnswerOf<'GET /conversations/{id}/messages'>['data'][number]
export type Instance = AnswerOf<'GET /whatsapp/instances'>['data'][number]

const perPage = 40
const messagesIn = (id: number) => ({ params: { id }, query: { per_page: perPage } })

/** One conversation; what the list knows of it is shown until it has come. */
export const useConversation = (id: number | null) =>
  useQuery({
    ...look('GET /conversations/{id}', { params: { id: id ?? 0 } }),
    placeholderData: () => listed(id ?? 0),
    enabled: id !== null,
  })

function listed(id: number) {
  const pages = client.getQueriesData<Listed>({ queryKey: ['conversations', 'GET /conversations'] })
  const conversation = pages.flatMap(([, page]) => page?.data ?? []).find((each) => each.id === id)
  return conversation && { success: true as const, conversation }
}

/** Newest first, further back as one asks. */
export const useMessages = (id: number) =>
  useInfiniteQuery(lookOn('GET /conversations/{id}/messages', messagesIn(id)))

/** What was just sent is shown at once. */
export function showMessage(message: Message) {
  const id = message.conversation_id
  const key = [...keyOf('GET /conversations/{id}/messages', messagesIn(id)), 'on']
  client.setQueryData<Pages>(key, (shown) => {
    const [first, ...others] = shown?.pages ?? []
    if (!shown || !first || first.data.some((each) => each.id === message.id)) return shown
    return { ...shown, pages: [{ ...first, data: [message, ...first.data] }, ...others] }
  })
}

/** A number that is still there; null when it was removed. */
export function useInstance(id: number): Instance | null | undefined {
  const asked = useQuery(look('GET /whatsapp/instances'))
  return asked.data && (asked.data.data.find((each) => each.id === id) ?? null)
}

/** Whom one talks to: the lead's name, else what WhatsApp knows. */
export function useContactName() {
  const { conversations } = useWords()
  const { phone } = useFormat()
  // Who gave no name is called by the phone.
  return ({ lead, contact }: Pick<Conversation, 'lead' | 'contact'>) =>
    phone(lead?.name ?? contact.name ?? contact.phone ?? contact.username ?? conversations.noName)
}
