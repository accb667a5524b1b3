import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Happening, Provider, Sent } from '#whatsapp/provider.ts'
import type { Reason } from '#whatsapp/reasons.ts'
import type { Delivered } from './receiver.ts'
import type { Answer, Fault } from './simulator.ts'

/** One provider, and the world around it that a test can move. */
export type Rig = {
  provider: Provider
  /** The same provider, which waits for a second; and at an address where nobody listens. */
  impatient: Provider
  nowhere: Provider
  /** An address that the provider delivered, and a phone that was typed. */
  customer: string
  phone: string
  secret: string
  /** Does it tell through a door where strangers knock? Then it signs. */
  signs: boolean
  failNext(fault: Fault): void
  howManyArrived(): number
  /** What the provider refuses, each by its documented answer, and what it must mean. */
  refusals: Record<string, [Answer, Reason]>
  customerWrites(text: string): Promise<Delivered[]>
  becomes(messageId: string, state: 'sent' | 'delivered' | 'read' | 'failed'): Promise<Delivered[]>
  close(): Promise<void>
}

const text = 'Oi, Ana! Temos o tênis preto 42. 🙂'

/** What every provider does in the same way; who passes this can carry a conversation. */
export function providerContract(name: string, open: () => Promise<Rig>) {
  const within = (what: string, body: (rig: Rig) => Promise<void>) =>
    test(`${name}: ${what}`, async () => {
      const rig = await open()
      try {
        await body(rig)
      } finally {
        await rig.close()
      }
    })
  const send = async ({ provider, customer }: Rig, address = customer) =>
    provider.sendText({ address, text, message_id: await provider.newMessageId() })

  within('a text is sent once and has an id, and the address that it went to', async (rig) => {
    for (const address of [rig.customer, rig.phone]) {
      const sent = await send(rig, address)
      assert.ok(sent.outcome === 'sent', JSON.stringify(sent))
      assert.ok(sent.message_id.length > 10)
      assert.ok(sent.address)
    }
    assert.equal(rig.howManyArrived(), 2)
  })

  within('whoever gets no answer does not know, and is not told to send again', async (rig) => {
    const faults: Fault[] = ['hang', 'reset', 'taken_then_hang', 'taken_then_reset']
    for (const fault of [...faults, { status: 502, text: '<html>Bad Gateway</html>', type: 'text/html' }]) {
      rig.failNext(fault)
      const { impatient, customer } = rig
      const sent = await impatient.sendText({ address: customer, text })
      const shown = `${JSON.stringify(fault)} ${JSON.stringify(sent)}`
      assert.ok(sent.outcome === 'unknown', shown)
      assert.deepEqual(
        [sent.failure.reason, sent.failure.retryable, sent.failure.action],
        ['no_answer', false, 'never'],
      )
    }
    assert.equal(rig.howManyArrived(), 2)
  })

  within('an answer that has no id is no success, unless the id was ours', async (rig) => {
    rig.failNext('taken_then_empty')
    const id = await rig.provider.newMessageId()
    const sent = await rig.provider.sendText({ address: rig.customer, text, message_id: id })
    assert.deepEqual([sent.outcome, idOf(sent)], id === null ? ['unknown', null] : ['sent', id])
  })

  within(
    'where nobody listens nothing was sent, and it may be tried again',
    async ({ nowhere, customer }) => {
      const sent = await nowhere.sendText({ address: customer, text })
      assert.ok(sent.outcome === 'failed')
      assert.deepEqual([sent.failure.reason, sent.failure.retryable], ['provider_unreachable', true])
    },
  )

  within('each documented refusal is one outcome, with a sentence and without a secret', async (rig) => {
    for (const [what, [answer, reason]] of Object.entries(rig.refusals)) {
      rig.failNext(answer)
      const sent = await send(rig)
      assert.ok(sent.outcome === 'failed', what)
      assert.equal(sent.failure.reason, reason, what)
      assert.match(sent.failure.message, /^[^A-Z].*\.$/, what)
      assert.notEqual(sent.failure.raw, null, what)
    }
    assert.equal(rig.howManyArrived(), 0)
  })

  within('a secret that comes back in an answer goes no further', async (rig) => {
    rig.failNext({ status: 400, body: { error: { code: 100, message: `Bad token ${rig.secret}` } } })
    const sent = await send(rig)
    assert.equal(sent.outcome, 'failed')
    assert.ok(!JSON.stringify(sent).includes(rig.secret))
    rig.failNext('reset')
    assert.ok(!JSON.stringify(await send(rig)).includes(rig.secret))
  })

  within(
    'a template goes out where there are templates, and is refused where there are none',
    async (rig) => {
      const { found } = (await rig.provider.listTemplates()) as { found: { name: string }[] }
      const { supports_templates } = rig.provider.abilities
      assert.equal(found.length > 0, supports_templates)
      const template = (found.find((each) => each.name === 'pedido_enviado') ?? { variables: [] }) as never
      const variables = ['Ana', '1234', 'BR1']
      const sent = await rig.provider.sendTemplate({ address: rig.customer, template, variables })
      if (supports_templates) assert.equal(sent.outcome, 'sent')
      else assert.ok(sent.outcome === 'failed' && sent.failure.reason === 'templates_unsupported')
    },
  )

  within('what the customer writes is heard, once, and only from the provider', async (rig) => {
    const [delivered] = await rig.customerWrites('Bom dia, quero um orçamento')
    const { raw, headers } = delivered!
    assert.equal(rig.provider.verifyWebhook(raw, headers), rig.signs)
    assert.equal(rig.provider.verifyWebhook(Buffer.concat([raw, Buffer.from(' ')]), headers), false)
    assert.equal(rig.provider.verifyWebhook(raw, {}), false)
    const [heard, ...more] = rig.provider.readWebhook(raw)
    assert.equal(more.length, 0)
    assert.ok(heard!.happening === 'message')
    assert.deepEqual(heard!.message.content, { kind: 'text', text: 'Bom dia, quero um orçamento' })
    assert.equal(heard!.message.person.name, 'Ana Souza')
    assert.equal(rig.provider.readWebhook(raw)[0]!.key, heard!.key)
    const answered = await rig.provider.sendText({ address: heard!.message.person.address!, text })
    assert.equal(answered.outcome, 'sent')
  })

  within('what becomes of a message is told by its id', async (rig) => {
    const id = idOf(await send(rig))!
    for (const state of ['sent', 'delivered', 'read', 'failed'] as const) {
      const delivered = (await rig.becomes(id, state)).at(-1)!
      assert.equal(rig.provider.verifyWebhook(delivered.raw, delivered.headers), rig.signs)
      const [told] = rig.provider.readWebhook(delivered.raw) as Extract<Happening, { happening: 'status' }>[]
      assert.equal(told!.happening, 'status')
      assert.deepEqual([told!.change.message_id, told!.change.status], [id, state])
      assert.equal(told!.change.failure !== null, state === 'failed')
    }
  })

  within('the number says that it is connected, and who it is', async ({ provider }) => {
    assert.partialDeepStrictEqual(await provider.instanceState(), {
      found: { status: 'connected', display_name: 'Loja Exemplo', phone: '+551140001234' },
    })
  })
}

const idOf = (sent: Sent) => (sent.outcome === 'failed' ? null : sent.message_id)
