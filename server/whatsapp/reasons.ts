import { messages } from '#platform/messages.ts'

/** The stable word for why something did not work; what to say about it stands in messages. */
export type Reason = keyof typeof messages.whatsappFailures
export type Action = 'retry' | 'wait' | 'template' | 'never' | 'stop-channel' | 'bug'
export type Reach = 'recipient' | 'number' | 'account'
export type Failure = {
  reason: Reason
  retryable: boolean
  action: Action
  scope: Reach
  /** In Portuguese, said after `Falha ao enviar: `. */
  message: string
  code: number | null
  /** In the provider's own words. */
  detail: string | null
  raw: unknown
}

/** What to do, and whom else it concerns. */
const meaning: Record<Reason, [Action, Reach]> = {
  token_invalid: ['stop-channel', 'account'],
  permission_missing: ['stop-channel', 'account'],
  policy_blocked: ['stop-channel', 'account'],
  account_locked: ['stop-channel', 'account'],
  payment_problem: ['stop-channel', 'account'],
  marketing_disabled: ['stop-channel', 'account'],
  number_not_registered: ['stop-channel', 'number'],
  number_missing: ['stop-channel', 'number'],
  display_name_not_approved: ['stop-channel', 'number'],
  cold_contacts_limited: ['stop-channel', 'number'],
  instance_disconnected: ['wait', 'number'],
  spam_limited: ['wait', 'number'],
  messaging_limit_cut: ['wait', 'account'],
  app_limited: ['retry', 'account'],
  account_limited: ['retry', 'account'],
  number_limited: ['retry', 'number'],
  recipient_limited: ['retry', 'recipient'],
  provider_unavailable: ['retry', 'account'],
  provider_unreachable: ['retry', 'number'],
  window_closed: ['template', 'recipient'],
  undeliverable: ['never', 'recipient'],
  not_on_whatsapp: ['never', 'recipient'],
  same_number: ['never', 'recipient'],
  country_forbidden: ['never', 'recipient'],
  marketing_capped: ['never', 'recipient'],
  in_experiment: ['never', 'recipient'],
  opted_out: ['never', 'recipient'],
  sequence_ended: ['never', 'recipient'],
  blocked_by_us: ['never', 'recipient'],
  needs_phone: ['never', 'recipient'],
  template_refused: ['never', 'recipient'],
  template_paused: ['never', 'account'],
  template_disabled: ['never', 'account'],
  templates_unsupported: ['never', 'number'],
  flow_blocked: ['never', 'recipient'],
  media_unreadable: ['never', 'recipient'],
  message_unavailable: ['never', 'recipient'],
  not_implemented: ['never', 'number'],
  no_answer: ['never', 'recipient'],
  provider_error: ['never', 'recipient'],
  refused: ['never', 'recipient'],
  invalid_request: ['bug', 'recipient'],
  unsupported_type: ['bug', 'recipient'],
  media_refused: ['bug', 'recipient'],
  template_missing: ['bug', 'account'],
  template_variables: ['bug', 'recipient'],
  template_too_long: ['bug', 'recipient'],
}

export function failed(
  reason: Reason,
  {
    code = null,
    detail = null,
    raw = null,
  }: { code?: number | null; detail?: string | null; raw?: unknown } = {},
): Failure {
  const [action, scope] = meaning[reason]
  const retryable = action === 'retry' || action === 'wait'
  return { reason, retryable, action, scope, message: messages.whatsappFailures[reason], code, detail, raw }
}

const longestMs = 15 * 60_000

/** How long to wait before the next try; Meta asks for 4ⁿ seconds to the same recipient. */
export function waitAfterFailure({ reason }: Failure, tries: number): number {
  const ms = reason === 'recipient_limited' ? 4 ** tries * 1000 : 2 ** tries * 2000
  return Math.min(ms, longestMs)
}
