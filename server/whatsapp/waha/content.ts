import { type Loose, numberIn, objectIn, textIn } from '#platform/loose.ts'
import { mimeTypeOf, noMedia, safeFilename } from '#whatsapp/media.ts'
import type { Content, MediaKind } from '#whatsapp/provider.ts'
import { readVcard } from '#whatsapp/waha/vcard.ts'

/** What a message of WAHA says. Its engines differ; what cannot be understood is kept as it came. */
export function readContent(payload: Loose): Content {
  return (
    readLocation(objectIn(payload.location)) ??
    readVcards(payload.vCards) ??
    readChoice(engineMessage(payload)) ??
    readMedia(payload) ??
    readText(payload) ?? { kind: 'unknown', what: whatIn(payload), raw: payload }
  )
}

/** WhatsApp's own form of the message, where the engine shows it. */
const engineMessage = (payload: Loose) => {
  const { message, Message } = objectIn(payload._data)
  return objectIn(message ?? Message)
}

function readLocation(location: Loose): Content | null {
  // Texts with some engines, numbers with others.
  const [latitude, longitude] = [numberIn(location.latitude), numberIn(location.longitude)]
  if (latitude === null || longitude === null) return null
  const name = textIn(location.name) ?? textIn(location.title) ?? textIn(location.description)
  const [address, url] = [textIn(location.address), textIn(location.url)]
  return { kind: 'location', latitude, longitude, name, address, url }
}

function readVcards(cards: unknown): Content | null {
  if (!Array.isArray(cards)) return null
  const texts = cards.filter((card): card is string => typeof card === 'string')
  return texts.length > 0 ? { kind: 'contacts', contacts: texts.map(readVcard) } : null
}

/** A tap on a button or a row. */
function readChoice(message: Loose): Content | null {
  const list = objectIn(message.listResponseMessage)
  const row = textIn(objectIn(list.singleSelectReply).selectedRowId)
  if (row) {
    const [title, description] = [textIn(list.title) ?? row, textIn(list.description)]
    return { kind: 'list_reply', id: row, title, description }
  }
  const button = objectIn(message.buttonsResponseMessage ?? message.templateButtonReplyMessage)
  const id = textIn(button.selectedButtonId ?? button.selectedId ?? button.selectedID)
  if (!id) return null
  const of = message.buttonsResponseMessage ? 'message' : 'template'
  return { kind: 'button_reply', of, id, title: textIn(button.selectedDisplayText) ?? id }
}

function readMedia(payload: Loose): Content | null {
  const media = objectIn(payload.media)
  if (payload.hasMedia !== true && !textIn(media.url)) return null
  const url = textIn(media.url)
  const mime_type = mimeTypeOf(textIn(media.mimetype))
  const said = textIn(objectIn(media.error).message) ?? textIn(media.error)
  return {
    kind: mediaKind(payload, mime_type),
    media: {
      ...noMedia,
      url,
      mime_type,
      filename: safeFilename(textIn(media.filename)),
      is_voice: isVoice(payload),
      problem: said ?? (url === null ? 'not downloaded' : null),
    },
    caption: textIn(payload.body),
  }
}

const engineKinds: [string, MediaKind][] = [
  ['sticker', 'sticker'],
  ['image', 'image'],
  ['video', 'video'],
  ['ptt', 'audio'],
  ['audio', 'audio'],
  ['document', 'document'],
]

function mediaKind(payload: Loose, mimeType: string | null): MediaKind {
  const type = textIn(objectIn(payload._data).type) ?? ''
  const keys = Object.keys(engineMessage(payload))
  const shown = engineKinds.find(
    ([name]) => type === name || keys.some((key) => key.startsWith(`${name}Message`)),
  )
  if (shown) return shown[1]
  if (mimeType === 'image/webp') return 'sticker'
  const family = mimeType?.split('/', 1)[0]
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'document'
}

const isVoice = (payload: Loose) => {
  const audio = objectIn(engineMessage(payload).audioMessage)
  return objectIn(payload._data).type === 'ptt' || audio.ptt === true || audio.PTT === true
}

function readText({ body }: Loose): Content | null {
  const text = textIn(body)
  return text === null ? null : { kind: 'text', text }
}

const whatIn = (payload: Loose) =>
  textIn(objectIn(payload._data).type) ?? Object.keys(engineMessage(payload))[0] ?? 'unknown'
