import { checkAnswer } from './openapi-check.ts'

export type Reply = {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  body: any
  headers: Headers
}

/** One HTTP request. Every answer of the API is held against the OpenAPI document, whatever the test is about. */
export async function request(
  url: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const isRaw = typeof body === 'string'
  const response = await fetch(url + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
    redirect: 'manual',
  })
  // A stream has no end of its own.
  const isStream = response.headers.get('content-type') === 'text/event-stream'
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  const reply = { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  if (path.startsWith('/api/v1') && !isStream) checkAnswer(method, path, reply)
  return reply
}
