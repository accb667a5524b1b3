import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inTransaction } from '#platform/scope.ts'
import { httpOptions, startApp } from '../../../test/harness.ts'
import { startMeta } from '../../../test/whatsapp/meta-simulator.ts'
import { graphOf, metaNumberOf } from '../../../test/whatsapp/numbers.ts'
import { newTalk, say } from '../../../test/whatsapp/talks.ts'
import { until } from '../../../test/whatsapp/until.ts'
import { noMedia } from '../media.ts'
import type { Media } from '../provider.ts'
import { keepMedia } from './media.ts'
import { forgetFiles } from './media-housekeeping.ts'

const meta = await startMeta()
const app = await startApp({ workers: true, graph: graphOf(meta) })
after(() => meta.close())
const acme = await app.newAccount()
const { scope } = acme
const number = await metaNumberOf(scope)
const sql = (text: string, ...values: unknown[]) => app.database.pool.query(`-- test\n${text}`, values)

/** A customer sent this file. */
async function send(media: Partial<Media>, { leadId = null as number | null } = {}) {
  const talk = await newTalk(scope, number.id, { leadId })
  const message = await say(scope, talk, { kind: 'image' })
  await inTransaction(scope, (within) => keepMedia(within, message, { ...noMedia, ...media }))
  return { talk, message }
}
const shown = async ({ talk }: { talk: number }) => {
  const { data } = (await acme.get(`/conversations/${talk}/messages`)).body
  return data[0].media as {
    state: string
    mime_type: string
    filename: string
    size_bytes: number
    problem: string
  }
}
const settled = (sent: { talk: number }) =>
  until('the file is kept or given up', async () => {
    const media = await shown(sent)
    return media.state !== 'waiting' && media
  })
const download = ({ message }: { message: number }, headers = {}, method = 'GET') =>
  fetch(`${app.url}/api/v1/messages/${message}/media`, {
    method,
    headers: { 'x-api-key': acme.key, ...headers },
  })

test('a customer’s image is fetched, kept, and shown to who may read WhatsApp', async () => {
  meta.files.set('1', { mime_type: 'image/jpeg', text: 'a picture' })
  const sent = await send({ id: '1', mime_type: 'image/jpeg', filename: '../../etc/foto.jpg' })
  const media = await settled(sent)
  assert.deepEqual(
    [media.state, media.mime_type, media.filename, media.size_bytes],
    ['kept', 'image/jpeg', 'foto.jpg', 9],
  )
  const reply = await download(sent)
  assert.deepEqual([reply.status, await reply.text()], [200, 'a picture'])
  const header = (name: string) => reply.headers.get(name)
  assert.equal(header('content-type'), 'image/jpeg')
  assert.equal(header('content-length'), '9')
  assert.equal(header('x-content-type-options'), 'nosniff')
  assert.match(header('content-security-policy')!, /default-src 'none'.*sandbox/)
  assert.equal(header('content-disposition'), 'inline; filename=foto.jpg')
  const narrow = await app.newAccount({ scopes: ['leads:read'] })
  assert.equal((await narrow.get(`/messages/${sent.message}/media`)).status, 403)
  assert.equal((await (await app.newAccount()).get(`/messages/${sent.message}/media`)).status, 404)
  const { data } = (await acme.get('/events?type=message.updated')).body
  assert.equal(data.at(-1).data.message.media.state, 'kept')
})

test('parts, what is known already, and what is asked beyond the end', async () => {
  meta.files.set('2', { mime_type: 'audio/ogg; codecs=opus', text: '0123456789' })
  const sent = await send({ id: '2' })
  await settled(sent)
  const parts: [string, number, string, string | null][] = [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['bytes=-', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
  ]
  for (const [range, status, text, contentRange] of parts) {
    const reply = await download(sent, { range })
    assert.deepEqual(
      [reply.status, await reply.text(), reply.headers.get('content-range')],
      [status, text, contentRange],
      range,
    )
  }
  const beyond = await download(sent, { range: 'bytes=10-' })
  assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, 'bytes */10'])
  const whole = await download(sent)
  const etag = whole.headers.get('etag')!
  assert.equal(whole.headers.get('content-disposition'), 'inline; filename=audio.ogg')
  assert.equal((await download(sent, { 'if-none-match': etag })).status, 304)
  assert.equal((await download(sent, { range: 'bytes=0-1', 'if-range': '"another"' })).status, 200)
  const head = await download(sent, {}, 'HEAD')
  assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '10', ''])
})

