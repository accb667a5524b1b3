import { ruled } from '#platform/errors.ts'
import type { Context } from '#platform/route.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'
import { askingFailed } from '#whatsapp/asking.ts'
import { channelOf, type Instance, sealed, secretsOf } from '#whatsapp/channels.ts'
import { hookPathOf } from '#whatsapp/inbox/handshake.ts'
import { change } from '#whatsapp/instances/actions.ts'
import { ensureChangeable, origin } from '#whatsapp/instances/input.ts'
import { findInstance, lockInstance } from '#whatsapp/instances/queries.ts'
import type { InstanceChanges } from '#whatsapp/instances/schema.ts'
import { noteAnswer, noteCondition } from '#whatsapp/instances/state.ts'
import { keepTemplates } from '#whatsapp/templates/sync.ts'

type Outward = Pick<Context<never, never, never>, 'operator' | 'publicUrl'>

/** Its name, and what it is connected with; secrets that are not given stay. */
export async function changeInstance(
  scope: Scope,
  { secret, network }: Outward['operator'],
  id: number,
  changes: InstanceChanges,
): Promise<{ instance: Instance; isNewlyConnected: boolean }> {
  const before = await lockInstance(scope, id)
  const given = relevant(changes, before)
  ensureChangeable(given, { base_url: before.settings.base_url as string | null }, network)
  const { display_name, token, app_secret, api_key, business_account_id, base_url, engine } = given
  const renewed = Object.fromEntries(
    Object.entries({ token, app_secret, api_key }).filter(([, value]) => value),
  )
  const isNewlyConnected =
    Object.keys(renewed).length > 0 || Boolean(business_account_id || base_url || engine)
  const instance = await change(scope, id, {
    display_name: display_name ?? before.display_name,
    business_key: business_account_id ?? before.business_key,
    settings: {
      ...before.settings,
      ...(base_url ? { base_url: origin(base_url) } : {}),
      ...(engine ? { engine } : {}),
    },
    ...(Object.keys(renewed).length > 0
      ? { secrets: sealed({ ...secretsOf(before, secret), ...renewed }, scope.accountId, secret) }
      : {}),
  })
  return { instance: isNewlyConnected ? await beginConnecting(scope, id) : instance, isNewlyConnected }
}

/** What concerns another kind of number is left out. */
function relevant({ display_name, ...changes }: InstanceChanges, { provider }: Instance): InstanceChanges {
  const { token, app_secret, business_account_id, base_url, api_key, engine } = changes
  if (provider === 'cloud_api') return { display_name, token, app_secret, business_account_id }
  if (provider === 'waha') return { display_name, base_url, api_key, engine }
  return { display_name }
}

/** Whatever was wrong before is forgotten: it is tried anew. */
export async function beginConnecting(scope: Scope, id: number): Promise<Instance> {
  await lockInstance(scope, id)
  await noteCondition(scope, id, () => ({ status: 'connecting', reason: null, detail: null }))
  return findInstance(scope, id)
}

/** Makes the provider tell us what happens, and asks how it is with the number. */
export async function connect(
  scope: Scope,
  { operator, publicUrl }: Outward,
  id: number,
  isNameless = false,
) {
  const instance = await findInstance(scope, id)
  const provider = channelOf(instance, { ...operator, db: scope.db })
  const connected = await provider.connect(publicUrl + hookPathOf(operator.secret(), instance))
  const answer = 'failure' in connected ? connected : await provider.instanceState()
  const isListed = 'found' in answer && provider.abilities.supports_templates
  const listed = isListed ? await provider.listTemplates() : null
  await inTransaction(scope, async (within) => {
    await noteAnswer(within, instance, answer)
    if (isNameless && 'found' in answer && answer.found.display_name)
      await change(within, id, { display_name: answer.found.display_name })
    if (listed && 'found' in listed) await keepTemplates(within, id, listed.found)
  })
  return findInstance(scope, id)
}

/** Asks how it is with the number, because somebody wants to know. */
export async function look(scope: Scope, { operator }: Pick<Outward, 'operator'>, id: number) {
  const instance = await findInstance(scope, id)
  const answer = await channelOf(instance, { ...operator, db: scope.db }).instanceState()
  await inTransaction(scope, (within) => noteAnswer(within, instance, answer))
  return findInstance(scope, id)
}

/** Nothing is sent from it until somebody connects it again; what customers write is still heard where it comes. */
export async function switchOff(scope: Scope, id: number): Promise<Instance> {
  await lockInstance(scope, id)
  const off = { status: 'disconnected', reason: 'switched_off', detail: null } as const
  await noteCondition(scope, id, () => off)
  return findInstance(scope, id)
}

/** The phone is let go at the provider; where that fails it stays switched off here, and says so. */
export async function letGo(scope: Scope, { operator }: Pick<Outward, 'operator'>, id: number) {
  const instance = await findInstance(scope, id)
  const gone = await channelOf(instance, { ...operator, db: scope.db }).disconnect()
  if ('failure' in gone)
    await inTransaction(scope, (within) =>
      change(within, id, { status_detail: gone.failure.detail ?? gone.failure.reason }),
    )
  return findInstance(scope, id)
}

/** What the phone scans to connect; it is kept nowhere. */
export async function qrCode(scope: Scope, { operator }: Pick<Outward, 'operator'>, id: number) {
  const instance = await findInstance(scope, id)
  const answer = await channelOf(instance, { ...operator, db: scope.db }).qrCode()
  if ('found' in answer) return answer.found
  if (answer.failure.reason === 'not_implemented') throw ruled('no_qr_code')
  if (instance.status === 'connected') throw ruled('already_connected')
  throw askingFailed(answer.failure)
}
