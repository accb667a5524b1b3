import { Agent, request } from 'undici'
import { jsonIn } from '#platform/loose.ts'
import { connectorTo } from '#platform/outbound.ts'

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: unknown
}
export type Answer = { status: number; body: unknown }
/** Without an answer, it matters most whether the request may have arrived. */
export type Asked = { answer: Answer } | { answer: null; mayHaveArrived: boolean; why: string }
export type Opened = {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: AsyncIterable<Buffer>
}
export type Network = {
  /** May it go to addresses that not everybody can reach? */
  allowsPrivate: boolean
  /** Secrets are taken out of whatever comes back. */
  ask(call: Call, secrets: string[]): Promise<Asked>
  open(url: string, headers: Record<string, string>): Promise<Opened | null>
  close(): Promise<void>
}

const longestAnswerBytes = 5_000_000
/** These happen before a byte of the request has left. */
const neverArrived =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|(ERR_TLS|ERR_SSL|CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)\w*)$/

/** The providers' side of the network: no redirects, nothing waits longer than it says, answers are read only so far. */
export function createNetwork({ timeoutMs = 15_000, allowPrivate = false } = {}): Network {
  const agent = new Agent({
    connect: connectorTo(allowPrivate),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  return {
    allowsPrivate: allowPrivate,
    async ask({ method, url, headers, body }, secrets) {
      try {
        const answer = await request(url, {
          dispatcher: agent,
          method,
          headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          body: body === undefined ? null : JSON.stringify(body),
          signal: AbortSignal.timeout(timeoutMs),
        })
        const text = withoutSecrets(await textOf(answer.body), secrets)
        return { answer: { status: answer.statusCode, body: jsonIn(text) ?? text } }
      } catch (error) {
        const code = codeOf(error)
        return { answer: null, mayHaveArrived: !neverArrived.test(code), why: code }
      }
    },
    async open(url, headers) {
      try {
        const signal = AbortSignal.timeout(timeoutMs * 8)
        const {
          statusCode,
          headers: answered,
          body,
        } = await request(url, { dispatcher: agent, headers, signal })
        // What nobody reads would keep its connection.
        if (statusCode !== 200) await body.dump()
        return { status: statusCode, headers: answered, body: body as AsyncIterable<Buffer> }
      } catch {
        return null
      }
    },
    close: () => agent.close(),
  }
}

async function textOf(body: AsyncIterable<Buffer>) {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > longestAnswerBytes) throw new Error('The answer is too long.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const withoutSecrets = (text: string, secrets: string[]) =>
  secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '***'), text)

/** A name for it, never its message: messages may carry addresses. */
function codeOf(error: unknown): string {
  const { code, name, message } = error as Error & { code?: string }
  if (message.endsWith('is not a public address.')) return 'ENETUNREACH'
  return typeof code === 'string' ? code : name
}
