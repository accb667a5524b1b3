import { Anchor } from '@mantine/core'
import { FileText, ImageOff, LoaderCircle, Mic } from 'lucide-react'
import { useWords } from '../../words/words.ts'
import type { Message } from '../talk.ts'
import { RichText } from './rich-text.tsx'

const fileOf = ({ id }: Message) => `/api/v1/messages/${id}/media`

/** A file that came with a message, shown where a browser can, with its caption. */
export function Media({ message }: { message: Message }) {
  const caption = message.content.caption as string | null | undefined
  return (
    <>
      {message.media?.state === 'kept' ? <Kept message={message} /> : <NotKept message={message} />}
      {caption && <RichText text={caption} />}
    </>
  )
}

function Kept({ message }: { message: Message }) {
  const { conversations } = useWords()
  const { kind, media, content } = message
  const source = fileOf(message)
  const isVoice = (content.media as { is_voice?: boolean } | undefined)?.is_voice
  if (kind === 'document') return <Document message={message} />
  if (kind === 'video')
    // biome-ignore lint/a11y/useMediaCaption: what a customer filmed has none
    return <video className="bubble-picture" controls preload="metadata" src={source} />
  if (kind === 'audio')
    return (
      <span className="bubble-audio">
        {isVoice && <Mic size={18} role="img" aria-label={conversations.kinds.voice} />}
        {/* biome-ignore lint/a11y/useMediaCaption: what a customer said has none */}
        <audio controls preload="metadata" src={source} />
      </span>
    )
  const name = conversations.kinds[kind as 'image' | 'sticker']
  return (
    <a href={source} target="_blank" rel="noreferrer" aria-label={conversations.openMedia(name)}>
      <img
        className={kind === 'sticker' ? 'bubble-sticker' : 'bubble-picture'}
        src={source}
        alt={media?.filename ?? name}
        loading="lazy"
      />
    </a>
  )
}

function Document({ message }: { message: Message }) {
  const { conversations } = useWords()
  const { media } = message
  const name = media?.filename ?? conversations.kinds.document
  return (
    <div className="bubble-card">
      <FileText size={20} aria-hidden />
      <div>
        <Anchor
          href={fileOf(message)}
          download={media?.filename ?? true}
          inherit
          fw={600}
          aria-label={conversations.download(name)}
        >
          {name}
        </Anchor>
        <span>{useSize(media?.size_bytes ?? null)}</span>
      </div>
    </div>
  )
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte']

function useSize(bytes: number | null) {
  const { locale } = useWords()
  if (bytes === null) return null
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1)
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power]!,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1024 ** power)
}

function NotKept({ message: { kind, media } }: { message: Message }) {
  const { conversations, reasons } = useWords()
  const isFailed = media?.state === 'failed'
  const Mark = isFailed ? ImageOff : LoaderCircle
  const problem = media?.problem ?? ''
  return (
    <div className="bubble-card" data-quiet>
      <Mark size={20} aria-hidden />
      <div>
        <strong>{media?.filename ?? conversations.kinds[kind]}</strong>
        <span>
          {isFailed
            ? (reasons[problem as keyof typeof reasons] ?? conversations.mediaFailed)
            : conversations.mediaWaiting}
        </span>
      </div>
    </div>
  )
}
