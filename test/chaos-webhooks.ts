import { test } from 'node:test'
import { freshDatabase } from './harness.ts'
import { deliverThroughKills } from './webhooks-soak.ts'

// The long run: npm run test:chaos. Fewer or faster: CHAOS_EVENTS=1000 CHAOS_EVERY_MS=1000.
const events = Number(process.env.CHAOS_EVENTS ?? 10_000)
const everyMs = Number(process.env.CHAOS_EVERY_MS ?? 3000)

const fresh = await freshDatabase()
test(`${events} events to three webhooks, with a kill every ${everyMs} ms`, async (t) => {
  t.diagnostic(JSON.stringify(await deliverThroughKills(fresh, { events, everyMs })))
})
