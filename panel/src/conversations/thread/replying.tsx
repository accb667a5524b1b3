import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { Message } from '../talk.ts'

type Replying = {
  message: Message | null
  /** Null: to none in particular. */
  replyTo: (message: Message | null) => void
}
const ReplyContext = createContext<Replying>({ message: null, replyTo: () => {} })

/** The message that the next one answers to. */
export const useReplying = () => useContext(ReplyContext)

export function ReplyProvider({ children }: { children: ReactNode }) {
  const [message, replyTo] = useState<Message | null>(null)
  const replying = useMemo(() => ({ message, replyTo }), [message])
  return <ReplyContext value={replying}>{children}</ReplyContext>
}
