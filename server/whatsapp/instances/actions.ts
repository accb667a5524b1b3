import { randomUUID } from 'node:crypto'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { instances } from '#conversations/tables.ts'
import { record } from '#events/record.ts'
import { invalid } from '#platform/errors.ts'
import type { Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { randomToken } from '#platform/secrets.ts'
import { type Instance, sealed } from '#whatsapp/channels.ts'
import { ensureConnectable, origin } from '#whatsapp/instances/input.ts'
import { countInstances, listInstances, lockInstance, lockNumbers } from '#whatsapp/instances/queries.ts'
import type { NewInstance } from '#whatsapp/instances/schema.ts'
import { shownInstance } from '#whatsapp/instances/shown.ts'
import { sandboxTemplates } from '#whatsapp/sandbox/templates.ts'
import { keepTemplates } from '#whatsapp/templates/sync.ts'

/** A number of the account's; one that it had before comes back with its history. Connecting it comes afterwards. */
export async function addInstance(
  scope: Scope,
  { secret, network }: Pick<Operator, 'secret' | 'network'>,
  input: NewInstance,
): Promise<Instance> {
  ensureConnectable(input, network)
  const { provider, display_name } = input
  if (provider === 'sandbox') return addSandbox(scope, display_name)
  await lockNumbers(scope)
  await ensureWithinPlan(scope, await findAccount(scope), 'whatsapp_instances', 1, () =>
    countInstances(scope),
  )
  const instance = await keep(scope, {
    ...factsOf({ ...input, provider }, scope.accountId, secret),
    status: 'connecting',
    display_name: display_name ?? 'WhatsApp',
    phone_number: null,
  })
  if (!instance) throw taken(provider)
  return instance
}

/** A simulated phone, which is connected at once. */
export async function addSandbox(
  scope: Scope,
  name?: string | null,
  phone_number = `+551140${randomDigits(6)}`,
): Promise<Instance> {
  await lockNumbers(scope)
  const instance = await keep(scope, {
    provider: 'sandbox',
    status: 'connected',
    number_key: randomUUID(),
    phone_number,
    display_name: name ?? 'Número de teste',
  })
  await keepTemplates(scope, instance!.id, sandboxTemplates)
  return instance!
}

type Facts = Omit<typeof instances.$inferInsert, 'account_id'>

/** Null where the account has this number already. */
async function keep(scope: Scope, facts: Facts): Promise<Instance | null> {
  const current = await listInstances(scope)
  const is_primary = !current.some((each) => each.is_primary)
  const anew = { status_since: sql`now_ms()`, status_reason: null, status_detail: null, removed_at: null }
  const [instance] = await scope.db
    .insert(instances)
    .values({ account_id: scope.accountId, ...facts, is_primary })
    .onConflictDoUpdate({
      target: [instances.account_id, instances.provider, instances.number_key],
      set: { ...facts, ...anew, is_primary },
      setWhere: sql`${instances.removed_at} is not null`,
    })
    .returning()
  return instance ?? null
}

function factsOf(
  input: NewInstance & { provider: 'cloud_api' | 'waha' },
  accountId: number,
  secret: Operator['secret'],
) {
  const { provider, phone_number_id, business_account_id, token, app_secret } = input
  const { base_url, session, api_key, engine } = input
  if (provider === 'cloud_api')
    return {
      provider,
      number_key: phone_number_id!,
      business_key: business_account_id!,
      secrets: sealed({ token: token!, app_secret: app_secret! }, accountId, secret),
    }
  return {
    provider,
    number_key: session!,
    settings: { base_url: origin(base_url!), engine: engine ?? 'NOWEB' },
    secrets: sealed({ api_key: api_key!, hmac_key: randomToken(48) }, accountId, secret),
  }
}

const randomDigits = (length: number) =>
  String(Math.floor(Math.random() * 10 ** length)).padStart(length, '0')

const taken = (provider: NewInstance['provider']) =>
  provider === 'waha'
    ? invalid({ session: ['The session has already been taken.'] })
    : invalid({ phone_number_id: ['The phone number id has already been taken.'] })

/** The one that sends where no number is asked for. */
export async function choosePrimary(scope: Scope, id: number): Promise<Instance> {
  await lockNumbers(scope)
  await lockInstance(scope, id)
  await scope.db
    .update(instances)
    .set({ is_primary: false })
    .where(
      and(eq(instances.account_id, scope.accountId), eq(instances.is_primary, true), ne(instances.id, id)),
    )
  return change(scope, id, { is_primary: true })
}

/** Its conversations stay, its secrets go, and another number becomes the primary one. */
export async function removeInstance(scope: Scope, id: number) {
  await lockNumbers(scope)
  const { is_primary } = await lockInstance(scope, id)
  const removed = await change(scope, id, {
    is_primary: false,
    secrets: null,
    status: 'disconnected',
    status_reason: null,
    status_detail: null,
    status_since: sql`now_ms()`,
    removed_at: sql`now_ms()`,
  })
  if (is_primary) {
    const left = await listInstances(scope)
    const heir = left.find(({ status }) => status === 'connected') ?? left[0]
    if (heir) await change(scope, heir.id, { is_primary: true })
  }
  await record(scope, { type: 'instance.status', leadId: null, data: { instance: shownInstance(removed) } })
}

/** One of the account's numbers, which is held already. */
export async function change(
  scope: Scope,
  id: number,
  changes: PgUpdateSetSource<typeof instances>,
): Promise<Instance> {
  const [row] = await scope.db
    .update(instances)
    .set(changes)
    .where(and(eq(instances.account_id, scope.accountId), eq(instances.id, id)))
    .returning()
  return row!
}
