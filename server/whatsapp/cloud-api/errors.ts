import { idIn, type Loose, numberIn, objectIn, textIn } from '#platform/loose.ts'
import { type Failure, failed, type Reason } from '#whatsapp/reasons.ts'

/** Meta says: build on the code. Titles change, subcodes go away, the HTTP status is no longer documented. */
const reasons: Record<number, Reason> = {
  0: 'token_invalid',
  190: 'token_invalid',
  3: 'permission_missing',
  10: 'permission_missing',
  131005: 'permission_missing',
  368: 'policy_blocked',
  131031: 'account_locked',
  131042: 'payment_problem',
  131063: 'marketing_disabled',
  131045: 'number_not_registered',
  133010: 'number_not_registered',
  33: 'number_missing',
  131037: 'display_name_not_approved',
  131048: 'spam_limited',
  131064: 'messaging_limit_cut',
  4: 'app_limited',
  80007: 'account_limited',
  130429: 'number_limited',
  131056: 'recipient_limited',
  1: 'provider_unavailable',
  2: 'provider_unavailable',
  131000: 'provider_unavailable',
  131016: 'provider_unavailable',
  131057: 'provider_unavailable',
  133004: 'provider_unavailable',
  132069: 'provider_unavailable',
  131047: 'window_closed',
  131026: 'undeliverable',
  131021: 'same_number',
  130497: 'country_forbidden',
  131049: 'marketing_capped',
  130472: 'in_experiment',
  131050: 'opted_out',
  130403: 'blocked_by_us',
  131062: 'needs_phone',
  100: 'invalid_request',
  131008: 'invalid_request',
  131009: 'invalid_request',
  135000: 'invalid_request',
  131051: 'unsupported_type',
  131052: 'media_unreadable',
  131053: 'media_refused',
  131060: 'message_unavailable',
  132000: 'template_variables',
  132012: 'template_variables',
  132018: 'template_variables',
  132001: 'template_missing',
  132005: 'template_too_long',
  132007: 'template_refused',
  132015: 'template_paused',
  132016: 'template_disabled',
  132068: 'flow_blocked',
}
const unknownObject = 33
/** "Something went wrong", and it may have been sent all the same. */
const mayHaveBeenSent = new Set([1, 131000])

/** What an answer that is no success means. */
export function failureOfAnswer(status: number, body: unknown): Failure {
  const error = objectIn(objectIn(body).error)
  if (numberIn(error.code) !== null) return failureOfError(error, status, body)
  if (status === 401) return failed('token_invalid', { raw: body })
  return failed(status >= 500 || status === 429 ? 'provider_unavailable' : 'refused', { raw: body })
}

/** An error as answers and webhooks write it. */
export function failureOfError(error: Loose, status = 0, raw: unknown = error): Failure {
  const code = numberIn(error.code) ?? -1
  const detail = detailOf(error)
  return failed(reasonOf(code, error, status), { code, detail, raw })
}

/** Did it fail for certain, or could the message have gone out? Only certainty may be tried again. */
export function isAmbiguous(status: number, body: unknown): boolean {
  const code = numberIn(objectIn(objectIn(body).error).code)
  return code === null ? status >= 500 : mayHaveBeenSent.has(code)
}

function reasonOf(code: number, error: Loose, status: number): Reason {
  if (code === 100 && numberIn(error.error_subcode) === unknownObject) return 'number_missing'
  if (code >= 200 && code <= 299) return 'permission_missing'
  const known = reasons[code]
  if (known) return known
  const isPassing = status >= 500 || status === 429 || error.is_transient === true
  return isPassing ? 'provider_unavailable' : 'refused'
}

/** Older answers carry the details as a plain text. */
const detailOf = (error: Loose) =>
  idIn(error.error_data) ??
  textIn(objectIn(error.error_data).details) ??
  textIn(error.message) ??
  textIn(error.title)
