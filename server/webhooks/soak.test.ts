import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/harness.ts'
import { deliverThroughKills } from '../../test/webhooks-soak.ts'

const fresh = await freshDatabase()

// The long run, with ten thousand events: npm run test:chaos.
test('deliveries through kills: all of them, in order, and none of what was undone', {
  timeout: 300_000,
}, async (t) => {
  const { kills, undone, ...rest } = await deliverThroughKills(fresh, { events: 160, everyMs: 500 })
  t.diagnostic(JSON.stringify({ kills, undone, ...rest }))
  assert.ok(kills >= 1 && undone > 5)
})
