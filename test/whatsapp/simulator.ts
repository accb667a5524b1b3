import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fixture } from './fixtures.ts'

// biome-ignore lint/suspicious/noExplicitAny: a body has the shape that its sender says it has
type Json = any
export type Seen = {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Json
}
export type Answer = { status: number; body?: unknown; text?: string; type?: string }
/** Whether the message is taken or not, the answer may never come. */
export type Fault = 'hang' | 'reset' | 'taken_then_hang' | 'taken_then_reset' | 'taken_then_empty' | Answer
export type Delivering = {
  /** How often each event is told. */
  copies: number
  isReordered: boolean
  /** After an answer that is no success, so often more. */
  retries: number
}

/** What both simulators are made of: a real server, faults in turn, and webhooks as they come in life. */
export async function startSimulator(
  handle: (seen: Seen) => Answer,
  isSend: (seen: Seen) => boolean,
  sign: (raw: Buffer) => Record<string, string>,
) {
  const faults: Fault[] = []
  const seen: Seen[] = []
  const delivering: Delivering = { copies: 1, isReordered: false, retries: 0 }
  const hooks = { url: null as string | null }
  const pending = new Set<Promise<void>>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const url = new URL(request.url!, 'http://localhost')
    const asked: Seen = {
      method: request.method!,
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
    seen.push(asked)
    const fault = isSend(asked) ? faults.shift() : undefined
    if (fault === 'hang') return
    if (fault === 'reset') return void request.socket.destroy()
    if (typeof fault === 'object') return write(response, fault)
    const answer = handle(asked)
    if (fault === 'taken_then_hang') return
    if (fault === 'taken_then_reset') return void request.socket.destroy()
    if (fault === 'taken_then_empty') return write(response, { status: answer.status, text: '' })
    write(response, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    seen,
    delivering,
    hooks,
    /** Tells these, as often and in the order that is set; `settled` waits for it. */
    tell(events: unknown[]) {
      if (hooks.url === null) return
      const copies = Array.from({ length: delivering.copies }, () => events).flat()
      const sent = deliver(delivering.isReordered ? copies.reverse() : copies)
      pending.add(sent)
      sent.finally(() => pending.delete(sent))
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }

  async function deliver(events: unknown[]) {
    for (const event of events) {
      const raw = Buffer.from(asMetaEscapes(JSON.stringify(event)))
      for (let tries = 0; tries <= delivering.retries; tries++) {
        // Wherever they are to go by now.
        if (hooks.url === null || (await wasTaken(hooks.url, raw, sign(raw)))) break
        await new Promise((done) => setTimeout(done, Math.min(20 * 2 ** tries, 1000)))
      }
    }
  }
}
export type Simulator = Awaited<ReturnType<typeof startSimulator>>

/** A documented refusal, to the letter of its fixture. */
export function refusal(file: string): Answer {
  const { status, body, bodyText, headers } = fixture(file)
  return { status, body, text: bodyText, type: headers?.['content-type'] }
}

/** Everything beyond ASCII is written with escapes, as it is signed. */
const asMetaEscapes = (json: string) =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

async function wasTaken(url: string, raw: Buffer, headers: Record<string, string>) {
  const given = { 'content-type': 'application/json', ...headers }
  const answer = await fetch(url, { method: 'POST', headers: given, body: raw }).catch(() => null)
  await answer?.arrayBuffer().catch(() => {})
  return answer?.ok === true
}

function write(response: ServerResponse, { status, body, text, type = 'application/json' }: Answer) {
  response.writeHead(status, { 'content-type': type }).end(text ?? JSON.stringify(body))
}
