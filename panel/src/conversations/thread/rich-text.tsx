import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'

const addresses = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]'])/
const styles: [RegExp, (text: ReactNode, key: number) => ReactNode][] = [
  [/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/, (text, key) => <strong key={key}>{text}</strong>],
  [/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/, (text, key) => <em key={key}>{text}</em>],
  [/(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?![\w~])/, (text, key) => <s key={key}>{text}</s>],
  [/```([^`]+)```/, (text, key) => <code key={key}>{text}</code>],
]

/** A text as WhatsApp shows it: *bold*, _italic_, ~struck~, and addresses that lead somewhere. */
export function RichText({ text }: { text: string }) {
  const parts = text.split(addresses)
  return (
    <span className="bubble-text">
      {parts.map((part, at) =>
        at % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text do not move
          <Anchor key={at} href={part} target="_blank" rel="noreferrer" inherit underline="always">
            {part}
          </Anchor>
        ) : (
          styled(part)
        ),
      )}
    </span>
  )
}

function styled(text: string, from = 0): ReactNode[] {
  for (let at = from; at < styles.length; at++) {
    const [pattern, shown] = styles[at]!
    const pieces = text.split(pattern)
    if (pieces.length > 1)
      return pieces.map((piece, n) => (n % 2 === 1 ? shown(styled(piece, at + 1), n) : styled(piece, at)))
  }
  return [text]
}
