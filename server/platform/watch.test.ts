import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBell } from '#platform/bell.ts'
import { startWatch } from '#platform/watch.ts'
import { freshDatabase } from '../../test/harness.ts'
import { until } from '../../test/whatsapp/until.ts'

const { database } = await freshDatabase()
const { pool } = database
const never = 3_600_000

async function lines() {
  const { rows } = await pool.query(`-- test
    select pid from pg_stat_activity where datname = current_database() and application_name = 'funil bell'`)
  return rows.map(({ pid }) => pid)
}

function startCounting() {
  const looks = { count: 0 }
  const look = async () => {
    looks.count++
    return false
  }
  const onTrouble = (error: unknown) => assert.fail(String(error))
  return { looks, ...startWatch(pool, { look, onTrouble, everyMs: never }) }
}

test('all that watch in a process hear the bell on one connection, also after it broke', async () => {
  const [first, second] = [startCounting(), startCounting()]
  await until('there is a line', async () => (await lines()).length > 0)
  const ring = createBell(pool)
  async function bothHear() {
    const before = [first.looks.count, second.looks.count]
    await until('both looked', async () => {
      ring()
      return first.looks.count > before[0]! && second.looks.count > before[1]!
    })
  }
  await bothHear()
  const [pid, ...more] = await lines()
  assert.equal(more.length, 0)
  await pool.query('-- test\nselect pg_terminate_backend($1)', [pid])
  await until('there is another', async () => (await lines()).some((each) => each !== pid))
  await bothHear()
  await first.stop()
  const { count } = second.looks
  await until('the other still hears', async () => {
    ring()
    return second.looks.count > count
  })
  await second.stop()
  await until('nobody listens any more', async () => (await lines()).length === 0)
})
