import { objectIn, textIn } from '#platform/loose.ts'
import { chatIdOf, phoneOf } from '#whatsapp/numbers.ts'
import type { InstanceState, InstanceStatus } from '#whatsapp/provider.ts'

const statuses: Record<string, InstanceStatus> = {
  STOPPED: 'disconnected',
  STARTING: 'connecting',
  SCAN_QR_CODE: 'waiting_scan',
  PASSKEY_REQUIRED: 'waiting_scan',
  PASSKEY_CONFIRMATION_REQUIRED: 'waiting_scan',
  WORKING: 'connected',
  FAILED: 'failed',
}

/** What a session's status means for the number; null for one that is not known. */
export function stateOf(status: unknown, me: unknown): InstanceState | null {
  const detail = textIn(status)
  if (detail === null || !Object.hasOwn(statuses, detail)) return null
  const id = textIn(objectIn(me).id)
  return {
    status: statuses[detail]!,
    phone: id && phoneOf(chatIdOf(id)),
    display_name: textIn(objectIn(me).pushName),
    detail,
  }
}
