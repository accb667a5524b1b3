import type { Asked, Call, Network } from '#platform/network.ts'
import type { Found } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { failureOfAnswer } from '#whatsapp/waha/errors.ts'

export type Engine = 'WEBJS' | 'WPP' | 'NOWEB' | 'GOWS'
export type WahaSettings = {
  base_url: string
  session: string
  api_key: string
  /** Without one WAHA signs nothing, and then nothing is believed. */
  hmac_key: string
  engine: Engine
}

/** One call of WAHA's API; the key stays in its header. */
export function wahaCalls({ base_url, api_key, hmac_key }: WahaSettings, network: Network) {
  const headers = { 'x-api-key': api_key, accept: 'application/json' }
  const root = base_url.replace(/\/+$/, '')
  return (method: Call['method'], path: string[], { query = {}, body }: Options = {}): Promise<Asked> => {
    const search = new URLSearchParams(query).toString()
    const url = `${root}/api/${path.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`
    return network.ask({ method, url, headers, body }, [api_key, hmac_key])
  }
}
type Options = { query?: Record<string, string>; body?: unknown }
export type WahaCall = ReturnType<typeof wahaCalls>

/** An answer to a question, which may be asked again without harm. */
export function foundIn(asked: Asked): Found<unknown> {
  if (!asked.answer) return { failure: failed('provider_unreachable', { detail: asked.why }) }
  const { status, body } = asked.answer
  const isGood = status >= 200 && status < 300
  return isGood ? { found: body } : { failure: failureOfAnswer(status, body) }
}
