import { Anchor } from '@mantine/core'
import { MapPin, ShoppingCart, User } from 'lucide-react'
import { useWords } from '../../words/words.ts'
import type { Message } from '../talk.ts'
import { Media } from './media.tsx'
import { RichText } from './rich-text.tsx'
import { TemplateContent } from './template-content.tsx'

/** What a message holds, by its kind. */
export function Content({ message }: { message: Message }) {
  const { conversations } = useWords()
  switch (message.kind) {
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return <Media message={message} />
    case 'template':
      return <TemplateContent message={message} />
    case 'location':
      return <Location place={message.content} />
    case 'contacts':
      return <Contacts content={message.content} />
    case 'order':
      return <Order content={message.content} />
    case 'button_reply':
    case 'list_reply':
    case 'form_reply':
      return (
        <>
          <span className="bubble-note">{conversations.kinds[message.kind]}</span>
          {message.text && <RichText text={message.text} />}
        </>
      )
    case 'unsupported':
    case 'unknown':
      return <em className="bubble-gone">{message.text ?? conversations.kinds[message.kind]}</em>
    default:
      return <RichText text={message.text ?? ''} />
  }
}

type Place = { latitude?: number; longitude?: number; name?: string | null; address?: string | null }

function Location({ place }: { place: Place }) {
  const { conversations } = useWords()
  const { latitude, longitude, name, address } = place
  return (
    <div className="bubble-card">
      <MapPin size={20} aria-hidden />
      <div>
        <strong>{name ?? conversations.kinds.location}</strong>
        {address && <span>{address}</span>}
        <Anchor
          size="xs"
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
          target="_blank"
          rel="noreferrer"
        >
          {conversations.openMap}
        </Anchor>
      </div>
    </div>
  )
}

type Shared = { contacts?: { name: string; phones: string[]; emails: string[]; company: string | null }[] }

function Contacts({ content }: { content: Shared }) {
  return content.contacts?.map(({ name, phones, emails, company }) => (
    <div className="bubble-card" key={`${name} ${phones[0]}`}>
      <User size={20} aria-hidden />
      <div>
        <strong>{name}</strong>
        {company && <span>{company}</span>}
        {phones.map((phone) => (
          <Anchor key={phone} size="xs" href={`tel:${phone}`}>
            {phone}
          </Anchor>
        ))}
        {emails.map((email) => (
          <Anchor key={email} size="xs" href={`mailto:${email}`}>
            {email}
          </Anchor>
        ))}
      </div>
    </div>
  ))
}

type Ordered = { text?: string | null; items?: unknown[] }

function Order({ content }: { content: Ordered }) {
  const { conversations } = useWords()
  return (
    <div className="bubble-card">
      <ShoppingCart size={20} aria-hidden />
      <div>
        <strong>
          {conversations.kinds.order}: {conversations.items(content.items?.length ?? 0)}
        </strong>
        {content.text && <span>{content.text}</span>}
      </div>
    </div>
  )
}
