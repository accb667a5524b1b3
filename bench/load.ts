import { connect } from 'node:net'
import { createHistogram } from 'node:perf_hooks'

export type Request = { method: string; path: string; body?: unknown; headers?: Record<string, string> }
/** Requests answered in a second, and milliseconds until half and until 99 of 100 had their answer. */
export type Figures = { perSecond: number; p50: number; p99: number }

type Load = {
  port: number
  connections: number
  seconds: number
  requestsFor: (connection: number) => Request[]
}

/** Keeps every connection busy for so many seconds. Reads no more of an answer than its status and length:
 * on a small machine a client that parses takes more of the processor than the servers that it compares.
 */
export async function load({ port, connections, seconds, requestsFor }: Load): Promise<Figures> {
  const took = createHistogram()
  const prepared = Array.from({ length: connections }, (_, n) => requestsFor(n).map(bytesOf))
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(prepared.map((requests) => ask(port, requests, until, (us) => took.record(us))))
  const elapsed = (performance.now() - started) / 1000
  return { perSecond: took.count / elapsed, p50: took.percentile(50) / 1000, p99: took.percentile(99) / 1000 }
}

function ask(port: number, requests: Buffer[], until: number, onAnswer: (microseconds: number) => void) {
  return new Promise<void>((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let turn = 0
    let sentAt = 0
    let missing = -1
    let head = ''
    const send = () => {
      sentAt = performance.now()
      socket.write(requests[turn++ % requests.length]!)
    }
    socket.setTimeout(20_000, () => socket.destroy(new Error('No answer for 20 seconds.')))
    socket.once('connect', send)
    socket.once('error', fail)
    socket.once('close', () => done())
    socket.on('data', (chunk) => {
      if (missing === -1) {
        head += chunk.toString('latin1')
        const end = head.indexOf('\r\n\r\n')
        if (end === -1) return
        if (!head.startsWith('HTTP/1.1 2')) return fail(new Error(head))
        missing = Number(/\r\ncontent-length: (\d+)/i.exec(head)![1]) - (head.length - end - 4)
        head = ''
      } else missing -= chunk.length
      if (missing > 0) return
      missing = -1
      const now = performance.now()
      onAnswer(Math.max(Math.round((now - sentAt) * 1000), 1))
      if (now < until) send()
      else socket.end()
    })
  })
}

function bytesOf({ method, path, body, headers = {} }: Request) {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all: Record<string, string | number> = { host: 'localhost', ...headers }
  if (text)
    Object.assign(all, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`)
}
