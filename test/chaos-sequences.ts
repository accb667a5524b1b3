import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from './harness.ts'
import { type Kind, kinds, live } from './sequences/simulation.ts'

// The long run: npm run test:chaos. Another life: SEED=7; a smaller one: CHAOS_SCALE=0.1.
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const scale = Number(process.env.CHAOS_SCALE ?? 1)
const app = await startApp()
const of = (whole: number) => Math.max(Math.round(whole * scale), 5)

for (const kind of Object.keys(kinds) as Kind[]) {
  test(`six months of a hundred sequences (${kind}), with connections that die`, async (t) => {
    const size = {
      seed,
      sequences: of(100),
      // Where all that have a tag are enrolled at once, fewer of them do as much.
      leads: of(kinds[kind].isShared ? 1000 : 3000),
      operations: of(kinds[kind].isShared ? 4000 : 12_000),
      days: 180,
      crashes: 0.02,
    }
    console.error(JSON.stringify({ kind, ...size }))
    const begun = Date.now()
    const onProgress = (done: number) => {
      if (done % 500 === 0)
        console.error(`${kind}: ${done} of ${size.operations}, ${Math.round((Date.now() - begun) / 1000)} s`)
    }
    const { told, expected, ...counts } = await live(app, kind, { ...size, onProgress })
    t.diagnostic(JSON.stringify({ runs: told.length, ...counts }))
    assert.deepEqual(told, expected)
  })
}
