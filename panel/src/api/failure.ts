import type { Words } from '../words/words.ts'

type Body = {
  message?: string
  errors?: Record<string, string[]>
  retry_after?: number
  limit_reached?: boolean
  blocked?: boolean
  pending_tasks?: { id: number; subject: string; type: string }[]
  skip_reason?: string
  reason?: string
  required_permission?: string
  accounts?: { id: number; name: string }[]
}

/** What the API answered instead of a success; status 0 when it could not be reached. */
export class ApiFailure extends Error {
  readonly status: number
  readonly body: Body
  constructor(status: number, body: Body) {
    super(body.message ?? `HTTP ${status}`)
    this.status = status
    this.body = body
  }
}

/** One sentence for the person in front of it: what is wrong, and what to do. */
export function inWords(error: unknown, words: Words): string {
  const { failures, locale } = words
  if (!(error instanceof ApiFailure)) return failures.unexpected
  const { status, body } = error
  if (body.errors) return Object.values(fieldErrors(error, words)).join(' ')
  if (status === 0) return failures.offline
  if (status === 401) return failures.signedOut
  if (status === 403 && body.required_permission) return failures.forbidden
  if (status === 404) return failures.gone
  if (status === 412) return failures.stale
  if (status === 429) return failures.tooMany(body.retry_after ?? 60)
  if (status >= 500 && status !== 502) return failures.ours
  if (body.blocked) return failures.blocked
  if (body.limit_reached) return locale === 'pt-BR' && body.message ? body.message : failures.limitReached
  // The API speaks Portuguese; what has no words of ours is better shown than hidden.
  return refusalInWords(body, words) || body.message || failures.unexpected
}

/** Why a rule or a provider said no, where there are words of ours for it. */
export function refusalInWords(
  { reason, skip_reason }: Pick<Body, 'reason' | 'skip_reason'>,
  { failures: { rules, skipped }, reasons }: Pick<Words, 'failures' | 'reasons'>,
): string | undefined {
  const known: Record<string, string> = { ...reasons, ...rules }
  return known[reason ?? ''] ?? skipped[skip_reason as keyof typeof skipped]
}

/** The API's field errors as a form shows them, `form.setErrors(fieldErrors(error, words))`. */
export function fieldErrors(error: unknown, { failures }: Pick<Words, 'failures'>): Record<string, string> {
  if (!(error instanceof ApiFailure) || !error.body.errors) return {}
  return Object.fromEntries(
    Object.entries(error.body.errors).map(([field, [first = '']]) => [
      field,
      fieldError(first, failures.field),
    ]),
  )
}

type FieldWords = Words['failures']['field']

function fieldError(message: string, words: FieldWords) {
  const amount = Number(/(\d+)/.exec(message.replace(/^The .*? field/, ''))?.[1] ?? 0)
  if (message.endsWith('is required.')) return words.required
  if (message.includes('has already been taken')) return words.taken
  if (message.startsWith('The selected ')) return words.choose
  if (message.includes('valid email')) return words.email
  if (message.includes('valid URL')) return words.url
  if (message.includes('valid date') || message.includes('match the format')) return words.date
  if (message.includes('password is incorrect')) return words.password
  const [, variable] = /unknown variable: (.*)\.$/.exec(message) ?? []
  if (variable) return words.variable(variable)
  if (message.includes('format is invalid')) return words.format
  if (/start with.*https|that everybody can reach/.test(message)) return words.address
  if (message.includes('date after')) return words.future
  if (/must be (a number|an integer)/.test(message)) return words.number
  if (/at least \d+ characters/.test(message)) return words.shortest(amount)
  if (/greater than \d+ characters/.test(message)) return words.longest(amount)
  if (message.includes('at least')) return words.least(amount)
  if (/greater than|more than/.test(message)) return words.most(amount)
  return message
}
