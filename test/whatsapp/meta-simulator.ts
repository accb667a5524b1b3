import { createHash, createHmac, randomBytes } from 'node:crypto'
import { fixture } from './fixtures.ts'
import { type Answer, refusal, type Seen, startSimulator } from './simulator.ts'
import { specification } from './specification.ts'

// biome-ignore lint/suspicious/noExplicitAny: bodies are checked against the specification
type Json = any
export const metaNumber = '106540352242922'
export const metaBusiness = '102290129340398'
export const metaToken = 'EAAG-a-token-for-tests'
export const metaAppSecret = 'an-app-secret-for-tests'
type Kept = { mime_type: string; text: string }
export type AcceptedByMeta = { id: string; to: string; reference: string | null; body: Json }

const pageSize = 25
const listed = fixture('cloud_api/rest/templates_list_page1.json').response.body.data
const longest = 4096

/** Meta's Cloud API for one number: it checks what it is sent, answers, and tells what becomes of messages. */
export async function startMeta() {
  const complaints = specification('cloud_api')
  const accepted: AcceptedByMeta[] = []
  const files = new Map<string, Kept>()
  /** What is told of each message that is accepted, in this order; a code instead is a refusal that comes late. */
  const course: { statuses: (string | number)[] } = { statuses: [] }
  const templates: Json[] = [...listed]
  const simulator = await startSimulator(answerTo, isSend, (raw) => ({
    'x-hub-signature-256': `sha256=${createHmac('sha256', metaAppSecret).update(raw).digest('hex')}`,
  }))
  return {
    ...simulator,
    settings: {
      phone_number_id: metaNumber,
      business_account_id: metaBusiness,
      token: metaToken,
      app_secret: metaAppSecret,
      base_url: simulator.url,
      media_origins: [simulator.url],
    },
    accepted,
    files,
    course,
    templates,
    /** A customer writes. */
    receive: (waId: string, message: Json) => simulator.tell([inboundOf(waId, message)]),
    tellStatus: (id: string, status: string | number) => simulator.tell([statusOf(id, status)]),
  }

  function answerTo(seen: Seen): Answer {
    const path = seen.path.split('/').slice(2)
    if (!isSignedIn(seen)) return refusal('cloud_api/errors/190_token_expired.json')
    const kept = files.get(seen.path.replace('/whatsapp_business/attachments/', ''))
    if (kept) return { status: 200, text: kept.text, type: kept.mime_type }
    const [complaint] = complaints(seen.method, seen.path, seen.body)
    if (complaint) return invalid(complaint)
    if (path[0] === metaNumber && path[1] === 'messages') return take(seen.body)
    if (path[0] === metaBusiness && path[1] === 'message_templates')
      return seen.method === 'POST' ? created(seen.body) : pageOf(templates, seen)
    if (path[0] === metaBusiness && path[1] === 'phone_numbers') return pageOf(numbers, seen)
    if (path[0] === metaBusiness && path[1] === 'subscribed_apps')
      return { status: 200, body: { success: true } }
    const file = path.length === 1 ? files.get(path[0]!) : undefined
    return file
      ? mediaAnswer(simulator.url, path[0]!, file)
      : refusal('cloud_api/errors/100_unknown_object_id.json')
  }

  function take(body: Json): Answer {
    if (body.status === 'read') return { status: 200, body: { success: true } }
    const problem = problemWith(body)
    if (problem) return problem
    const to = body.to ?? body.recipient
    const id = `wamid.${randomBytes(24).toString('base64')}`
    accepted.push({ id, to, reference: body.biz_opaque_callback_data ?? null, body })
    simulator.tell(course.statuses.map((status) => statusOf(id, status)))
    const contact = body.to ? { input: to, wa_id: waIdOf(to) } : { input: to, user_id: to }
    const pacing = body.type === 'template' ? { message_status: 'accepted' } : {}
    return {
      status: 200,
      body: { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id, ...pacing }] },
    }
  }

  /** What the schema does not say, and Meta refuses all the same. */
  function problemWith(body: Json): Answer | null {
    if (body.to !== undefined && !/^\+\d{8,15}$/.test(body.to))
      return invalid('Param to must be a valid phone number')
    if (body.type === 'text' && !(body.text.body.length > 0 && body.text.body.length <= longest))
      return invalid('Param text.body must be between 1 and 4096 characters long')
    if (body.type !== 'template') return null
    const { name, language, components = [] } = body.template
    const template = templates.find((each) => each.name === name && each.language === language.code)
    if (!template || template.status === 'PENDING' || template.status === 'REJECTED')
      return refusal('cloud_api/errors/132001_template_missing.json')
    if (template.status === 'PAUSED') return coded(132015, 'Template is Paused')
    const given = components.flatMap((component: Json) => component.parameters)
    if (given.some(({ text }: Json) => /[\n\t]| {5,}/.test(text ?? '')))
      return refusal('cloud_api/errors/132018_param_has_newline.json')
    const count = (type: string) =>
      components.filter((each: Json) => each.type === type).flatMap((each: Json) => each.parameters).length
    const wanted = (type: string) =>
      placeholdersIn(template.components.find((each: Json) => each.type === type.toUpperCase()))
    const isRight = ['header', 'body'].every((type) => count(type) === wanted(type))
    return isRight ? null : refusal('cloud_api/errors/132000_param_count.json')
  }

  function statusOf(id: string, status: string | number) {
    const message = accepted.find((each) => each.id === id)
    const waId = waIdOf(message?.to ?? '')
    const failed = typeof status === 'number' ? { errors: [errorOf(status)] } : {}
    const reference = message?.reference ? { biz_opaque_callback_data: message.reference } : {}
    const state = typeof status === 'number' ? 'failed' : status
    const told = { id, status: state, timestamp: seconds(), recipient_id: waId, ...reference, ...failed }
    return envelope({ statuses: [told] })
  }
}
export type Meta = Awaited<ReturnType<typeof startMeta>>

