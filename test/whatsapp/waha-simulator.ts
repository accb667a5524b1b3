import { createHmac, randomBytes } from 'node:crypto'
import type { Engine } from '#whatsapp/waha/calls.ts'
import { type Answer, refusal, type Seen, startSimulator } from './simulator.ts'
import { specification } from './specification.ts'

// biome-ignore lint/suspicious/noExplicitAny: bodies are checked against the specification
type Json = any
export const wahaSession = 'vendas'
export const wahaKey = 'a-waha-key-for-tests'
export const wahaHmacKey = 'a-hmac-key-for-tests'
export type AcceptedByWaha = { id: string; chatId: string; body: Json }

const me = { id: '551140001234@c.us', pushName: 'Loja Exemplo', lid: '200000000000001@lid' }
const sends = new Set(['sendText', 'sendImage', 'sendFile', 'sendVoice', 'sendVideo'])

/** A WAHA server with one session: it checks what it is sent, answers as its engine does, and tells what happens. */
export async function startWaha(engine: Engine = 'NOWEB') {
  const complaints = specification('waha')
  const accepted: AcceptedByWaha[] = []
  const files = new Map<string, { mime_type: string; text: string }>()
  /** Phone → the chat that it has; phones that are not here have no WhatsApp. */
  const people = new Map<string, string>()
  const lids = new Map<string, string>()
  const session = {
    status: 'WORKING',
    exists: true,
    config: { metadata: { workspace_id: 'ws_demo' } } as Json,
  }
  /** The acks that are told of each message that is accepted. */
  const course = { acks: [] as number[] }
  const simulator = await startSimulator(answerTo, isSend, (raw) => ({
    'x-webhook-hmac': createHmac('sha512', wahaHmacKey).update(raw).digest('hex'),
    'x-webhook-hmac-algorithm': 'sha512',
    'x-webhook-timestamp': String(Date.now()),
    'x-webhook-request-id': randomBytes(13).toString('hex'),
  }))
  return {
    ...simulator,
    settings: {
      base_url: simulator.url,
      session: wahaSession,
      api_key: wahaKey,
      hmac_key: wahaHmacKey,
      engine,
    },
    accepted,
    files,
    people,
    lids,
    session,
    course,
    /** A customer writes. */
    receive: (chatId: string, message: Json) =>
      simulator.tell([event(engine, 'message.any', inbound(chatId, message))]),
    tellAck: (id: string, ack: number) => simulator.tell([event(engine, 'message.ack', ackOf(id, ack))]),
    setStatus(status: string) {
      session.status = status
      simulator.tell([
        event(engine, 'session.status', { name: wahaSession, status, statuses: [], data: null }),
      ])
    },
  }

  function answerTo(seen: Seen): Answer {
    if (seen.headers['x-api-key'] !== wahaKey) return refusal('waha/errors/401_unauthorized.json')
    const path = seen.path.replace('/api/', '')
    const file = files.get(path.replace(`files/${wahaSession}/`, ''))
    if (file) return { status: 200, text: file.text, type: file.mime_type }
    const [complaint] = complaints(seen.method, seen.path, seen.body)
    if (complaint)
      return { status: 400, body: { statusCode: 400, message: [complaint], error: 'Bad Request' } }
    if (path.startsWith('sessions')) return sessionAnswer(seen, path.split('/')[2])
    if (path === `${wahaSession}/auth/qr`) return qrAnswer(seen)
    if (!session.exists) return refusal('waha/errors/422_session_missing.json')
    if (session.status !== 'WORKING') return notWorking(session.status)
    if (sends.has(path)) return take(seen.body)
    if (path === 'sendSeen') return { status: 201, body: {} }
    if (path === 'startTyping' || path === 'stopTyping') return { status: 201, body: { result: true } }
    if (path === `${wahaSession}/new-message-id`) return { status: 200, body: { id: newId() } }
    if (path === 'contacts/check-exists') return existence(seen.query.get('phone')!)
    const lid = path.split('/lids/')[1]
    if (lid) return { status: 200, body: { lid, pn: lids.get(lid) ?? null } }
    return { status: 404, body: { statusCode: 404, message: `Cannot ${seen.method} ${seen.path}` } }
  }

  function take(body: Json): Answer {
    const id = body.id ?? newId()
    accepted.push({ id, chatId: body.chatId, body })
    const echo = {
      ...inbound(body.chatId, { body: body.text }),
      id: `true_${body.chatId}_${id}`,
      fromMe: true,
    }
    simulator.tell([
      event(engine, 'message.any', { ...echo, source: 'api' }),
      ...course.acks.map((ack) => event(engine, 'message.ack', ackOf(id, ack))),
    ])
    return { status: 201, body: sentBody(engine, id, body) }
  }

  function existence(phone: string): Answer {
    const chatId = people.get(phone)
    if (!chatId) return { status: 200, body: { numberExists: false } }
    const pn = lids.get(chatId)
    return { status: 200, body: { numberExists: true, chatId, ...(pn ? { pn } : {}) } }
  }

  function sessionAnswer({ method, body, path }: Seen, verb: string | undefined): Answer {
    if (method === 'POST' && path.endsWith('/sessions')) {
      if (session.exists)
        return {
          status: 422,
          body: { error: `Session '${body.name}' already exists. Use PUT to update it.` },
        }
      keep(body.config, { exists: true, status: 'STARTING' })
      return { status: 201, body: { name: body.name, status: session.status, config: body.config } }
    }
    if (!session.exists) return { status: 404, body: { statusCode: 404, message: 'Session not found' } }
    if (method === 'PUT') keep(body.config, {})
    if (verb) session.status = verb === 'logout' || verb === 'stop' ? 'STOPPED' : 'STARTING'
    const known = session.status === 'WORKING' ? me : null
    const shown = {
      name: wahaSession,
      status: session.status,
      config: session.config,
      me: known,
      engine: { engine },
    }
    return { status: method === 'POST' ? 201 : 200, body: shown }
  }

  function keep(config: Json, changes: object) {
    Object.assign(session, changes, { config: { ...session.config, ...config } })
  }

  function ackOf(id: string, ack: number) {
    const chat = accepted.find((each) => each.id === id)?.chatId ?? '5511987654321@c.us'
    const names = ['PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED']
    const whole = `true_${chat}_${id}`
    const ackName = names[ack] ?? 'ERROR'
    return { id: whole, from: chat, to: null, participant: null, fromMe: true, ack, ackName, _data: {} }
  }
}
export type Waha = Awaited<ReturnType<typeof startWaha>>

