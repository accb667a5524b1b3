import { type Static, Type } from 'typebox'
import { instanceStatuses, providerKinds } from '#conversations/tables.ts'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'
import { Sandbox } from '#whatsapp/sandbox/schema.ts'

const nullableText = nullable(Type.String())
const shared = {
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
}
export const Instance = Type.Object(shared, { 'x-name': 'WhatsAppInstance' })
export type Instance = Static<typeof Instance>

export const engines = ['NOWEB', 'GOWS', 'WEBJS', 'WPP'] as const
/** How it is connected: for who may change that. What is secret is never shown again. */
const Connection = Type.Object({
  phone_number_id: nullableText,
  business_account_id: nullableText,
  base_url: nullableText,
  session: nullableText,
  engine: nullable(oneOf(engines)),
  callback_url: nullable(
    Type.String({ description: 'Where the provider must send its webhooks; WAHA is told by Funil itself.' }),
  ),
  verify_token: nullable(Type.String({ description: 'What Meta’s form for the webhook asks for.' })),
  sandbox: Type.Unsafe<Sandbox | null>({ ...Sandbox, type: ['object', 'null'] }),
})
export type Connection = Static<typeof Connection>
export const InstanceDetail = Type.Object(
  {
    ...shared,
    connection: Type.Unsafe<Connection | null>({
      ...Connection,
      type: ['object', 'null'],
      description: 'How it is connected: only for who has `whatsapp:write`. Secrets are never shown.',
    }),
  },
  { 'x-name': 'WhatsAppInstanceDetail' },
)
export type InstanceDetail = Static<typeof InstanceDetail>

const display_name = Type.Optional(nullable(text(255, { examples: ['Vendas'] })))
const secret = (description: string) =>
  Type.Optional(nullable(text(2048, { description: `${description} Kept encrypted, never shown again.` })))
const secrets = {
  token: secret('`cloud_api`: a system user’s access token.'),
  app_secret: secret('`cloud_api`: the app’s secret, which signs its webhooks.'),
  api_key: secret('`waha`: the server’s API key.'),
}
const address = {
  business_account_id: Type.Optional(
    nullable(text(64, { description: '`cloud_api`: the WhatsApp Business account.' })),
  ),
  base_url: Type.Optional(
    nullable(Type.String({ format: 'uri', maxLength: 2048, description: '`waha`: where the server is.' })),
  ),
  engine: Type.Optional(nullable(oneOf(engines, { description: '`waha`: what its session runs on.' }))),
}
export const NewInstance = Type.Object({
  provider: oneOf(providerKinds),
  display_name,
  phone_number_id: Type.Optional(
    nullable(text(64, { description: '`cloud_api`: Meta’s id of the number.' })),
  ),
  session: Type.Optional(nullable(text(54, { description: '`waha`: the session’s name.' }))),
  ...address,
  ...secrets,
})
export type NewInstance = Static<typeof NewInstance>
export const InstanceChanges = Type.Object({ display_name, ...address, ...secrets })
export type InstanceChanges = Static<typeof InstanceChanges>
export const InstanceId = Type.Object({ id: ref('instances') })