const errorOf = (code: number) => ({
  code,
  title: 'Message failed',
  message: 'Message failed',
  error_data: { details: `Message failed to send because of ${code}.` },
  href: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/',
})

const isSend = ({ method, path }: Seen) => method === 'POST' && path.endsWith(`/${metaNumber}/messages`)

const isSignedIn = ({ headers }: Seen) => headers.authorization === `Bearer ${metaToken}`

const invalid = (details: string): Answer => coded(100, 'Invalid parameter', details)

const coded = (code: number, title: string, details = title): Answer => ({
  status: 400,
  body: {
    error: {
      message: `(#${code}) ${title}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: `A${randomBytes(10).toString('hex')}`,
    },
  },
})

/** Outside of the areas that kept it, the ninth digit is often not part of the id. */
const waIdOf = (to: string) => to.replace(/\D/g, '').replace(/^(55[3-9]\d)9(\d{8})$/, '$1$2')

function placeholdersIn(component: Json) {
  if (!component) return 0
  if (component.format && component.format !== 'TEXT') return 1
  return new Set(component.text?.match(/\{\{\w+\}\}/g)).size
}

const numbers = [
  { id: '999', display_phone_number: '+1 555 000 1111', status: 'PENDING' },
  {
    id: metaNumber,
    display_phone_number: '+55 11 4000-1234',
    verified_name: 'Loja Exemplo',
    status: 'LINKED',
    quality_rating: 'GREEN',
  },
]

function pageOf(all: Json[], { query, path }: Seen): Answer {
  const from = Number(Buffer.from(query.get('after') ?? '', 'base64').toString()) || 0
  const to = from + Number(query.get('limit') ?? pageSize)
  const after = Buffer.from(String(to)).toString('base64')
  const cursors = { before: Buffer.from(String(from)).toString('base64'), after }
  const next = to < all.length ? { next: `https://graph.facebook.com${path}?after=${after}` } : {}
  return { status: 200, body: { data: all.slice(from, to), paging: { cursors, ...next } } }
}

const created = ({ category }: Json): Answer => ({
  status: 200,
  body: { id: '1689556908129899', status: 'PENDING', category },
})

const mediaAnswer = (origin: string, id: string, { mime_type, text }: Kept): Answer => ({
  status: 200,
  body: {
    messaging_product: 'whatsapp',
    url: `${origin}/whatsapp_business/attachments/${id}`,
    mime_type,
    sha256: createHash('sha256').update(text).digest('hex'),
    file_size: String(text.length),
    id,
  },
})

const inboundOf = (waId: string, message: Json) =>
  envelope({
    contacts: [{ profile: { name: 'Ana Souza' }, wa_id: waId, user_id: `BR.${waId}000` }],
    messages: [
      {
        from: waId,
        from_user_id: `BR.${waId}000`,
        id: `wamid.${randomBytes(24).toString('base64')}`,
        timestamp: seconds(),
        ...message,
      },
    ],
  })

const envelope = (value: object) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: metaBusiness,
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '551140001234', phone_number_id: metaNumber },
            ...value,
          },
        },
      ],
    },
  ],
})

const seconds = () => String(Math.floor(Date.now() / 1000))
