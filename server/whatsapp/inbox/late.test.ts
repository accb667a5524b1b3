import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createNetwork } from '#platform/network.ts'
import { startApp } from '../../../test/harness.ts'
import { tell, unread } from '../../../test/whatsapp/heard.ts'
import { metaNumberOf, wahaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { until } from '../../../test/whatsapp/until.ts'
import { wahaSession } from '../../../test/whatsapp/waha-simulator.ts'
import { writes } from '../../../test/whatsapp/written.ts'

// Nobody is waited for so long within a test.
const network = createNetwork({ timeoutMs: 60_000, allowPrivate: true })
const app = await startApp({ workers: true, network })
const { pool } = app.database

test('a database in distress makes a message late by moments, not by minutes', async () => {
  const acme = await app.newAccount()
  const number = await metaNumberOf(acme.scope)
  await pool.query(`-- test
    create sequence refused;
    create function refuse() returns trigger language plpgsql as $$ begin
      if nextval('refused') <= 3 then raise exception 'not now' using errcode = 'lock_not_available'; end if;
      return new;
    end $$;
    create trigger refuse before insert on messages for each row execute function refuse();`)
  assert.equal(await tell(app, number, writes(number, '5511987654321', 'Oi')), 200)
  await until('the message was read', async () => (await acme.get('/conversations')).body.meta.total === 1)
  await until('its hook was done', async () => (await unread(app)).length === 0)
  const { rows } = await pool.query('-- test\nselect tries, last_value from whatsapp_hooks, refused')
  assert.deepEqual(rows, [{ tries: 1, last_value: 4 }])
})

test('a provider that does not answer holds up its own number alone', async () => {
  const silent = await silentServer()
  const acme = await app.newAccount()
  const session = await wahaNumberOf(acme.scope, { url: silent.url, settings: { engine: 'NOWEB' } as never })
  const number = await metaNumberOf(acme.scope, { number: '107', business: '207' })
  const payload = {
    id: 'false_185203123456789@lid_3A',
    from: '185203123456789@lid',
    fromMe: false,
    body: 'Oi',
  }
  await tell(app, session, {
    event: 'message.any',
    session: wahaSession,
    payload: { timestamp: 1, ...payload },
  })
  await until('it was asked who is behind the hidden id', async () => silent.asked.length === 1)
  await tell(app, number, writes(number, '5511987651111', 'Bom dia'))
  await until('the other was read', async () => (await acme.get('/conversations')).body.meta.total === 1)
  assert.equal(silent.asked[0]!.destroyed, false)
  silent.close()
  await until('so was the first', async () => (await acme.get('/conversations')).body.meta.total === 2)
})

/** Takes every question, and answers none. */
async function silentServer() {
  const asked: IncomingMessage[] = []
  const server = createServer((request) => asked.push(request)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  after(close)
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
