import { sql } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { instances } from '#conversations/tables.ts'
import type { Database } from '#platform/database.ts'
import { idIn, jsonIn, objectIn, objectsIn } from '#platform/loose.ts'
import type { Actor, Scope } from '#platform/scope.ts'
import { channelOf, type Instance, type Outside } from '#whatsapp/channels.ts'
import { answerToHandshake, instanceOfPath } from '#whatsapp/inbox/handshake.ts'
import { storeHook } from '#whatsapp/inbox/hooks.ts'
import type { ProviderKind } from '#whatsapp/provider.ts'

type Options = {
  database: Database
  outside: Omit<Outside, 'db'>
  afterWrite?: () => void
  count?: (provider: ProviderKind, outcome: HookOutcome) => void
}
export type HookOutcome = 'stored' | 'refused'

export const inboxActor: Actor = { type: 'system', id: null, name: 'whatsapp' }
// Meta sends up to 3 MB.
const bodyLimitBytes = 4 * 1024 * 1024
// Anybody can write down another's number; what Meta has confirmed is asked first.
const mostCandidates = 50

/** Where the providers tell us things: believed by their signature alone, kept as they came, answered at once. */
export async function addHookEndpoints(
  app: FastifyInstance,
  { database, outside, afterWrite, count }: Options,
) {
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    hooks.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })

    hooks.get('/hooks/whatsapp/cloud', async ({ query }, reply) => {
      const challenge = answerToHandshake(outside.secret(), query as Record<string, unknown>)
      return challenge === null ? reply.callNotFound() : reply.type('text/plain').send(challenge)
    })

    hooks.post('/hooks/whatsapp/cloud', { bodyLimit: bodyLimitBytes }, (request, reply) =>
      take(request, reply, 'cloud_api', async (raw) => {
        if (typeof request.headers['x-hub-signature-256'] !== 'string') return []
        return numbersNamedIn(database, raw)
      }),
    )

    hooks.post('/hooks/whatsapp/waha/:part', { bodyLimit: bodyLimitBytes }, (request, reply) =>
      take(request, reply, 'waha', async () => {
        const { part } = request.params as { part: string }
        const named = instanceOfPath(outside.secret(), part)
        return named ? numberOf(database, named) : []
      }),
    )
  })

  async function take(
    request: FastifyRequest,
    reply: FastifyReply,
    provider: ProviderKind,
    candidatesFor: (raw: Buffer) => Promise<Instance[]>,
  ) {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const candidates = await candidatesFor(raw)
    const signed = candidates.filter((instance) => isSignedBy(instance, raw, request))
    // Of a removed number nothing is kept, and whoever tells of it need not repeat it.
    for (const { account_id, id, removed_at } of signed)
      if (!removed_at) await storeHook(scopeOf(database, account_id), id, raw)
    count?.(provider, signed.length > 0 ? 'stored' : 'refused')
    // Whether there is such a number is nobody's business.
    if (signed.length === 0) return reply.callNotFound()
    afterWrite?.()
    return reply.status(200).send()
  }

  /** One account's secret never opens another account's number. */
  function isSignedBy(instance: Instance, raw: Buffer, { headers, log }: FastifyRequest) {
    try {
      return channelOf(instance, { ...outside, db: database.db }).verifyWebhook(raw, headers)
    } catch (error) {
      log.error({ err: error }, 'a number’s secrets cannot be read')
      return false
    }
  }
}

export const scopeOf = ({ db }: Pick<Database, 'db'>, accountId: number): Scope => ({
  accountId,
  actor: inboxActor,
  db,
  requestId: null,
})

const numberOf = async ({ db }: Database, { accountId, id }: { accountId: number; id: number }) =>
  db
    .select()
    .from(instances)
    .where(sql`${instances.account_id} = ${accountId} and ${instances.id} = ${id}
      and ${instances.provider} = 'waha'`)

/** The numbers that the body is about, and those of its business accounts where it is about no number in particular. */
async function numbersNamedIn({ db }: Database, raw: Buffer): Promise<Instance[]> {
  const changes = objectsIn(objectIn(jsonIn(raw.toString('utf8'))).entry).flatMap(({ id, changes }) =>
    objectsIn(changes).map(({ value }) => ({
      number: idIn(objectIn(objectIn(value).metadata).phone_number_id),
      business: idIn(id),
    })),
  )
  const numbers = new Set(changes.flatMap(({ number }) => number ?? []))
  const businesses = new Set(changes.flatMap(({ number, business }) => (number ? [] : (business ?? []))))
  if (numbers.size + businesses.size === 0) return []
  const { rows } = await db.execute<{
    account_id: number
    id: number
  }>(sql`-- across accounts: a provider’s hook names its number
    select account_id, id from instances
    where provider = 'cloud_api' and (number_key = any (${sql.param([...numbers])}::text[])
      or business_key = any (${sql.param([...businesses])}::text[]))
    order by (status = 'connected') desc, id
    limit ${mostCandidates}`)
  const found = await Promise.all(
    rows.map(({ account_id, id }) =>
      db
        .select()
        .from(instances)
        .where(sql`${instances.account_id} = ${account_id} and ${instances.id} = ${id}`),
    ),
  )
  return found.flat()
}
