import { and, eq, sql } from 'drizzle-orm'
import { instances } from '#conversations/tables.ts'
import type { Context } from '#platform/route.ts'
import { type Actor, inAccount, inTransaction, type Scope } from '#platform/scope.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { askingFailed } from '#whatsapp/asking.ts'
import { channelOf, type Outside } from '#whatsapp/channels.ts'
import { findInstance, lockedInstance, lockInstance } from '#whatsapp/instances/queries.ts'
import { forEachNumber } from '#whatsapp/instances/watch.ts'
import type { Template } from '#whatsapp/provider.ts'

/** What the provider lists is what there is: new ones come, changed ones change, and vanished ones go. */
export async function keepTemplates(scope: Scope, instanceId: number, listed: Template[]) {
  const templates = [...new Map(listed.map((each) => [`${each.language} ${each.name}`, each])).values()]
  const { rows } = await scope.db.execute<{ id: number }>(sql`
    insert into whatsapp_templates (account_id, instance_id, external_id, name, language, category, status,
      parameter_format, components, variables, variables_count, rejected_reason, quality)
    select ${scope.accountId}::bigint, ${instanceId}::bigint, t.*
    from jsonb_to_recordset(${JSON.stringify(templates)}::jsonb) as t (id text, name text, language text,
      category text, status text, parameter_format text, components jsonb, variables jsonb, variables_count integer,
      rejected_reason text, quality text)
    on conflict (account_id, instance_id, name, language) do update set
      external_id = excluded.external_id, category = excluded.category, status = excluded.status,
      parameter_format = excluded.parameter_format, components = excluded.components,
      variables = excluded.variables, variables_count = excluded.variables_count,
      rejected_reason = excluded.rejected_reason, quality = excluded.quality, removed_at = null
    returning id`)
  const kept = rows.map(({ id }) => id)
  const { rowCount } = await scope.db.execute(sql`
    update whatsapp_templates set removed_at = now_ms()
    where account_id = ${scope.accountId} and instance_id = ${instanceId} and removed_at is null
      and id <> all (${sql.param(kept)}::bigint[])`)
  await scope.db
    .update(instances)
    .set({ templates_synced_at: sql`now_ms()` })
    .where(and(eq(instances.account_id, scope.accountId), eq(instances.id, instanceId)))
  return { synced: kept.length, removed: rowCount ?? 0 }
}

/** Asks the provider for its templates, because somebody wants them now. */
export async function syncTemplates(
  scope: Scope,
  { operator }: Pick<Context<never, never, never>, 'operator'>,
  id: number,
) {
  const listed = await channelOf(await findInstance(scope, id), { ...operator, db: scope.db }).listTemplates()
  if ('failure' in listed) throw askingFailed(listed.failure)
  return inTransaction(scope, async (within) => {
    await lockInstance(within, id)
    return keepTemplates(within, id, listed.found)
  })
}

/** The same for every number that has templates; one that cannot be asked is asked again next time. */
export const syncAllTemplates = (outside: Outside) =>
  forEachNumber(outside.db, async (instance) => {
    if (!abilitiesOf(instance).supports_templates) return
    const listed = await channelOf(instance, outside).listTemplates()
    if ('failure' in listed) return
    await inAccount(outside.db, instance.account_id, actor, async (scope) => {
      if (await lockedInstance(scope, instance.id)) await keepTemplates(scope, instance.id, listed.found)
    })
  })

const actor: Actor = { type: 'system', id: null, name: 'whatsapp' }