test('what could run a script is saved and not shown, under a name that breaks no header', async () => {
  for (const mime_type of ['image/svg+xml', 'text/html', 'application/xhtml+xml']) {
    meta.files.set('3', { mime_type, text: '<script>alert(1)</script>' })
    const sent = await send({ id: '3', filename: 'preço\r\nSet-Cookie: a=b"; x.html' })
    await settled(sent)
    const reply = await download(sent)
    assert.match(
      reply.headers.get('content-disposition')!,
      /^attachment; filename=.*preSet|^attachment; filename="pre/,
    )
    assert.equal(reply.headers.get('set-cookie'), null)
    assert.match(reply.headers.get('content-security-policy')!, /sandbox$/)
  }
})

test('bytes that are not what was promised are fetched again', async () => {
  let reads = 0
  const changing = {
    mime_type: 'image/png',
    // The digest of one, the bytes of another; from then on the truth.
    get text() {
      return ++reads === 2 ? 'other bytes' : 'the picture'
    },
  }
  meta.files.set('4', changing)
  const sent = await send({ id: '4' })
  await until('a first try', async () => reads >= 2)
  assert.equal((await shown(sent)).state, 'waiting')
  assert.equal((await download(sent)).status, 404)
  assert.equal((await settled(sent)).state, 'kept')
  assert.equal(await (await download(sent)).text(), 'the picture')
})

test('what Meta no longer has is given up after some tries, with the reason; what was never there at once', async () => {
  const gone = await send({ id: '404404' })
  for (let tries = 1; tries < 6; tries++) {
    await until('another try, and its end', async () => {
      const { rows } = await sql(
        `select 1 from message_media where message_id = $1 and tries = $2 and due_at < now() + interval '9 minutes'`,
        gone.message,
        tries,
      )
      return rows.length > 0
    })
    await sql(
      `update message_media set due_at = now() where message_id = $1 and state = 'waiting'`,
      gone.message,
    )
  }
  const media = await settled(gone)
  assert.equal(media.state, 'failed')
  assert.match(media.problem, /^a mídia não pôde ser baixada/)
  const { rows } = await sql('select status from instances where id = $1', number.id)
  assert.equal(rows[0].status, 'connected', 'the number is not to blame')
  const never = await send({ problem: 'File is too big' })
  assert.equal((await shown(never)).state, 'failed')
})

test('whoever began to fetch and died is followed by another', async () => {
  meta.files.set('5', { mime_type: 'image/png', text: 'five' })
  const sent = await send({ id: '404505' })
  await sql(
    `update message_media set source = source || '{"id": "5"}', tries = 1, due_at = now() - interval '1 second' where message_id = $1`,
    sent.message,
  )
  assert.equal((await settled(sent)).state, 'kept')
})

test('a number that Meta refuses says so, and the file waits for it', async () => {
  const other = await app.newAccount()
  const { sealed } = await import('../channels.ts')
  const wrong = sealed({ token: 'revoked', app_secret: 'x' }, other.scope.accountId, httpOptions.secret)
  const theirs = await metaNumberOf(other.scope, { number: '1' })
  await sql('update instances set secrets = $1 where id = $2', wrong, theirs.id)
  const talk = await newTalk(other.scope, theirs.id)
  const message = await say(other.scope, talk, { kind: 'image' })
  await inTransaction(other.scope, (within) => keepMedia(within, message, { ...noMedia, id: '1' }))
  const instance = await until('the number says so', async () => {
    const { rows } = await sql('select status, status_reason from instances where id = $1', theirs.id)
    return rows[0].status === 'failed' && rows[0]
  })
  assert.equal(instance.status_reason, 'token_invalid')
  const { rows } = await sql(
    'select state, due_at > now() as waits from message_media where message_id = $1',
    message,
  )
  assert.deepEqual(rows, [{ state: 'waiting', waits: true }])
})

test('a deleted lead takes its conversations, messages and, an hour later, its files along', async () => {
  const lead = (await acme.post('/leads', { name: 'Vai embora' })).body.lead.id
  meta.files.set('6', { mime_type: 'image/png', text: 'six' })
  const sent = await send({ id: '6' }, { leadId: lead })
  await settled(sent)
  const key = `${scope.accountId}/${sent.message}`
  await acme.delete(`/leads/${lead}`)
  assert.equal((await acme.get(`/conversations/${sent.talk}`)).status, 404)
  assert.equal((await download(sent)).status, 404)
  const { files } = httpOptions
  await forgetFiles(app.database.db, files)
  const early = await files.open(key)
  assert.ok(early, 'somebody may still be writing it')
  early.destroy()
  await sql('update forgotten_files set due_at = now() where storage_key = $1', key)
  await forgetFiles(app.database.db, files)
  assert.equal(await files.open(key), null)
  const { rows } = await sql('select 1 from forgotten_files where account_id = $1', scope.accountId)
  assert.deepEqual(rows, [])
})
