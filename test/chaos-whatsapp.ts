import { test } from 'node:test'
import { freshDatabase } from './harness.ts'
import { converseThroughKills } from './whatsapp/soak.ts'

// The long run: npm run test:chaos. Shorter: CHAOS_PEOPLE=5 CHAOS_MESSAGES=10 CHAOS_EVERY_MS=1500.
const people = Number(process.env.CHAOS_PEOPLE ?? 40)
const messages = Number(process.env.CHAOS_MESSAGES ?? 40)
const everyMs = Number(process.env.CHAOS_EVERY_MS ?? 4000)

const fresh = await freshDatabase()
test(`${people * messages * 4} messages with ${people * 2} people, and a kill every ${everyMs} ms`, async (t) => {
  t.diagnostic(JSON.stringify(await converseThroughKills(fresh, { people, messages, everyMs, hangs: true })))
})
