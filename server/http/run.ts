import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '#http/authenticate.ts'
import { ensureUnchanged, isKnown, readsOne, tagOf } from '#http/conditions.ts'
import { ruleOf } from '#http/failures.ts'
import { sendFile } from '#http/file.ts'
import { type Claim, claimOf, type Kept, keep, keepRefusal, takeOrRecall } from '#http/idempotency.ts'
import { missing } from '#http/references.ts'
import { check } from '#http/validation.ts'
import type { Database, Handle } from '#platform/database.ts'
import { type FieldErrors, invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import { Afterwards, Answer, type Operator, type Route, type StoredFile } from '#platform/route.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import type { Referable } from '#platform/shapes.ts'

const attempts = 3
const nouns = {
  leads: 'lead',
  pipelines: 'pipeline',
  stages: 'stage',
  users: 'user',
  lost_reasons: 'record',
  required_tasks: 'record',
  tasks: 'task',
  views: 'view',
  custom_fields: 'customField',
  webhooks: 'webhook',
  webhook_deliveries: 'delivery',
  instances: 'instance',
  whatsapp_templates: 'template',
  conversations: 'conversation',
  messages: 'message',
  sequences: 'sequence',
  sequence_runs: 'run',
  sequence_enrollments: 'enrollment',
} as const satisfies Record<Referable, string>

type Ask = {
  route: Route
  reader: Route | undefined
  caller: Caller
  request: FastifyRequest
  publicUrl: string
  operator: Operator
  /** Told after each write that was kept. */
  afterWrite?: () => void
}

/** Runs the route in the caller's scope, and sends what it answers. */
export async function runRoute(db: Handle, ask: Ask, reply: FastifyReply) {
  const { route, caller, request } = ask
  const { accountId, actor } = caller
  const scope: Scope = { accountId, actor, db, requestId: request.id }
  if (route.isFile) {
    const { body } = await perform(scope, ask)
    return sendFile(body as unknown as StoredFile, request, reply)
  }
  if (route.method === 'GET') return sendRead(ask, await perform(scope, ask), reply)
  const claim = claimOf(route, request)
  const done = claim
    ? await once(scope, ask, claim, reply)
    : await outside(scope, ask, await write(scope, (within) => perform(within, ask)))
  ask.afterWrite?.()
  if ('payload' in done) return sendKept(done, reply)
  const { status, headers, body } = done
  return reply.status(status).headers(headers).send(body)
}

/** Runs a route that no account has a part in yet. */
export async function runPublicRoute(
  database: Database,
  route: Route,
  publicUrl: string,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { value: body, errors } = check(route.body!, request.body)
  if (Object.keys(errors).length > 0) throw invalid(errors)
  const context = { database, body: body as never, ip: request.ip, publicUrl }
  const result = await route.publicHandler!(context)
  const answer = result instanceof Answer ? result : new Answer(result)
  return reply
    .status(200)
    .headers(answer.headers)
    .send({ success: true, ...answer.body })
}

/** A write is one transaction. */
const write = <T>(scope: Scope, work: (scope: Scope) => Promise<T>) =>
  undeadlocked(() => inTransaction(scope, work))

/** What the route says to this request: its input read, its conditions held. */
async function perform(scope: Scope, { route, reader, caller, request, publicUrl, operator }: Ask) {
  const { record, ...input } = await readInput(scope, route, request)
  const { can, session } = caller
  const context = { scope, ...input, can, session, url: request.url, publicUrl, operator }
  const answerOf = async (which: Route, query: unknown) => {
    const result = await which.handler({ ...context, query } as unknown as Parameters<Route['handler']>[0])
    if (!(result instanceof Afterwards)) return { ...answered(result), afterwards: null }
    return { ...answered(result.meanwhile), afterwards: result.work }
  }
  if (reader) {
    await ensureUnchanged(scope, request.headers['if-match'], record, async () => {
      const { body } = await answerOf(reader, {})
      return body
    })
  }
  const { status = route.status ?? 200, ...done } = await answerOf(route, input.query)
  return { ...done, status, query: input.query as object }
}

function answered(result: object) {
  const { body, status, headers } = result instanceof Answer ? result : new Answer(result)
  return { body: { success: true, ...body }, status, headers }
}

type Done = Awaited<ReturnType<typeof perform>>

/** What is left to do when the transaction is over. */
async function outside(scope: Scope, { route, afterWrite }: Ask, done: Done): Promise<Done> {
  if (!done.afterwards) return done
  // Others may hear already of what has been kept.
  afterWrite?.()
  const { status = route.status ?? 200, ...last } = answered(await done.afterwards(scope))
  return { ...done, ...last, status }
}

function sendRead({ route, request }: Ask, { status, headers, body, query }: Done, reply: FastifyReply) {
  reply.headers(headers)
  if (!readsOne(route)) return reply.status(status).send(body)
  const tag = tagOf(body, query)
  reply.header('etag', tag)
  return isKnown(request.headers['if-none-match'], tag)
    ? reply.status(304).send()
    : reply.status(status).send(body)
}

/** The work and its answer, kept under the key in one transaction; or what was kept before. */
async function once(scope: Scope, ask: Ask, claim: Claim, reply: FastifyReply) {
  const kept = ({ status, headers, body }: Done) => {
    const payload = reply.serializeInput(body, String(status)) as string
    return { status, headers, payload }
  }
  const first = await refusalKept(
    () =>
      write(scope, async (within) => {
        const recalled = await takeOrRecall(within, claim)
        if (recalled) return { ...recalled, headers: { 'idempotent-replayed': 'true' }, done: null }
        const done = await perform(within, ask)
        await keep(within, claim, kept(done), { isPending: done.afterwards !== null })
        return { ...kept(done), done }
      }),
    (refusal) => keepRefusal(scope, claim, refusal),
  )
  const { done } = first
  if (!done?.afterwards) return first
  const last = await refusalKept(
    async () => kept(await outside(scope, ask, done)),
    (refusal) => keep(scope, claim, refusal),
  )
  await keep(scope, claim, last)
  return last
}

/** A rule's no is an answer too, and is kept as one. */
async function refusalKept<T>(
  work: () => Promise<T>,
  keepIt: (refusal: Kept) => Promise<unknown>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const refusal = ruleOf(error)
    if (refusal) await keepIt({ status: refusal.status, payload: JSON.stringify(refusal.body) })
    throw error
  }
}

const sendKept = (
  { status, headers, payload }: Kept & { headers: Record<string, string> },
  reply: FastifyReply,
) => reply.status(status).headers(headers).type('application/json; charset=utf-8').send(payload)

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
  for (const { path } of await missing(scope, body.references, { stillHere: true })) {
    errors[path] = [...(errors[path] ?? []), selectedInvalid(path)]
  }
  if (Object.keys(errors).length > 0) {
    // Of a record that is not there nothing is said, not even what is wrong with the input for it.
    if (record && (await missing(scope, [record])).length > 0) throw notFound(nouns[record.table])
    throw invalid(errors)
  }
  return { params: params.value, query: query.value, body: body.value, record }
}
