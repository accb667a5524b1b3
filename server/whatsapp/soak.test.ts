import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/harness.ts'
import { converseThroughKills } from '../../test/whatsapp/soak.ts'

const fresh = await freshDatabase()

// The long run, with thousands of messages: npm run test:chaos.
test('conversations through kills and faults: none lost, none twice, no step back', {
  timeout: 600_000,
}, async (t) => {
  const plan = { people: 3, messages: 6, everyMs: 1500, hangs: false }
  const { kills, ...rest } = await converseThroughKills(fresh, plan)
  t.diagnostic(JSON.stringify({ kills, ...rest }))
  assert.ok(kills >= 1)
})