const isSend = ({ path }: Seen) => sends.has(path.replace('/api/', ''))

const newId = () => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`

const qrAnswer = ({ query }: Seen): Answer => ({
  status: 200,
  body:
    query.get('format') === 'raw'
      ? { value: '2@abcDEF==,xyz' }
      : { mimetype: 'image/png', data: 'iVBORyBmYWtl' },
})

const notWorking = (status: string): Answer => {
  const { body } = refusal('waha/errors/422_session_not_working.json')
  return { status: 422, body: { ...(body as object), status } }
}

/** Each engine shows its own insides. */
function sentBody(engine: Engine, id: string, { chatId, text }: Json) {
  const jid = chatId.replace('@c.us', '@s.whatsapp.net')
  if (engine === 'GOWS')
    return { id: `true_${jid}_${id}`, _data: { Info: { Chat: jid, ID: id }, Message: {} } }
  if (engine === 'NOWEB')
    return {
      key: { remoteJid: jid, fromMe: true, id },
      message: { extendedTextMessage: { text } },
      messageTimestamp: String(seconds()),
      status: 'PENDING',
    }
  const parts = { fromMe: true, remote: chatId, id, _serialized: `true_${chatId}_${id}` }
  const rest = {
    ack: 0,
    hasMedia: false,
    body: text,
    type: 'chat',
    timestamp: seconds(),
    from: me.id,
    to: chatId,
  }
  return { _data: {}, id: parts, ...rest }
}

const inbound = (chatId: string, message: Json) => ({
  id: `false_${chatId}_3A${randomBytes(9).toString('hex').toUpperCase()}`,
  timestamp: seconds(),
  from: chatId,
  fromMe: false,
  source: 'app',
  body: null,
  to: null,
  participant: null,
  hasMedia: false,
  media: null,
  ack: null,
  ackName: 'UNKNOWN',
  location: null,
  vCards: null,
  replyTo: null,
  _data: { pushName: 'Ana Souza' },
  ...message,
})

const event = (engine: Engine, name: string, payload: Json) => ({
  id: `evt_01${randomBytes(12).toString('hex')}`,
  timestamp: Date.now(),
  event: name,
  session: wahaSession,
  metadata: {},
  me,
  payload,
  engine,
  environment: { version: '2026.9.1', engine, tier: 'CORE', browser: null },
})

const seconds = () => Math.floor(Date.now() / 1000)
