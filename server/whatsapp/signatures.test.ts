import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { phoneSpellings } from '#leads/identity/phone.ts'
import { kindOf, phoneOf } from '#whatsapp/numbers.ts'
import { handshake, isFromMeta, isFromWaha } from '#whatsapp/signatures.ts'
import { fixture, testEach } from '../../test/whatsapp/fixtures.ts'

type Vector = {
  name: string
  provider: string
  secret: string
  rawBody: string
  headers: object
  valid: boolean
}
const vectors: Vector[] = fixture('signature-vectors.json')

function isBelieved({ provider, secret, headers }: Vector, raw: Buffer) {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return provider === 'waha' ? isFromWaha(raw, lower, secret) : isFromMeta(raw, lower, secret)
}

testEach('signature-vectors', {
  'signature-vectors': () => {
    for (const vector of vectors)
      assert.equal(isBelieved(vector, Buffer.from(vector.rawBody)), vector.valid, vector.name)
  },
})

test('one changed byte, anywhere in the body or its signature, and it is not believed', () => {
  for (const vector of vectors.filter(({ valid }) => valid)) {
    const raw = Buffer.from(vector.rawBody)
    for (let at = 0; at < raw.length; at++) {
      const changed = Buffer.from(raw)
      changed[at]! ^= 1
      assert.equal(isBelieved(vector, changed), false, `${vector.name}, byte ${at}`)
    }
    const name = vector.provider === 'waha' ? 'X-Webhook-Hmac' : 'X-Hub-Signature-256'
    const given = String(vector.headers[name as never])
    for (let at = 0; at < given.length; at++) {
      const other = given[at] === 'a' ? 'b' : 'a'
      const headers = { ...vector.headers, [name]: given.slice(0, at) + other + given.slice(at + 1) }
      assert.equal(isBelieved({ ...vector, headers }, raw), false, `${vector.name}, character ${at}`)
    }
  }
})

test('without a secret nothing is believed, not even what is signed with nothing', () => {
  const raw = Buffer.from('{}')
  const meta = createHmac('sha256', '').update(raw).digest('hex')
  const waha = createHmac('sha512', '').update(raw).digest('hex')
  assert.equal(isFromMeta(raw, { 'x-hub-signature-256': `sha256=${meta}` }, ''), false)
  assert.equal(isFromWaha(raw, { 'x-webhook-hmac': waha, 'x-webhook-hmac-algorithm': 'sha512' }, ''), false)
  assert.equal(isFromMeta(raw, { 'x-hub-signature-256': [`sha256=${meta}`] }, 'secret'), false)
})

test('WAHA’s signature is believed only with the algorithm that is ours', () => {
  const raw = Buffer.from('{}')
  const signature = createHmac('sha512', 'key').update(raw).digest('hex')
  const given = (algorithm?: string) => ({
    'x-webhook-hmac': signature,
    ...(algorithm ? { 'x-webhook-hmac-algorithm': algorithm } : {}),
  })
  assert.equal(isFromWaha(raw, given('sha512'), 'key'), true)
  assert.equal(isFromWaha(raw, given('sha1'), 'key'), false)
  assert.equal(isFromWaha(raw, given(), 'key'), false)
})

testEach('cloud_api/verification', {
  verification: () => {
    const { ok, wrong_token, wrong_mode } = fixture('cloud_api/verification.json')
    const answerTo = ({ request, config }: typeof ok) =>
      handshake(Object.fromEntries(new URLSearchParams(request.query)), config.verify_token)
    assert.equal(answerTo(ok), ok.response.bodyText)
    assert.equal(answerTo(wrong_token), null)
    assert.equal(answerTo(wrong_mode), null)
    assert.equal(
      handshake({ 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' }, ''),
      null,
    )
  },
})

testEach('br-phone-cases', {
  'br-phone-cases': () => {
    for (const { in: given, canonical, variants } of fixture('br-phone-cases.json')) {
      // The first is as a person writes it; ids of WhatsApp have no spaces.
      const id = given.includes(' ') ? given.replace(/[^\d+]/g, '') : given
      assert.equal(phoneOf(id), canonical, given)
      assert.deepEqual(canonical === null ? [] : phoneSpellings(canonical), variants, given)
    }
  },
})

test('ids that are no person’s phone are known for what they are', () => {
  const kinds = {
    '185203123456789@lid': 'lid',
    '120363041234567890@g.us': 'group',
    '120363041234567890@newsletter': 'channel',
    'status@broadcast': 'story',
    '1690000000@broadcast': 'broadcast_list',
    'BR.1306909301512063': 'bsuid',
    'BR.ENT.1306909301512063': 'bsuid',
    '': 'unknown',
    'x@example.com': 'unknown',
  }
  for (const [id, kind] of Object.entries(kinds)) {
    assert.equal(kindOf(id), kind, id)
    assert.equal(phoneOf(id), null, id)
  }
})
