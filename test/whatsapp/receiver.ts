import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Headers } from '#whatsapp/provider.ts'

export type Delivered = { raw: Buffer; headers: Headers }

/** Where a simulator's webhooks arrive: the bytes as they came. */
export async function startReceiver() {
  const delivered: Delivered[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    delivered.push({ raw: Buffer.concat(chunks), headers: request.headers })
    response.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    delivered,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
