import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '#http/authenticate.ts'
import { missing } from '#http/references.ts'
import { check } from '#http/validation.ts'
import type { Handle } from '#platform/database.ts'
import { type FieldErrors, invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import { Answer, type Route } from '#platform/route.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import type { Referable } from '#platform/shapes.ts'

const attempts = 3
const nouns = {
  leads: 'lead',
  pipelines: 'pipeline',
  stages: 'stage',
  users: 'user',
  lost_reasons: 'record',
} as const satisfies Record<Referable, string>

/** Reads the input, runs the route in its scope, and sends what it answers. A write is one transaction. */
export async function runRoute(
  db: Handle,
  route: Route,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { accountId, actor, can } = caller
  const scope: Scope = { accountId, actor, db, requestId: request.id }
  const input = await readInput(scope, route, request)
  const handle = (within: Scope) =>
    route.handler({ scope: within, ...input, can, url: request.url } as unknown as Parameters<
      Route['handler']
    >[0])
  const result =
    route.method === 'GET' ? await handle(scope) : await undeadlocked(() => inTransaction(scope, handle))
  const answer = result instanceof Answer ? result : new Answer(result)
  return reply
    .status(answer.status ?? route.status ?? 200)
    .headers(answer.headers)
    .send({ success: true, ...answer.body })
}

/** Two writes that waited for each other: the database undid one whole, so it can be done again. */
async function undeadlocked<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = (error as { cause?: { code?: string } }).cause?.code
      if (code !== '40P01' || attempt === attempts) throw error
    }
  }
}

async function readInput(scope: Scope, route: Route, request: FastifyRequest) {
  const nothing = { value: {}, errors: {}, references: [] }
  const params = route.params ? check(route.params, request.params) : nothing
  const query = route.query ? check(route.query, request.query, { isQuery: true }) : nothing
  const body = route.body ? check(route.body, request.body) : nothing
  const [record] = params.references
  if (Object.keys(params.errors).length > 0) throw notFound('record')
  const errors: FieldErrors = { ...query.errors, ...body.errors }
  for (const { path } of await missing(scope, body.references)) {
    errors[path] = [...(errors[path] ?? []), selectedInvalid(path)]
  }
  if (Object.keys(errors).length > 0) {
    // Of a record that is not there nothing is said, not even what is wrong with the input for it.
    if (record && (await missing(scope, [record])).length > 0) throw notFound(nouns[record.table])
    throw invalid(errors)
  }
  return { params: params.value, query: query.value, body: body.value }
}
