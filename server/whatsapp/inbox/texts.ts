import type { contentKinds } from '#conversations/tables.ts'
import type { Content } from '#whatsapp/provider.ts'

type Kept = Exclude<Content, { kind: 'reaction' }>
export type Kind = (typeof contentKinds)[number]

/** What a person reads of it, and a search finds. */
export function textOf(content: Kept): string | null {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return content.caption ?? content.media.filename
    case 'location':
      return (
        [content.name, content.address].filter(Boolean).join(', ') ||
        `${content.latitude}, ${content.longitude}`
      )
    case 'contacts':
      return content.contacts.map(({ name, phones }) => [name, ...phones].join(' ')).join('\n') || null
    case 'button_reply':
    case 'list_reply':
      return content.title
    case 'form_reply':
      return content.name
    case 'order':
      return content.text
    case 'unsupported':
    case 'unknown':
      return null
  }
}

/** As it is kept: where a file is fetched, and what a failure's answer was, is nobody's business. */
export function keptContent(content: Kept): Record<string, unknown> {
  if ('media' in content) {
    const { mime_type, filename, is_voice, is_animated } = content.media
    return {
      kind: content.kind,
      caption: content.caption,
      media: { mime_type, filename, is_voice, is_animated },
    }
  }
  if (content.kind !== 'unsupported' || !content.failure) return content
  const { reason, message, code, detail } = content.failure
  return { ...content, failure: { reason, message, code, detail } }
}

/** PostgreSQL keeps no NUL, and what others read must be well-formed. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed() as T
  if (Array.isArray(value)) return value.map(storable) as T
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [storable(key), storable(each)])) as T
}
