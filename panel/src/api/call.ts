import { ApiFailure } from './failure.ts'
import type { Api } from './types.ts'

export type Operation = keyof Api
export type Input<O extends Operation> = Omit<Api[O], 'answer'>
export type AnswerOf<O extends Operation> = Api[O]['answer']
/** Nothing to say where nothing is required. */
export type Inputs<O extends Operation> =
  Partial<Input<O>> extends Input<O> ? [input?: Input<O>] : [input: Input<O>]

/** `once`: asked again under the same word, it is done once and answered as it was. */
export type Asked = { params?: object; query?: object; body?: unknown; once?: string }

/** One request to the public API, named as the server names it: `call('GET /leads', { query })`. */
export async function call<O extends Operation>(operation: O, ...[input]: Inputs<O>): Promise<AnswerOf<O>> {
  return send(operation, input as Asked)
}

export async function send(operation: Operation, input: Asked = {}, signal?: AbortSignal) {
  const [method, path] = operation.split(' ') as [string, string]
  const response = await fetch(`/api/v1${placed(path, input.params)}${questionOf(input.query)}`, {
    method,
    signal,
    headers: {
      ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(input.once === undefined ? {} : { 'idempotency-key': input.once }),
    },
    body: input.body === undefined ? undefined : JSON.stringify(input.body),
  }).catch((error) => {
    if (signal?.aborted) throw error
    throw new ApiFailure(0, {})
  })
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw new ApiFailure(response.status, body)
  return body
}

const placed = (path: string, params: object = {}) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name as keyof object])))

/** `tags[]=a&tags[]=b`, `custom_fields[size]=10`; what is empty is not asked. */
function questionOf(query: object = {}) {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const each of value) search.append(`${name}[]`, String(each))
    else if (value && typeof value === 'object')
      for (const [key, each] of Object.entries(value)) search.append(`${name}[${key}]`, String(each))
    else if (value !== undefined && value !== null) search.append(name, String(value))
  }
  return search.size > 0 ? `?${search}` : ''
}
