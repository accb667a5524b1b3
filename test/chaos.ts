import { test } from 'node:test'
import { retryThroughKills } from './chaos-kills.ts'
import { syncThroughChaos } from './chaos-sync.ts'
import { freshDatabase } from './harness.ts'

// The long runs, about half an hour: npm run test:chaos. Fewer or shorter: CHAOS_SEEDS=3 CHAOS_SECONDS=10 CHAOS_KILLS=20.
const seeds = Number(process.env.CHAOS_SEEDS ?? 20)
const seconds = Number(process.env.CHAOS_SECONDS ?? 60)
const kills = Number(process.env.CHAOS_KILLS ?? 100)

for (let seed = 1; seed <= seeds; seed++) {
  const fresh = await freshDatabase()
  test(`sync under fire, seed ${seed}`, async (t) => {
    t.diagnostic(JSON.stringify(await syncThroughChaos(fresh, { seed, ms: seconds * 1000 })))
  })
}

const killed = await freshDatabase()
test(`${kills} kills, and each write exactly once`, async (t) => {
  t.diagnostic(JSON.stringify(await retryThroughKills(killed, kills)))
})
