import type { FastifyRequest } from 'fastify'

/** Where a browser says that a request comes from; `unknown` when it is no browser, or an old one. */
export function originOf({ headers }: FastifyRequest, publicUrl: string): 'own' | 'foreign' | 'unknown' {
  const { origin, host, 'sec-fetch-site': site } = headers
  if (typeof site === 'string') return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
  if (origin === undefined) return 'unknown'
  if (!URL.canParse(origin)) return 'foreign'
  const { host: itsHost, origin: itself } = new URL(origin)
  return itself === new URL(publicUrl).origin || itsHost === host ? 'own' : 'foreign'
}
