import dns from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, buildConnector, type Dispatcher, request } from 'undici'

export type Answered = { status: number; headers: Record<string, string>; body: string }
export type Outbound = {
  post(url: string, headers: Record<string, string>, body: string): Promise<Answered>
  close(): Promise<void>
}
type Resolve = (host: string, options: dns.LookupAllOptions, done: Found) => void
type Found = (error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[]) => void

const longestMs = 15_000
const keptBodyBytes = 4096
const readBodyBytes = 64 * 1024
const longestHeaderBytes = 8192

/** Requests to addresses that strangers chose. Redirects are not followed, and answers are read only so far.
 *
 * Where it goes is decided when the connection is made: the very address that was checked is the one that is used.
 */
export function createOutbound({ allowPrivate = false, resolve = dns.lookup as Resolve } = {}): Outbound {
  const agent = new Agent({
    connect: connectorTo(allowPrivate, resolve),
    headersTimeout: longestMs,
    bodyTimeout: longestMs,
    maxHeaderSize: longestHeaderBytes,
  })
  return {
    async post(url, headers, body) {
      if (!allowPrivate && new URL(url).protocol !== 'https:') throw new Error('Only https is allowed.')
      const signal = AbortSignal.timeout(longestMs)
      const answer = await request(url, { dispatcher: agent, method: 'POST', headers, body, signal })
      return {
        status: answer.statusCode,
        headers: flat(answer.headers),
        body: await beginningOf(answer.body),
      }
    },
    close: () => agent.close(),
  }
}

/** Is this an address that everybody can reach? Everything else is somebody's inside. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const read = ipaddr.process(address)
  if (read.range() !== 'unicast') return false
  // What lies outside of the global range may carry an IPv4 address in it, such as ::127.0.0.1.
  return read.kind() === 'ipv4' || read.match(ipaddr.parseCIDR('2000::/3'))
}

/** Is this plainly nobody's public address? What a name resolves to is seen when the connection is made. */
export function isPlainlyPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return isIP(host) ? !isPublic(host) : /(^|\.)(localhost|local|internal|localdomain)$/i.test(host)
}

/** Connects to the very address that was checked. */
export function connectorTo(
  allowPrivate: boolean,
  resolve: Resolve = dns.lookup as Resolve,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: 10_000,
    ...(allowPrivate ? {} : { lookup: publicLookup(resolve) }),
  } as buildConnector.BuildOptions)
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    // An address that is written out is never looked up.
    if (!allowPrivate && isIP(host) && !isPublic(host)) return done(refused(host), null)
    connect(options, done)
  }
}

const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (host, options, done) =>
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const inside = addresses.find(({ address }) => !isPublic(address))
      if (inside || addresses.length === 0) return done(refused(inside?.address ?? host), [])
      if (options.all) return done(null, addresses)
      return done(null, addresses[0]!.address, addresses[0]!.family)
    })

const refused = (address: string) => new Error(`${address} is not a public address.`)

/** The start of the answer. One that is far longer costs its connection. */
async function beginningOf(body: Dispatcher.ResponseData['body']) {
  const kept: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (bytes < keptBodyBytes) kept.push(chunk)
      bytes += chunk.length
      if (bytes > readBodyBytes) break
    }
  } catch {
    // The status came in time; that is the answer.
  }
  const text = Buffer.concat(kept).subarray(0, keptBodyBytes).toString('utf8')
  return storable(text)
}

function flat(headers: Record<string, string | string[] | undefined>) {
  const entries = Object.entries(headers).slice(0, 50)
  return Object.fromEntries(entries.map(([name, value]) => [name, storable([value].flat().join(', '))]))
}

// PostgreSQL keeps no NUL.
const storable = (text: string) => text.replaceAll('\0', '\ufffd').toWellFormed()
