import { randomBytes } from 'node:crypto'
import type { Instance } from '#whatsapp/channels.ts'

type Numbered = Pick<Instance, 'number_key' | 'business_key'>
type How = { at?: number; name?: string; message?: object }

/** Meta's webhook of a customer who writes to this number. */
export function writes(
  number: Numbered,
  waId: string,
  text: string | null,
  { name = 'Ana', at, message }: How = {},
) {
  const written = message ?? inbound(waId, { type: 'text', text: { body: text } }, { at })
  const contacts = [{ profile: { name }, wa_id: waId }]
  return metaHook(number, { contacts, messages: [written] })
}

export const inbound = (waId: string, fields: object, { at = seconds() }: { at?: number } = {}) => ({
  from: waId,
  id: `wamid.${randomBytes(24).toString('base64')}`,
  timestamp: String(at),
  ...fields,
})

export const metaHook = ({ number_key, business_key }: Numbered, value: object, field = 'messages') => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: business_key,
      changes: [
        {
          field,
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '551140001234', phone_number_id: number_key },
            ...value,
          },
        },
      ],
    },
  ],
})

const seconds = () => Math.floor(Date.now() / 1000)
