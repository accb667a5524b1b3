import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

export type Received = {
  path: string
  headers: IncomingHttpHeaders
  raw: string
  body: { id: number; event: string; data: Record<string, never>; [field: string]: unknown }
  at: number
}
/** What a receiver does with a request: a status, or anything that can go wrong. */
export type Behaviour = (response: ServerResponse, received: Received) => void

/** A receiver on real HTTP. Each path is a receiver of its own, and does as it is told. */
export async function startReceiver() {
  const received: Received[] = []
  const behaviours = new Map<string, Behaviour>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const raw = Buffer.concat(chunks).toString()
    const path = request.url!
    const one: Received = { path, headers: request.headers, raw, body: JSON.parse(raw), at: Date.now() }
    received.push(one)
    const behave = behaviours.get(path) ?? status(200)
    behave(response, one)
  })
  server.listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    port,
    received,
    url: (path: string) => `http://127.0.0.1:${port}${path}`,
    at: (path: string) => received.filter((one) => one.path === path),
    behave: (path: string, behaviour: Behaviour) => behaviours.set(path, behaviour),
    /** As many requests as that, or an error that says how many there were. */
    async until(path: string, howMany: number, longestMs = 30_000) {
      await until(
        () => received.filter((one) => one.path === path).length >= howMany,
        longestMs,
        () => {
          const seen = received.filter((one) => one.path === path).length
          return `${path} received ${seen} of ${howMany}`
        },
      )
      return received.filter((one) => one.path === path)
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>

export const status =
  (code: number, headers: Record<string, string> = {}, body = 'ok'): Behaviour =>
  (response) =>
    response.writeHead(code, headers).end(body)

export async function until(
  isSo: () => boolean | Promise<boolean>,
  longestMs: number,
  otherwise: () => string,
) {
  for (const end = Date.now() + longestMs; !(await isSo()); ) {
    if (Date.now() > end) throw new Error(otherwise())
    await sleep(10)
  }
}
