import { idIn, jsonIn, type Loose, numberIn, objectIn, objectsIn, textIn } from '#platform/loose.ts'
import { failureOfError } from '#whatsapp/cloud-api/errors.ts'
import { hexOf, mimeTypeOf, noMedia, safeFilename } from '#whatsapp/media.ts'
import type { Ad, Content, Media, MediaKind, SharedContact } from '#whatsapp/provider.ts'

/** What a message of Meta says. What cannot be understood is kept as it came. */
export function readContent(message: Loose): Content {
  const type = textIn(message.type) ?? 'unknown'
  const read = Object.hasOwn(readers, type) ? readers[type]!(objectIn(message[type]), message) : null
  return read ?? { kind: 'unknown', what: type, raw: message }
}

/** The ad that brought this customer, if one did. */
export function readAd(message: Loose): Ad | null {
  if (Object.keys(objectIn(message.referral)).length === 0) return null
  const ad = objectIn(message.referral)
  return {
    source_type: textIn(ad.source_type),
    source_id: idIn(ad.source_id),
    source_url: textIn(ad.source_url),
    headline: textIn(ad.headline),
    body: textIn(ad.body),
    click_id: textIn(ad.ctwa_clid),
  }
}

type Reader = (body: Loose, message: Loose) => Content | null

const media =
  (kind: MediaKind): Reader =>
  (body) => ({ kind, media: readMedia(body), caption: textIn(body.caption) })

const readers: Record<string, Reader> = {
  text: ({ body }) => (typeof body === 'string' ? { kind: 'text', text: body } : null),
  image: media('image'),
  video: media('video'),
  audio: media('audio'),
  document: media('document'),
  sticker: media('sticker'),
  location: readLocation,
  contacts: (_, { contacts }) => ({ kind: 'contacts', contacts: objectsIn(contacts).map(readContact) }),
  reaction: ({ message_id, emoji }) => {
    const target = idIn(message_id)
    // A reaction that is taken back comes without an emoji.
    return target ? { kind: 'reaction', message_id: target, emoji: textIn(emoji) } : null
  },
  button: ({ payload, text }) => {
    const title = textIn(text) ?? textIn(payload)
    return title ? { kind: 'button_reply', of: 'template', id: textIn(payload) ?? title, title } : null
  },
  interactive: readInteractive,
  order: ({ catalog_id, text, product_items }) => ({
    kind: 'order',
    catalog_id: idIn(catalog_id),
    text: textIn(text),
    items: objectsIn(product_items).map((item) => ({
      product: idIn(item.product_retailer_id),
      quantity: numberIn(item.quantity) ?? 1,
      price: numberIn(item.item_price) ?? 0,
      currency: textIn(item.currency),
    })),
  }),
  unsupported: ({ type }, { errors }) => {
    const [error] = objectsIn(errors)
    return { kind: 'unsupported', what: textIn(type), failure: error ? failureOfError(error) : null }
  },
}

function readMedia(body: Loose): Media {
  const id = idIn(body.id)
  return {
    ...noMedia,
    id,
    url: textIn(body.url),
    mime_type: mimeTypeOf(textIn(body.mime_type)),
    sha256: hexOf(textIn(body.sha256)),
    filename: safeFilename(textIn(body.filename)),
    is_voice: body.voice === true,
    is_animated: body.animated === true,
    problem: id === null ? 'without an id' : null,
  }
}

function readLocation(body: Loose): Content | null {
  const [latitude, longitude] = [numberIn(body.latitude), numberIn(body.longitude)]
  if (latitude === null || longitude === null) return null
  const [name, address, url] = [textIn(body.name), textIn(body.address), textIn(body.url)]
  return { kind: 'location', latitude, longitude, name, address, url }
}

function readContact(contact: Loose): SharedContact {
  const name = objectIn(contact.name)
  const phones = objectsIn(contact.phones)
  return {
    name: textIn(name.formatted_name) ?? textIn(name.first_name) ?? '',
    phones: phones.flatMap(({ phone }) => textIn(phone) ?? []),
    whatsapp: phones.flatMap(({ wa_id }) => idIn(wa_id) ?? []),
    emails: objectsIn(contact.emails).flatMap(({ email }) => textIn(email) ?? []),
    company: textIn(objectIn(contact.org).company),
  }
}

function readInteractive(body: Loose): Content | null {
  const reply = objectIn(body[String(body.type)])
  const [id, title] = [idIn(reply.id), textIn(reply.title)]
  if (body.type === 'button_reply' && id)
    return { kind: 'button_reply', of: 'message', id, title: title ?? id }
  if (body.type === 'list_reply' && id)
    return { kind: 'list_reply', id, title: title ?? id, description: textIn(reply.description) }
  if (body.type === 'nfm_reply')
    return {
      kind: 'form_reply',
      name: textIn(reply.name),
      values: objectIn(jsonIn(textIn(reply.response_json) ?? '')),
    }
  return null
}
