import { sql } from 'drizzle-orm'
import type { Scope } from '#platform/scope.ts'
import type { TemplateRef } from '#whatsapp/provider.ts'

type Told<T> = { template: TemplateRef } & T

/** What these say is a status again, or says nothing about whether it can be sent. */
const meanings: Record<string, string | null> = {
  UNARCHIVED: 'APPROVED',
  UNPAUSED: 'APPROVED',
  REINSTATED: 'APPROVED',
  FLAGGED: null,
  LOCKED: null,
}

/** Meta decided about a template: it counts for all numbers of the business account. */
export async function noteTemplateStatus(
  scope: Scope,
  instanceIds: number[],
  { template, status, reason }: Told<{ status: string; reason: string | null }>,
) {
  const said = status.toUpperCase()
  const now = Object.hasOwn(meanings, said) ? meanings[said] : said
  if (!now) return
  await scope.db.execute(sql`
    update whatsapp_templates set status = ${now}, rejected_reason = ${reason === 'NONE' ? null : reason},
      removed_at = case when ${now} = 'DELETED' then now_ms() end
    where ${isTemplate(scope, instanceIds, template)}`)
}

export async function noteTemplateCategory(
  scope: Scope,
  instanceIds: number[],
  { template, category }: Told<{ category: string }>,
) {
  await scope.db.execute(sql`
    update whatsapp_templates set category = ${category} where ${isTemplate(scope, instanceIds, template)}`)
}

// Webhooks write pt-BR for what the list calls pt_BR.
const isTemplate = (scope: Scope, instanceIds: number[], { id, name, language }: TemplateRef) => sql`
  account_id = ${scope.accountId} and instance_id = any (${sql.param(instanceIds)}::bigint[])
  and (external_id = ${id} or (name = ${name} and language = ${language.replace('-', '_')}))`
