import { idIn, type Loose, objectIn, textIn } from '#platform/loose.ts'
import { isBsuid, personOf, phoneOf } from '#whatsapp/numbers.ts'
import type { Person } from '#whatsapp/provider.ts'

/** Who wrote. Those with a username may come without a phone; some say that `from` then holds the other id. */
export function senderOf(message: Loose, contacts: Loose[]): Person {
  return known(idIn(message.from), idIn(message.from_user_id), contacts)
}

/** Whom it went to: the number may differ from the one that was asked for, or be absent. */
export function recipientOf(status: Loose, contacts: Loose[]): Person {
  return known(idIn(status.recipient_id), idIn(status.recipient_user_id), contacts)
}

function known(given: string | null, userId: string | null, contacts: Loose[]): Person {
  const contact = contactOf(given, userId, contacts)
  const written = given ?? idIn(contact.wa_id)
  const bsuid = userId ?? (written && isBsuid(written) ? written : null) ?? idIn(contact.user_id)
  const waId = written && !isBsuid(written) ? written : null
  const profile = objectIn(contact.profile)
  return personOf({
    address: waId ?? bsuid,
    phone: waId && phoneOf(waId),
    name: textIn(profile.name),
    username: textIn(profile.username),
    ids: { wa_id: waId, bsuid },
  })
}

/** A batch names all of its contacts in one list. */
function contactOf(waId: string | null, userId: string | null, contacts: Loose[]): Loose {
  const isTheirs = (contact: Loose) =>
    (userId !== null && contact.user_id === userId) || (waId !== null && contact.wa_id === waId)
  return contacts.find(isTheirs) ?? {}
}
