import { idIn, objectIn, textIn } from '#platform/loose.ts'
import { chatIdOf, kindOf } from '#whatsapp/numbers.ts'

export type MessageId = { fromMe: boolean | null; chat: string | null; raw: string }

/** `true_5511987654321@c.us_3EB0…`. The chat may be written in two ways for one message: only the last part names it. */
export function readMessageId(id: string): MessageId {
  const parts = /^(true|false)_([^_]+)_([^_]+)(?:_(.+))?$/.exec(id)
  if (!parts) return { fromMe: null, chat: null, raw: id }
  return { fromMe: parts[1] === 'true', chat: chatIdOf(parts[2]!), raw: parts[3]! }
}

export const wholeId = (fromMe: boolean, chat: string, raw: string) => `${fromMe}_${chat}_${raw}`

/** The id in the answer to a send: every engine writes it elsewhere. */
export function sentId(answer: unknown): string | null {
  const { id, key } = objectIn(answer)
  const found =
    idIn(objectIn(key).id) ?? textIn(objectIn(id)._serialized) ?? textIn(objectIn(id).id) ?? textIn(id)
  return found === null ? null : readMessageId(found).raw
}

/** Is this what WAHA's calls take? Anything else is a phone that must be asked for. */
export const isChatId = (address: string) => /@(c\.us|s\.whatsapp\.net|(hosted\.)?lid)$/.test(address)

export const isPersonal = (chat: string) => ['phone', 'lid'].includes(kindOf(chat))
