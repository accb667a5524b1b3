import { Agent, request } from 'undici'

// The least that can do it: the same body, so many times, so many at once. No queue, no signature, no log.
const [url, count, atOnce, body] = process.argv.slice(2) as [string, string, string, string]
const dispatcher = new Agent()
let left = Number(count)

async function keepSending() {
  while (left-- > 0) {
    const answer = await request(url, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await answer.body.dump()
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, keepSending))
await dispatcher.close()
