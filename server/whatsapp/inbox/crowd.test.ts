import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../../test/harness.ts'
import { tell } from '../../../test/whatsapp/heard.ts'
import { metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { metaHook } from '../../../test/whatsapp/written.ts'

const app = await startApp()

test('whoever writes down another’s business keeps nobody from hearing of it', async () => {
  const [mallory, acme] = [await app.newAccount(), await app.newAccount()]
  const business = '777'
  for (let n = 0; n < 60; n++)
    await metaNumberOf(mallory.scope, { isPrimary: false, number: `66${n}`, business, appSecret: 'another' })
  await app.database.pool.query(`-- test\nupdate instances set status = 'failed'`)
  const number = await metaNumberOf(acme.scope, { number: '55', business })
  const hook = metaHook({ number_key: '', business_key: business }, {}, 'message_template_status_update')
  delete (hook.entry[0]!.changes[0]!.value as { metadata?: object }).metadata
  assert.equal(await tell(app, number, hook), 200)
})
