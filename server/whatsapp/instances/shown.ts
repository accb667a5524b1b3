import { messages } from '#platform/messages.ts'
import type { Context } from '#platform/route.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import type { Instance as Row } from '#whatsapp/channels.ts'
import { hookPathOf, verifyTokenOf } from '#whatsapp/inbox/handshake.ts'
import type { Connection, Instance, InstanceDetail } from '#whatsapp/instances/schema.ts'
import { sandboxSettings } from '#whatsapp/sandbox/settings.ts'

type Beholder = Pick<Context<never, never, never>, 'can' | 'publicUrl' | 'operator'>

const sentences: Record<string, string> = { ...messages.whatsappFailures, ...messages.instanceReasons }

/** A number as everybody may see it: nothing of its secrets, nor where they are used. */
export function shownInstance(row: Row): Instance {
  const { id, provider, display_name, phone_number, is_primary, status } = row
  const { status_reason, status_detail, status_since, last_heard_at, templates_synced_at, created_at } = row
  return {
    id,
    provider,
    display_name,
    phone_number,
    is_primary,
    status,
    ...abilitiesOf(row),
    status_reason,
    status_message: status_reason && (sentences[status_reason] ?? null),
    status_detail,
    status_since,
    last_heard_at,
    templates_synced_at,
    created_at,
  }
}

/** The same, and how it is connected for who may change that. */
export const detailedInstance = (row: Row, { can, publicUrl, operator }: Beholder): InstanceDetail => ({
  ...shownInstance(row),
  connection: can('whatsapp:write') ? connectionOf(row, publicUrl, operator.secret()) : null,
})

function connectionOf(row: Row, publicUrl: string, secret: string): Connection {
  const { account_id, provider, number_key, business_key, settings } = row
  const of = <T>(kind: Row['provider'], value: T) => (provider === kind ? value : null)
  return {
    phone_number_id: of('cloud_api', number_key),
    business_account_id: of('cloud_api', business_key),
    base_url: of('waha', String(settings.base_url)),
    session: of('waha', number_key),
    engine: of('waha', settings.engine as Connection['engine']),
    callback_url: provider === 'sandbox' ? null : publicUrl + hookPathOf(secret, row),
    verify_token: of('cloud_api', verifyTokenOf(secret, account_id)),
    sandbox: of('sandbox', sandboxSettings(row)),
  }
}
