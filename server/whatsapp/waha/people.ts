import { type Loose, objectIn, textIn } from '#platform/loose.ts'
import { chatIdOf, kindOf, personOf, phoneOf } from '#whatsapp/numbers.ts'
import type { Person } from '#whatsapp/provider.ts'

/** Who is at the other end of this chat. Where it is a hidden id, the engines tell the phone beside it, if at all. */
export function personIn(chat: string, payload: Loose, fromMe: boolean): Person {
  const data = objectIn(payload._data)
  const isHidden = kindOf(chat) === 'lid'
  const phone = isHidden ? phoneBeside(data, fromMe) : phoneOf(chat)
  return personOf({
    address: chat,
    phone,
    // Of our own messages, the name is ours.
    name: fromMe ? null : nameIn(data),
    ids: { chat_id: chat, lid: isHidden ? chat : null },
  })
}

function phoneBeside(data: Loose, fromMe: boolean): string | null {
  const key = objectIn(data.key)
  const info = objectIn(data.Info)
  const told = [key.remoteJidAlt, key.senderPn, data.senderPn, fromMe ? info.RecipientAlt : info.SenderAlt]
  const phone = told.map(textIn).find((id) => id !== null && kindOf(id) === 'phone')
  return phone ? phoneOf(chatIdOf(phone)) : null
}

const nameIn = (data: Loose) =>
  textIn(data.pushName) ?? textIn(data.notifyName) ?? textIn(objectIn(data.Info).PushName)
