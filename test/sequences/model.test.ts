import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { type Kind, kinds, live } from './simulation.ts'

// Another life: SEED=7 npm test -- test/sequences/model.test.ts. The long one: npm run test:chaos.
const seed = Number(process.env.SEED ?? 20_261_124)
const app = await startApp()

for (const kind of Object.keys(kinds) as Kind[]) {
  test(`six months of an account (${kind}): every run does what the model says, when it says, once`, async (t) => {
    const size = { seed, sequences: 5, leads: 20, operations: 130, days: 180, crashes: 0.03 }
    const { told, expected, ...counts } = await live(app, kind, size)
    t.diagnostic(JSON.stringify({ seed, runs: told.length, ...counts }))
    assert.deepEqual(told, expected)
    assert.ok(told.length > 15)
  })
}
