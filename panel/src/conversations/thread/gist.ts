import { useWords } from '../../words/words.ts'
import type { Message } from '../talk.ts'

/** A message on one line. */
export function useGist() {
  const { conversations } = useWords()
  return ({ revoked_at, text, kind, content, media }: Message) => {
    if (revoked_at) return conversations.deleted
    if (text) return text.replace(/\s+/g, ' ')
    const isVoice = kind === 'audio' && (content.media as { is_voice?: boolean } | undefined)?.is_voice
    return media?.filename ?? conversations.kinds[isVoice ? 'voice' : kind]
  }
}
