import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'
import { partsOf } from '../composer/template-parts.ts'
import type { Message } from '../talk.ts'
import { RichText } from './rich-text.tsx'

/** A template as the customer saw it: the text that went out, and the footer and buttons that stand around it. */
export function TemplateContent({ message }: { message: Message }) {
  const { conversations } = useWords()
  const { template_id, text, content } = message
  const asked = useQuery({
    ...look('GET /whatsapp/templates/{id}', { params: { id: template_id ?? 0 } }),
    enabled: template_id !== null,
    retry: false,
  })
  const parts = asked.data && partsOf(asked.data.template)
  return (
    <>
      <span className="bubble-note">
        {conversations.kinds.template} {String(content.name ?? '')}
      </span>
      <RichText text={text ?? ''} />
      {parts?.footer && <span className="bubble-footer">{parts.footer}</span>}
      <TemplateButtons buttons={parts?.buttons ?? []} />
    </>
  )
}

export const TemplateButtons = ({ buttons }: { buttons: string[] }) =>
  buttons.length > 0 && (
    <span className="bubble-buttons">
      {buttons.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </span>
  )
