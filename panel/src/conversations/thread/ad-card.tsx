import { Anchor } from '@mantine/core'
import { Megaphone } from 'lucide-react'
import { useWords } from '../../words/words.ts'

type Ad = { headline?: string | null; body?: string | null; source_url?: string | null }

/** The ad that brought the customer. */
export function AdCard({ ad }: { ad: Record<string, unknown> }) {
  const { conversations } = useWords()
  const { headline, body, source_url } = ad as Ad
  return (
    <div className="bubble-ad">
      <span className="bubble-note">
        <Megaphone size={12} aria-hidden /> {conversations.ad}
      </span>
      {headline && <strong>{headline}</strong>}
      {body && <span>{body}</span>}
      {source_url?.startsWith('https://') && (
        <Anchor size="xs" href={source_url} target="_blank" rel="noreferrer">
          {conversations.adOpen}
        </Anchor>
      )}
    </div>
  )
}
