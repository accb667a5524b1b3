import { and, eq, isNull } from 'drizzle-orm'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import type { Template } from '#whatsapp/provider.ts'
import { whatsappTemplates } from '#whatsapp/tables.ts'

/** A template as its provider knows it (`id` is the provider’s), whose number has it, and our own id of it. */
export type KnownTemplate = Template & { template_id: number; instance_id: number }

export async function findTemplate(scope: Scope, id: number): Promise<KnownTemplate> {
  const [row] = await scope.db
    .select()
    .from(whatsappTemplates)
    .where(
      and(
        eq(whatsappTemplates.account_id, scope.accountId),
        eq(whatsappTemplates.id, id),
        isNull(whatsappTemplates.removed_at),
      ),
    )
  if (!row) throw notFound('template')
  const { external_id, instance_id, name, language, category, status, parameter_format } = row
  const { components, variables, variables_count, rejected_reason, quality } = row
  return {
    template_id: id,
    instance_id,
    id: external_id,
    name,
    language,
    category,
    status,
    parameter_format,
    components,
    variables,
    variables_count,
    rejected_reason,
    quality,
  }
}
