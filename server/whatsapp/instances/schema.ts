import { type Static, Type } from 'typebox'
import { instanceStatuses, providerKinds } from '#conversations/tables.ts'
import { Id, nullable, oneOf, ref, Timestamp } from '#platform/shapes.ts'

const nullableText = nullable(Type.String())

export const Instance = Type.Object(
  {
    id: Id,
    provider: oneOf(providerKinds, {
      description:
        '`cloud_api` is Meta’s official API, `waha` WhatsApp Web through a WAHA server, `sandbox` a simulated phone to try things out with.',
    }),
    display_name: Type.String(),
    phone_number: nullableText,
    is_primary: Type.Boolean({ description: 'It sends where no number is asked for.' }),
    status: oneOf(instanceStatuses),
    supports_templates: Type.Boolean(),
    supports_buttons: Type.Boolean(),
    has_window_restriction: Type.Boolean({
      description: 'Free text only within 24 hours of the customer’s last message.',
    }),
    status_reason: nullable(
      Type.String({ description: 'A stable word for what is wrong with it.', examples: ['token_invalid'] }),
    ),
    status_message: nullable(Type.String({ description: 'The reason in Portuguese, with what to do.' })),
    status_detail: nullable(Type.String({ description: 'In the provider’s words.' })),
    status_since: Timestamp,
    last_heard_at: nullable(Timestamp),
    templates_synced_at: nullable(Timestamp),
    created_at: Timestamp,
  },
  { 'x-name': 'WhatsAppInstance' },
)
export type Instance = Static<typeof Instance>
export const InstanceId = Type.Object({ id: ref('instances') })
