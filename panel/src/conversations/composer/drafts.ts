import { useEffect, useState } from 'react'
import { useSession } from '../../api/session.ts'

const changed = new EventTarget()
const keyOf = (userId: number, conversationId: number) => `funil.draft.${userId}.${conversationId}`

/** What somebody began to write stays until it is sent, whatever happens to the window. */
export function useDraft(conversationId: number): [string, (text: string) => void] {
  const { user } = useSession()
  const key = keyOf(user.id, conversationId)
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '')
  function write(written: string) {
    setText(written)
    if (written) localStorage.setItem(key, written)
    else localStorage.removeItem(key)
  }
  useEffect(() => {
    const take = (event: Event) => {
      const { id, text: returned } = (event as CustomEvent<{ id: number; text: string }>).detail
      if (id === conversationId) write([localStorage.getItem(key), returned].filter(Boolean).join('\n'))
    }
    changed.addEventListener('put back', take)
    return () => changed.removeEventListener('put back', take)
  })
  return [text, write]
}

/** What was not sent, back to where it was written. */
export const putBack = (id: number, text: string) =>
  changed.dispatchEvent(new CustomEvent('put back', { detail: { id, text } }))
