import { idIn, type Loose, textIn } from '#platform/loose.ts'
import { phoneOf } from '#whatsapp/numbers.ts'
import type { Found, InstanceState, InstanceStatus } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'

const statuses: Record<string, InstanceStatus> = {
  CONNECTED: 'connected',
  LINKED: 'connected',
  PENDING: 'connecting',
  UNVERIFIED: 'connecting',
  RESTRICTED: 'failed',
  BANNED: 'failed',
  FLAGGED: 'connected',
  RATE_LIMITED: 'connected',
}

/** Our number among those of the business account. */
export function readInstance(numbers: Loose[], id: string): Found<InstanceState> {
  const ours = numbers.find((number) => idIn(number.id) === id)
  if (!ours) return { failure: failed('number_missing') }
  const status = textIn(ours.status)?.toUpperCase() ?? ''
  const display = textIn(ours.display_phone_number)
  return {
    found: {
      status: Object.hasOwn(statuses, status) ? statuses[status]! : 'disconnected',
      phone: display && phoneOf(display.replace(/[^\d]/g, '')),
      display_name: textIn(ours.verified_name),
      detail: status || null,
    },
  }
}
