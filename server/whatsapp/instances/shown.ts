import { messages } from '#platform/messages.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import type { Instance as Row } from '#whatsapp/channels.ts'
import type { Instance } from '#whatsapp/instances/schema.ts'

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
