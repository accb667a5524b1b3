import type { Media } from '#whatsapp/provider.ts'

export const noMedia: Media = {
  id: null,
  url: null,
  mime_type: null,
  sha256: null,
  filename: null,
  is_voice: false,
  is_animated: false,
  problem: null,
}

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
export const mimeTypeOf = (text: string | null) => text?.split(';', 1).join('').trim().toLowerCase() || null

/** Base64 in webhooks, hex elsewhere: hex in the end. */
export function hexOf(digest: string | null): string | null {
  if (digest === null) return null
  if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase()
  const bytes = Buffer.from(digest, 'base64')
  return bytes.length === 32 ? bytes.toString('hex') : null
}

/** The sender chose this name: no paths, nothing invisible, nothing endless. */
export function safeFilename(given: string | null): string | null {
  const name = given
    ?.replace(/[\p{Cc}\p{Cf}]/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/^\.+/, '')
    .trim()
  return name ? name.slice(-200) : null
}

/** Tokens travel only where they are expected. */
export const isExpected = (url: string, origins: readonly string[]) =>
  URL.canParse(url) && new URL(url).username === '' && origins.includes(new URL(url).origin)

/** A file that is larger than it may be costs its connection. */
export async function* upTo(longestBytes: number, body: AsyncIterable<Buffer>) {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > longestBytes) throw new MediaTooLarge(longestBytes)
    yield chunk
  }
}

export class MediaTooLarge extends Error {
  constructor(longestBytes: number) {
    super(`The media is larger than ${longestBytes} bytes.`)
  }
}
