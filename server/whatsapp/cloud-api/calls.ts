import type { Asked, Call, Network } from '#platform/network.ts'
import { failureOfAnswer } from '#whatsapp/cloud-api/errors.ts'
import type { Found } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'

export type CloudApiSettings = {
  phone_number_id: string
  business_account_id: string
  token: string
  app_secret: string
  /** `https://graph.facebook.com` unless it is somewhere else. */
  base_url?: string
  version?: string
  /** Where Meta keeps media: the only places that see the token. */
  media_origins?: string[]
}
export const defaultVersion = 'v25.0'
export const defaultMediaOrigins = ['https://lookaside.fbsbx.com']

/** One call of the Graph API; ids are escaped, the token stays in its header. */
export function graph(settings: CloudApiSettings, network: Network) {
  const base = (settings.base_url ?? 'https://graph.facebook.com').replace(/\/+$/, '')
  const root = `${base}/${settings.version ?? defaultVersion}`
  const headers = { authorization: `Bearer ${settings.token}`, accept: 'application/json' }
  return (method: Call['method'], path: string[], { query = {}, body }: Options = {}): Promise<Asked> => {
    const search = new URLSearchParams(query).toString()
    const url = `${root}/${path.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`
    return network.ask({ method, url, headers, body }, [settings.token])
  }
}
type Options = { query?: Record<string, string>; body?: unknown }
export type Graph = ReturnType<typeof graph>

/** An answer to a question, which may be asked again without harm. */
export function foundIn(asked: Asked): Found<unknown> {
  if (!asked.answer) return { failure: failed('provider_unreachable', { detail: asked.why }) }
  const { status, body } = asked.answer
  const isGood = status >= 200 && status < 300 && typeof body === 'object'
  return isGood ? { found: body } : { failure: failureOfAnswer(status, body) }
}
