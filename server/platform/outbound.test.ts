import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createOutbound, isPublic } from '#platform/outbound.ts'
import { startReceiver, status } from '../../test/receiver.ts'

const receiver = await startReceiver()
const free = createOutbound({ allowPrivate: true })
after(async () => {
  await free.close()
  await receiver.close()
})

const inside = `
  0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
  192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
  :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1 0:0:0:0:0:ffff:a9fe:a9fe 64:ff9b::127.0.0.1
  64:ff9b::a9fe:a9fe 64:ff9b:1::a00:1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 fc00::1 fd12:3456::1 fe80::1
  fe80::1%eth0 fec0::1 ff02::1 fd00:ec2::254 4000::1`
  .trim()
  .split(/\s+/)
const outside = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8']

test('an address is public only when everybody can reach it', () => {
  for (const address of inside) assert.equal(isPublic(address), false, address)
  for (const address of outside) assert.equal(isPublic(address), true, address)
  for (const nonsense of ['', 'example.com', '999.1.1.1']) assert.equal(isPublic(nonsense), false)
})

/** Says where a name leads; whoever asks again may hear something else. */
const resolving = (...answers: string[]) => {
  let asked = 0
  const outbound = createOutbound({
    resolve: (_host, _options, done) => {
      const address = answers[Math.min(asked++, answers.length - 1)]!
      done(
        null,
        address.split(',').map((each) => ({ address: each, family: each.includes(':') ? 6 : 4 })),
      )
    },
  })
  after(() => outbound.close())
  return { post: () => outbound.post('https://example.com:1/', {}, '{}'), asked: () => asked }
}

test('the address is checked when the connection is made, each time anew', async () => {
  for (const address of inside.filter((each) => !each.includes('%'))) {
    await assert.rejects(resolving(address).post(), /is not a public address/, address)
  }
  await assert.rejects(resolving('1.1.1.1,127.0.0.1').post(), /127\.0\.0\.1 is not a public address/)
  const changing = resolving('127.0.0.1', '10.0.0.1')
  await assert.rejects(changing.post(), /127\.0\.0\.1 is not/)
  await assert.rejects(changing.post(), /10\.0\.0\.1 is not/)
  assert.equal(changing.asked(), 2)
})

test('an address that is written out is checked too, however it is spelt', async () => {
  const careful = createOutbound()
  after(() => careful.close())
  const hosts = [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '[::1]',
    '[::ffff:7f00:1]',
    '0',
  ]
  for (const host of hosts) {
    await assert.rejects(
      careful.post(`https://${host}:${receiver.port}/`, {}, '{}'),
      /is not a public address/,
      host,
    )
  }
  await assert.rejects(careful.post('https://localhost/', {}, '{}'), /is not a public address/)
  await assert.rejects(careful.post(receiver.url('/plain'), {}, '{}'), /Only https/)
  assert.equal(receiver.received.length, 0)
})

test('redirects are answers, and lead nowhere', async () => {
  receiver.behave('/moved', status(302, { location: receiver.url('/elsewhere') }))
  assert.equal((await free.post(receiver.url('/moved'), {}, '{}')).status, 302)
  assert.equal(receiver.at('/elsewhere').length, 0)
})

test('of a long answer only the start is read, and what the database cannot keep is replaced', async () => {
  receiver.behave('/endless', (response) => {
    response.writeHead(200)
    const more = setInterval(() => response.write('x'.repeat(16_000)), 1)
    response.on('close', () => clearInterval(more))
  })
  const { status: code, body } = await free.post(receiver.url('/endless'), {}, '{}')
  assert.deepEqual([code, body.length], [200, 4096])
  receiver.behave('/odd', (response) => response.end(Buffer.from([97, 0, 98, 0xff])))
  assert.equal((await free.post(receiver.url('/odd'), {}, '{}')).body, 'a\ufffdb\ufffd')
})

test('headers beyond reason are a failure, not our memory’s', async () => {
  receiver.behave('/heads', status(200, { 'x-long': 'x'.repeat(20_000) }))
  await assert.rejects(free.post(receiver.url('/heads'), {}, '{}'))
})

test('what answers no HTTP, or closes at once, is a failure', async () => {
  const rude = createServer().on('connection', (socket) => socket.end('what?\r\n\r\n'))
  await new Promise<void>((done) => rude.listen(0, '127.0.0.1', done))
  const { port } = rude.address() as AddressInfo
  await assert.rejects(free.post(`http://127.0.0.1:${port}/`, {}, '{}'))
  rude.close()
  await assert.rejects(free.post(`http://127.0.0.1:${port}/`, {}, '{}'), /ECONNREFUSED/)
})
