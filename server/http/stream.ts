import { PassThrough } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createFeed, type News, readerOf } from '#events/realtime.ts'
import type { Caller } from '#http/authenticate.ts'
import type { Database } from '#platform/database.ts'
import { tooOften } from '#platform/errors.ts'
import { readInstant } from '#platform/values.ts'

const heartbeatMs = 20_000
const mostPerAccount = 500
const mostUnreadBytes = 256 * 1024
const headers = {
  'content-type': 'text/event-stream',
  // A proxy that gathers answers would keep the news.
  'x-accel-buffering': 'no',
}

/** Open streams of Server-Sent Events: fed by one reader, asked again whether they may, ended when the server is. */
export function createStreams(database: Database, onTrouble: (error: unknown) => void) {
  const feed = createFeed(database, onTrouble)
  const open = new Set<PassThrough>()

  return {
    async open(caller: Caller, request: FastifyRequest, reply: FastifyReply) {
      reply.headers(headers)
      if (request.method === 'HEAD') return reply.send()
      if (feed.listening(caller.accountId) >= mostPerAccount) throw tooOften(heartbeatMs / 1000)
      const out = new PassThrough()
      open.add(out)
      const after = readInstant(request.headers['last-event-id'])
      let { can } = caller
      let told = ''
      const stop = await feed.listen(caller.accountId, tell, after?.toISOString())
      out.write(`retry: 2000\nid: ${told}\n\n`)
      const beating = setInterval(() => void beat().catch(onTrouble), heartbeatMs)
      out.on('close', () => {
        open.delete(out)
        clearInterval(beating)
        stop()
      })
      return reply.send(out)

      function tell({ changes, until }: News) {
        told = until
        const mine = changes.filter(({ type }) => can(readerOf(type)))
        if (out.writableEnded || mine.length === 0) return
        // Whoever does not read comes back, and is told what it missed.
        if (out.readableLength > mostUnreadBytes) return out.destroy()
        out.write(`${mine.map((change) => `data: ${JSON.stringify(change)}\n\n`).join('')}id: ${until}\n\n`)
      }

      async function beat() {
        const now = await caller.still()
        if (!now) return out.end()
        can = now
        if (!out.writableEnded) out.write(`:\nid: ${told}\n\n`)
      }
    },
    async close() {
      for (const out of open) out.end()
      await feed.close()
    },
  }
}
